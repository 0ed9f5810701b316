// The whole state of the page is in its address: what is shown can be sent to somebody, and Back goes to what was there before.
// A file that was saved keeps it behind a #, because browsers let files change nothing else.
import { useEffect, useState } from "preact/hooks";
import { isSavedFile } from "./savedfile.ts";

/** Parameters that mean something to the page alone; all others are options of the report. */
const OWN = new Set(["v", "q", "z", "z2", "side", "dir", "color", "group", "tree", "order", "fold"]);

/** Parameters that belong to one picture, and mean nothing once it is another. */
const OF_PICTURE = ["z", "z2"];
const CHANGES_PICTURE = new Set(["group", "side"]);

export type Change = Record<string, string | null>;

const listeners = new Set<() => void>();
window.addEventListener(isSavedFile ? "hashchange" : "popstate", () => notify());

function notify(): void {
  for (const listener of listeners) listener();
}

export function parameters(): URLSearchParams {
  return new URLSearchParams(isSavedFile ? window.location.hash.slice(1) : window.location.search);
}

/** The address with some parameters changed; null takes one away. */
export function addressWith(change: Change): string {
  const next = parameters();
  if (Object.keys(change).some((name) => !OWN.has(name) || CHANGES_PICTURE.has(name))) for (const name of OF_PICTURE) next.delete(name);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return addressOf(next.toString());
}

function addressOf(query: string): string {
  if (isSavedFile) return `#${query}`;
  return query === "" ? window.location.pathname : `?${query}`;
}

/** Goes there; replacing is for what changes with each key that is typed. */
export function go(change: Change, replace = false): void {
  visit(addressWith(change), replace);
}

/** Goes to what a saved view describes. */
export function goTo(query: string): void {
  visit(addressOf(query), false);
}

function visit(address: string, replace: boolean): void {
  if (isSavedFile) {
    if (replace) window.location.replace(address);
    else window.location.hash = address;
    return;
  }
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

/** Only some of the parameters, in a fixed order. */
export function only(all: URLSearchParams, names: readonly string[]): string {
  const query = new URLSearchParams();
  for (const name of names) if (all.has(name)) query.append(name, all.get(name)!);
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
