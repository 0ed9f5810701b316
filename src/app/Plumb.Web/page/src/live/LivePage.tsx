// The last hour of a service, second by second.
import { useEffect, useMemo, useState } from "preact/hooks";
import { type ChartLine, type ChartMarker, TimeChart } from "../charts/TimeChart.tsx";
import { type ChartUnit, clock, quantity } from "../charts/quantities.ts";
import { Message, Waiting } from "../controls/Message.tsx";
import { go } from "../location.ts";
import { usePolled } from "../service/polling.ts";
import { Capture } from "./Capture.tsx";
import { type Hour, type LiveAnswer, type LiveEvent, merge, rowsWithin } from "./hour.ts";

const WINDOWS: [seconds: number, label: string][] = [[60, "1 min"], [300, "5 min"], [900, "15 min"], [3600, "1 h"]];
const MOST_EVENTS = 50;

const CHARTS: { title: string; unit: ChartUnit; lines: [figure: string, name: string][]; limit?: [figure: string, name: string] }[] = [
  {
    title: "Memory",
    unit: "bytes",
    lines: [["heapInUse", "heap in use"], ["heapIdle", "idle"], ["runtimeMemory", "from the system"], ["nextCollection", "next collection"], ["resident", "resident"]],
    limit: ["memoryLimit", "memory limit"],
  },
  { title: "Goroutines", unit: "count", lines: [["goroutines", "goroutines"]] },
  { title: "Requests", unit: "per second", lines: [["requests", "requests"]] },
  { title: "CPU, in cores", unit: "cores", lines: [["cores", "cores"]] },
  { title: "Pauses of collections", unit: "seconds", lines: [["pause", "longest pause"]] },
  { title: "Descriptors", unit: "count", lines: [["descriptors", "descriptors"]], limit: ["descriptorLimit", "descriptor limit"] },
  { title: "Threads", unit: "count", lines: [["threads", "threads"]] },
];

const sinceRow = (known: Hour | null) => (known === null ? "" : `since=${known.next}`);
const isOver = (hour: Hour) => hour.hasEnded;

export function LivePage({ params }: { params: URLSearchParams }) {
  const { value: newest, error } = usePolled<Hour, LiveAnswer>("live", sinceRow, merge, isOver);
  const [held, setHeld] = useState<Hour | null>(null);
  const hour = held ?? newest;
  const window_ = WINDOWS.find(([seconds]) => String(seconds) === params.get("w"))?.[0] ?? 300;
  const zoom = rangeOf(params.get("t"));
  if (hour === null) return error === null ? <Waiting title="Asking …" /> : <Message title={error.message} text={error.remedy} />;
  const last = hour.times[hour.times.length - 1] ?? Date.now() / 1000;
  // A watch that has just begun would be a thin line at the edge.
  const first = params.has("w") ? 0 : Math.min(hour.times[0] ?? last, last - 60);
  const range = zoom ?? { from: Math.max(last - window_, first), to: last };
  return (
    <section class="live" aria-label="Live">
      <div class="livebar">
        <span class={`state ${error !== null || !hour.isAnswered ? "bad" : "good"}`} role="status">
          {error !== null ? "plumb does not answer" : hour.hasEnded ? "The watch has ended" : hour.isAnswered ? `Live · ${clock(last)}` : "The service does not answer"}
        </span>
        <span class="group" role="group" aria-label="How much is shown">
          {WINDOWS.map(([seconds, label]) => (
            <button type="button" key={seconds} aria-pressed={zoom === null && seconds === window_} onClick={() => go({ w: seconds === 300 ? null : String(seconds), t: null })}>{label}</button>
          ))}
        </span>
        {zoom !== null && <button type="button" onClick={() => go({ t: null })}>Reset zoom</button>}
        <button type="button" aria-pressed={held !== null} onClick={() => setHeld(held === null ? newest : null)} title="Figures go on coming in meanwhile">
          {held === null ? "Pause" : "Go on"}
        </button>
        <span class="grow" />
        <Capture kinds={hour.captureKinds} />
      </div>
      <div class="column">
        {error !== null && <p class="banner" role="alert">{error.remedy} What was known before is still shown.</p>}
        {hour.times.length === 0 ? <p class="soft" role="status">Nothing yet: the first figures come in within a second or two.</p> : <Charts hour={hour} range={range} />}
        <Events events={hour.events} />
      </div>
    </section>
  );
}

function rangeOf(text: string | null): { from: number; to: number } | null {
  const match = /^(\d{1,12}(?:\.\d{1,3})?)-(\d{1,12}(?:\.\d{1,3})?)$/.exec(text ?? "");
  if (match === null) return null;
  const [from, to] = [Number(match[1]), Number(match[2])];
  return to > from ? { from, to } : null;
}

