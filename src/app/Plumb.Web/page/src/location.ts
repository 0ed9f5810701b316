// The whole state of the page is in its address: what is shown can be sent to somebody, and Back goes to what was there before.
import { useEffect, useState } from "preact/hooks";

/** Parameters that mean something to the page alone; all others are options of the report. */
const OWN = new Set(["v", "q", "z", "dir", "color", "tree", "order"]);

/** Parameters that belong to one picture, and mean nothing once the options are others. */
const OF_PICTURE = ["z"];

export type Change = Record<string, string | null>;

const listeners = new Set<() => void>();
window.addEventListener("popstate", () => notify());

function notify(): void {
  for (const listener of listeners) listener();
}

export function parameters(): URLSearchParams {
  return new URLSearchParams(window.location.search);
}

/** The address with some parameters changed; null takes one away. */
export function addressWith(change: Change): string {
  const next = parameters();
  if (Object.keys(change).some((name) => !OWN.has(name))) for (const name of OF_PICTURE) next.delete(name);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === "" ? window.location.pathname : `?${text}`;
}

/** Goes there; replacing is for what changes with each key that is typed. */
export function go(change: Change, replace = false): void {
  const address = addressWith(change);
  if (replace) window.history.replaceState(null, "", address);
  else window.history.pushState(null, "", address);
  notify();
}

/** What the server is to be asked for, the same text for the same question. */
export function reportQuery(all: URLSearchParams, keep: readonly string[] = []): string {
  const query = new URLSearchParams();
  for (const [name, value] of all) {
    if (OWN.has(name) || ((name === "p" || name === "symbol") && !keep.includes(name))) continue;
    query.append(name, value);
  }
  query.sort();
  return query.toString();
}

export function useParameters(): URLSearchParams {
  const [current, setCurrent] = useState(parameters);
  useEffect(() => {
    const listener = () => setCurrent(parameters());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return current;
}
