// Figures in the words of the reports: 1,204; 12.3 MiB; 3 h 20 min.

export type ChartUnit = "bytes" | "count" | "cores" | "seconds" | "per second";

const BYTE_UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

export function quantity(value: number, unit: ChartUnit): string {
  switch (unit) {
    case "bytes": return bytes(value);
    case "cores": return value.toFixed(2);
    case "seconds": return seconds(value);
    case "per second": return `${count(value)}/s`;
    default: return count(value);
  }
}

function bytes(value: number): string {
  let size = value;
  let unit = 0;
  while (Math.abs(size) >= 1024 && unit < BYTE_UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(unit === 0 || Math.abs(size) >= 99.95 ? 0 : 1)} ${BYTE_UNITS[unit]}`;
}

function count(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return Math.round(value).toLocaleString("en");
  if (Number.isInteger(value)) return String(value);
  if (size >= 10) return value.toFixed(1);
  if (size >= 0.01) return String(Number(value.toFixed(2)));
  return value === 0 ? "0" : value.toExponential(1);
}

function seconds(value: number): string {
  const size = Math.abs(value);
  if (size >= 1 || size === 0) return `${count(value)} s`;
  return size >= 1e-3 ? `${count(value * 1e3)} ms` : `${count(value * 1e6)} µs`;
}

/** The two largest units of a time in seconds. */
export function duration(time: number): string {
  if (time < 0) return "0 s";
  if (time < 10 && !Number.isInteger(time)) return `${time.toFixed(1)} s`;
  if (time < 120) return `${Math.round(time)} s`;
  if (time < 3600) return two(Math.floor(time / 60), "min", Math.floor(time % 60), "s");
  if (time < 48 * 3600) return two(Math.floor(time / 3600), "h", Math.floor((time % 3600) / 60), "min");
  const days = Math.floor(time / 86400);
  return days >= 365 ? "more than a year" : two(days, "d", days < 10 ? Math.floor((time % 86400) / 3600) : 0, "h");
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** The time of day here, of seconds since 1970. */
export function clock(time: number): string {
  return clockFormat.format(new Date(time * 1000));
}
