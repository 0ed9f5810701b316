// What draws a chart: uPlot, set up the way all charts of the page look.
import uPlot from "uplot";
import { clock, duration, quantity } from "./quantities.ts";
import type { TimeChartProps } from "./TimeChart.tsx";

const HEIGHT = 132;
const LINES = ["--line-0", "--line-1", "--line-2", "--line-3", "--line-4", "--line-5"];

export class Chart {
  private readonly plot: uPlot;
  private readonly observer: ResizeObserver;
  private isDragged = false;

  constructor(
    host: HTMLElement,
    private readonly props: () => TimeChartProps,
    onPoint: (index: number | null) => void,
  ) {
    const color = colorsOf(host);
    const { unit, lines, isClock, group, isGrowing } = props();
    const time = isClock ? clock : duration;
    const font = "11px system-ui, sans-serif";
    const axis: uPlot.Axis = { stroke: color("--soft"), font, grid: { stroke: color("--grid"), width: 1 }, ticks: { show: false } };
    this.plot = new uPlot(
      {
        width: Math.max(120, host.clientWidth),
        height: HEIGHT,
        padding: [8, 10, 0, 0],
        legend: { show: false },
        cursor: {
          sync: group === undefined ? undefined : { key: group },
          drag: { x: true, y: false, setScale: false },
          points: { size: 6 },
        },
        scales: { x: { time: isClock ?? false, range: () => this.times() }, y: { range: (_, low, high) => this.levels(low, high) } },
        axes: [
          { ...axis, size: 24, space: 80, values: (_, ticks) => ticks.map((tick) => time(tick)), splits: isClock ? undefined : (_, __, low, high) => niceTimes(low, high, host.clientWidth / 90) },
          { ...axis, size: 64, gap: 4, space: 32, values: (_, ticks) => ticks.map((tick) => quantity(tick, unit).replace(".0 ", " ")), splits: (_, __, low, high) => niceLevels(low, high, unit === "bytes") },
        ],
        series: [
          {},
          ...lines.map((_, number) => ({
            stroke: color(isGrowing && lines.length === 1 ? "--grows" : LINES[number % LINES.length]),
            fill: lines.length === 1 ? color(isGrowing ? "--grows-fill" : "--line-fill") : undefined,
            width: 1.5,
            points: { show: (plot: uPlot) => plot.data[0].length <= 30, size: 4 },
          })),
        ],
        hooks: {
          draw: [(plot) => this.drawOver(plot, color)],
          setCursor: [(plot) => onPoint(plot.cursor.left === undefined || plot.cursor.left < 0 ? null : (plot.cursor.idx ?? null))],
          setSelect: [(plot) => this.select(plot)],
        },
      },
      this.data(),
      host,
    );
    // In a group the others are told of a selection too; who dragged is who zooms.
    this.plot.over.addEventListener("mousedown", () => (this.isDragged = true));
    this.observer = new ResizeObserver(() => {
      if (host.clientWidth > 0) this.plot.setSize({ width: host.clientWidth, height: HEIGHT });
    });
    this.observer.observe(host);
  }

  update(): void {
    this.plot.setData(this.data());
  }

  /** Puts the pointer on a moment; null takes it away. */
  point(index: number | null): void {
    if (index === null) this.plot.setCursor({ left: -10, top: -10 });
    else this.plot.setCursor({ left: this.plot.valToPos(this.plot.data[0][index], "x"), top: 10 });
  }

  dispose(): void {
    this.observer.disconnect();
    this.plot.destroy();
  }

  private data(): uPlot.AlignedData {
    const { times, lines } = this.props();
    return [times, ...lines.map((line) => line.values)] as uPlot.AlignedData;
  }

  private times(): [number, number] {
    const { times, range } = this.props();
    if (range != null) return [range.from, range.to];
    if (times.length === 0) return [0, 1];
    return [times[0], Math.max(times[times.length - 1], times[0] + 1)];
  }

  private levels(low: number | null, high: number | null): [number, number] {
    const { isRelative, limit } = this.props();
    const top = Math.max(high ?? 1, limit?.value ?? Number.NEGATIVE_INFINITY);
    const bottom = isRelative ? (low ?? 0) : Math.min(0, low ?? 0);
    return top > bottom ? [bottom, top + (top - bottom) * 0.06] : [bottom, bottom + 1];
  }

  private select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (!this.isDragged || width < 6) return;
    this.isDragged = false;
    this.props().onZoom?.({ from: plot.posToVal(left, "x"), to: plot.posToVal(left + width, "x") });
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  }

  private drawOver(plot: uPlot, color: (name: string) => string): void {
    const { trend, limit, markers } = this.props();
    const { ctx } = plot;
    const { left, top, width, height } = plot.bbox;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    ctx.lineWidth = devicePixelRatio;
    for (const marker of markers ?? []) {
      const x = plot.valToPos(marker.at, "x", true);
      if (x < left || x > left + width) continue;
      ctx.strokeStyle = color(`--mark-${marker.kind}`);
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.moveTo(x, marker.kind === "gc" ? top + height - 6 * devicePixelRatio : top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
    }
    ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
    if (limit != null) {
      const y = plot.valToPos(limit.value, "y", true);
      ctx.strokeStyle = color("--warn");
      ctx.beginPath();
      ctx.moveTo(left, y);
      ctx.lineTo(left + width, y);
      ctx.stroke();
    }
    if (trend != null) {
      ctx.strokeStyle = color("--ink");
      ctx.beginPath();
      ctx.moveTo(plot.valToPos(trend.from, "x", true), plot.valToPos(trend.fromValue, "y", true));
      ctx.lineTo(plot.valToPos(trend.to, "x", true), plot.valToPos(trend.toValue, "y", true));
      ctx.stroke();
    }
    ctx.restore();
  }
}

// A canvas does not know light-dark(): only a colour that an element has is one that it can draw with.
function colorsOf(host: HTMLElement): (name: string) => string {
  const probe = document.createElement("i");
  const known = new Map<string, string>();
  return (name) => {
    let color = known.get(name);
    if (color === undefined) {
      probe.style.color = `var(${name})`;
      host.append(probe);
      color = getComputedStyle(probe).color;
      probe.remove();
      known.set(name, color);
    }
    return color;
  };
}

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800];

function niceTimes(low: number, high: number, most: number): number[] {
  const step = TIME_STEPS.find((candidate) => (high - low) / candidate <= Math.max(2, most)) ?? (high - low) / 2;
  return steps(low, high, step);
}

/** Round in the base that people count in: bytes by 1024. */
function niceLevels(low: number, high: number, isBytes: boolean): number[] {
  const wanted = (high - low) / 3.2;
  const base = isBytes ? 1024 : 1000;
  const unit = base ** Math.max(0, Math.floor(Math.log(Math.max(wanted, 1)) / Math.log(base)));
  const size = wanted / unit;
  const power = 10 ** Math.floor(Math.log10(size));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= size) ?? size;
  return steps(low, high, step * unit);
}

function steps(low: number, high: number, step: number): number[] {
  const found: number[] = [];
  if (!(step > 0)) return found;
  for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-9 && found.length < 20; tick += step) found.push(Math.abs(tick) < step * 1e-9 ? 0 : tick);
  return found;
}