function Charts({ hour, range }: { hour: Hour; range: { from: number; to: number } }) {
  const [first, end] = useMemo(() => rowsWithin(hour.times, range.from, range.to), [hour, range.from, range.to]);
  const times = useMemo(() => hour.times.slice(first, end), [hour, first, end]);
  const markers = useMemo(() => markersOf(hour), [hour]);
  const states = Object.keys(hour.states).sort((a, b) => newestOf(hour.states[b]) - newestOf(hour.states[a]) || (a < b ? -1 : 1)).slice(0, 6);
  const missing = CHARTS.filter(({ lines }) => lines.every(([figure]) => !(figure in hour.figures)));
  const chart = (title: string, unit: ChartUnit, lines: ChartLine[], limit: [string, string] | undefined, isFirst: boolean) => (
    <Chart key={title} title={title} unit={unit} lines={lines} hour={hour} times={times} range={range} markers={markers} limit={limit} isWide={isFirst} />
  );
  return (
    <>
      <div class="charts">
        {CHARTS.map(({ title, unit, lines, limit }, index) => {
          const known = lines.filter(([figure]) => figure in hour.figures).map(([figure, name]) => ({ name, values: hour.figures[figure].slice(first, end) }));
          return known.length === 0 ? null : chart(title, unit, known, limit, index === 0);
        })}
        {states.length > 0 && chart(states.length === 1 ? `TCP connections, ${states[0]}` : "TCP connections", "count", states.map((state) => ({ name: state, values: hour.states[state].slice(first, end) })), undefined, false)}
      </div>
      {missing.length > 0 && (
        <p class="soft">
          Not known of this service: {missing.map(({ title }) => title.toLowerCase()).join(", ")}. Memory and collections come from /debug/pprof/heap, requests from a /metrics page, the rest from the
          process when it runs on this machine.
        </p>
      )}
    </>
  );
}

interface ChartProps {
  title: string;
  unit: ChartUnit;
  lines: ChartLine[];
  hour: Hour;
  times: number[];
  range: { from: number; to: number };
  markers: ChartMarker[];
  limit: [string, string] | undefined;
  isWide: boolean;
}

function Chart({ title, unit, lines, hour, times, range, markers, limit, isWide }: ChartProps) {
  const most = limit === undefined ? null : newestOf(hour.figures[limit[0]] ?? []);
  const isKnown = most !== null && Number.isFinite(most) && most > 0;
  const highest = Math.max(...lines.map((line) => newestOf(line.values)));
  return (
    <div class={isWide ? "wide" : undefined}>
      <TimeChart
        title={title}
        unit={unit}
        times={times}
        lines={lines}
        isClock
        range={range}
        markers={markers}
        group="live"
        onZoom={({ from, to }) => go({ t: `${Math.max(0, from).toFixed(2)}-${to.toFixed(2)}` })}
        // Far below its limit a line would be flat.
        limit={isKnown && highest > most / 3 ? { name: limit![1], value: most } : null}
        note={isKnown ? `${limit![1]}: ${quantity(most, unit)}` : undefined}
      />
    </div>
  );
}

function newestOf(values: readonly (number | null)[]): number {
  return values.findLast((value) => value !== null) ?? Number.NEGATIVE_INFINITY;
}

function markersOf(hour: Hour): ChartMarker[] {
  const markers: ChartMarker[] = [];
  hour.figures["collections"]?.forEach((count, row) => {
    if (count !== null && count > 0) markers.push({ at: hour.times[row], kind: "gc", text: "collection" });
  });
  for (const event of hour.events) {
    if (event.kind === "capture") markers.push({ at: event.at, kind: "capture", text: event.text });
    else if (event.kind === "restart" || event.kind === "lost" || event.kind === "leak") markers.push({ at: event.at, kind: "restart", text: event.text });
  }
  return markers;
}

const KINDS: Record<LiveEvent["kind"], string> = { note: "note", lost: "no answer", back: "back", restart: "restart", capture: "capture", leak: "leak" };

function Events({ events }: { events: LiveEvent[] }) {
  const captures = events.filter((event) => event.profile !== null);
  const [chosen, setChosen] = useState<string | null>(null);
  // A capture that has made room for newer ones cannot be compared with.
  useEffect(() => {
    if (chosen !== null && !captures.some((event) => event.profile === chosen)) setChosen(null);
  }, [events]);
  return (
    <section class="block">
      <h2>What happened</h2>
      <p class="soft keys">
        <span><i class="mark gc" />collection</span>
        <span><i class="mark capture" />capture</span>
        <span><i class="mark restart" />restart, no answer, or a leak that was found</span>
      </p>
      {events.length === 0 ? (
        <p class="soft">Nothing yet. Profiles that you capture are listed here, and stay as long as plumb runs, the newest twelve of them.</p>
      ) : (
        <ol class="events">
          {events.slice(-MOST_EVENTS).reverse().map((event, index) => (
            <li key={`${event.at} ${index}`} class={event.kind}>
              <time>{clock(event.at)}</time>
              <span class="kind">{KINDS[event.kind]}</span>
              <span class="what">
                {event.profile === null ? event.text : <a href={`p/${event.profile}/`}>{event.text}</a>}
                {event.profile !== null && captures.length > 1 && (
                  chosen === null || chosen === event.profile
                    ? <button type="button" aria-pressed={chosen === event.profile} onClick={() => setChosen(chosen === null ? event.profile : null)}>{chosen === null ? "Compare …" : "with which?"}</button>
                    : <a class="button" href={`p/${chosen}-${event.profile.split("-")[1]}/`}>Compare with this</a>
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
