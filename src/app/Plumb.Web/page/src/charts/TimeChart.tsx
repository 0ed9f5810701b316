// One chart. The library that draws it is fetched when the first one is shown.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useDark } from "../theme.ts";
import type { Chart } from "./drawing.ts";
import { type ChartUnit, clock, duration, quantity } from "./quantities.ts";

export interface ChartLine {
  name: string;
  values: (number | null)[];
}

export interface ChartMarker {
  at: number;
  kind: "gc" | "capture" | "restart";
  text: string;
}

export interface TimeChartProps {
  title: string;
  unit: ChartUnit;
  /** Rising: seconds since the first snapshot, or since 1970 when isClock. */
  times: number[];
  lines: ChartLine[];
  isClock?: boolean;
  /** A straight line that was judged. */
  trend?: { from: number; fromValue: number; to: number; toValue: number } | null;
  /** A level that must not be reached. */
  limit?: { name: string; value: number } | null;
  markers?: readonly ChartMarker[];
  /** What is shown of the times; all of them when null. */
  range?: { from: number; to: number } | null;
  onZoom?: (range: { from: number; to: number }) => void;
  /** Charts with the same key show the same moment under the pointer. */
  group?: string;
  note?: string;
  isGrowing?: boolean;
  /** Marks an odd chart: it is drawn from zero unless this is set. */
  isRelative?: boolean;
}

const drawing = () => import("./drawing.ts");

export function TimeChart(props: TimeChartProps) {
  const dark = useDark();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [index, setIndex] = useState<number | null>(null);
  const [hasFailed, setFailed] = useState(false);
  // Another number of lines is another chart; other values are not.
  const shape = `${props.lines.map((line) => line.name).join("\n")}|${props.unit}|${dark}|${props.limit?.value ?? ""}`;

  useLayoutEffect(() => {
    let isGone = false;
    drawing()
      .then(({ Chart }) => {
        if (isGone || host.current === null) return;
        chart.current = new Chart(host.current, () => latest.current, setIndex);
      })
      .catch(() => setFailed(true));
    return () => {
      isGone = true;
      chart.current?.dispose();
      chart.current = null;
    };
  }, [shape]);
  useEffect(() => chart.current?.update(), [props.times, props.lines, props.range?.from, props.range?.to, props.markers]);

  const last = props.times.length - 1;
  const at = index !== null && index <= last ? index : last;
  const when = at < 0 ? "" : props.isClock ? clock(props.times[at]) : duration(props.times[at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (step !== 0) chart.current?.point(Math.min(last, Math.max(0, (index ?? last) + step * (event.shiftKey ? 10 : 1))));
    else if (event.key === "Escape" && index !== null) chart.current?.point(null);
    else return;
    event.preventDefault();
  };
  return (
    <figure class={`chart${props.isGrowing ? " grows" : ""}`}>
      <figcaption>
        <b title={props.title}><bdi>{props.title}</bdi></b>
        <span class="readout">
          {props.lines.map((line, number) => {
            const value = at < 0 ? null : valueAt(line, at, index === null);
            return (
              <span key={line.name}>
                {props.lines.length > 1 && <i class={`key k${number % 6}`} />}
                {props.lines.length > 1 && <span class="soft">{line.name} </span>}
                <b>{value === null ? "–" : quantity(value, props.unit)}</b>
              </span>
            );
          })}
          {index !== null && <span class="soft">{props.isClock ? "at" : "after"} {when}</span>}
        </span>
      </figcaption>
      <div
        class="plot"
        ref={host}
        tabIndex={0}
        role="img"
        aria-label={`${props.title}. ${describe(props)}${props.note ? ` ${props.note}.` : ""} Arrow keys read single values.`}
        onKeyDown={onKeyDown}
      >
        {hasFailed && <p class="soft">The chart could not be loaded. Is plumb still running?</p>}
      </div>
      {props.note !== undefined && props.note !== "" && <p class="note">{props.note}</p>}
    </figure>
  );
}

// The newest value is the last that is known; under the pointer only what was there counts.
function valueAt(line: ChartLine, at: number, isNewest: boolean): number | null {
  if (!isNewest) return line.values[at] ?? null;
  for (let i = at; i >= 0; i--) if (line.values[i] != null) return line.values[i];
  return null;
}

function describe({ lines, unit }: TimeChartProps): string {
  return lines
    .map((line) => {
      const first = line.values.find((value) => value !== null);
      const last = line.values.findLast((value) => value !== null);
      const levels = first == null || last == null ? "no values" : `${quantity(first, unit)} to ${quantity(last, unit)}`;
      return lines.length > 1 ? `${line.name}: ${levels}.` : `${levels}.`;
    })
    .join(" ");
}
