// The last hour as the page holds it: LiveAnswer, put together from one answer to the next.

export interface LiveEvent {
  at: number;
  kind: "note" | "lost" | "back" | "restart" | "capture" | "leak";
  text: string;
  profile: string | null;
}

export interface CaptureKind {
  id: string;
  name: string;
  seconds: number;
}

type Column = (number | null)[];

export interface LiveAnswer {
  title: string;
  first: number;
  next: number;
  capacity: number;
  isAnswered: boolean;
  hasEnded: boolean;
  times: number[];
  figures: Record<string, Column>;
  states: Record<string, Column>;
  eventsTold: number;
  events: LiveEvent[];
  captureKinds: CaptureKind[];
}

export type Hour = Omit<LiveAnswer, "first">;

/** What was known before, and what the server says besides. */
export function merge(known: Hour | null, answer: LiveAnswer): Hour {
  if (known === null || answer.first !== known.next) return answer;
  const drop = Math.max(0, known.times.length + answer.times.length - answer.capacity);
  return {
    ...answer,
    times: [...known.times.slice(drop), ...answer.times],
    figures: mergeColumns(known.figures, answer.figures, known.times.length, answer.times.length, drop),
    states: mergeColumns(known.states, answer.states, known.times.length, answer.times.length, drop),
  };
}

function mergeColumns(known: Record<string, Column>, more: Record<string, Column>, before: number, after: number, drop: number): Record<string, Column> {
  const merged: Record<string, Column> = {};
  for (const name of new Set([...Object.keys(known), ...Object.keys(more)])) {
    merged[name] = [...(known[name] ?? new Array<null>(before).fill(null)).slice(drop), ...(more[name] ?? new Array<null>(after).fill(null))];
  }
  return merged;
}

/** The rows of a range of time, and one on each side of it, so that lines go on to the edge. */
export function rowsWithin(times: readonly number[], from: number, to: number): [number, number] {
  let first = times.findIndex((time) => time >= from);
  if (first < 0) first = times.length;
  let end = times.findIndex((time) => time > to);
  if (end < 0) end = times.length;
  return [Math.max(0, first - 1), Math.min(times.length, end + 1)];
}
