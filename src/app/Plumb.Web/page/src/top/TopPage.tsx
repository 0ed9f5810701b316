import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { amount, change, percent } from "../amounts.ts";
import type { PageProps } from "../app.tsx";
import { Link } from "../controls/Link.tsx";
import { Message, Notes, Waiting } from "../controls/Message.tsx";
import { Share } from "../controls/Share.tsx";
import { download } from "../download.ts";
import { go, reportQuery } from "../location.ts";
import { exactly, searchFor } from "../names.ts";
import { json, useAnswer, type ViewHeader } from "../server.ts";

export interface TopAnswer {
  view: ViewHeader;
  lines: string[];
  names: string[];
  flat: number[];
  cum: number[];
  inlined: number[];
}

type Column = "flat" | "cum" | "name";
const ROW = 24;
const SPARE = 10;
const COLUMNS: [Column, string, string][] = [
  ["flat", "Flat", "in the function itself"],
  ["cum", "Cum", "in the function and everything it calls"],
  ["name", "Name", ""],
];

export function TopPage({ params, controls }: PageProps) {
  const { value: top, error, isLoading } = useAnswer("top", reportQuery(params), json<TopAnswer>);
  const [column, isReversed] = orderOf(params.get("order"));
  const text = params.get("q") ?? "";
  const search = useMemo(() => (text === "" ? null : searchFor(text)), [text]);
  const rows = useMemo(() => (top === null ? [] : sorted(top, search?.matches ?? null, column, isReversed)), [top, search, column, isReversed]);
  const isSigned = useMemo(() => top?.flat.some((value) => value < 0) ?? false, [top]);
  const flat = useMemo(() => rows.reduce((sum, row) => sum + top!.flat[row], 0), [top, rows]);
  const shown = isSigned ? change : amount;
  return (
    <section class={`top${isLoading ? " stale" : ""}`} aria-label="Top">
      <div class="toolbar">
        {controls}
        {top !== null && error === null && (
          <>
            <span class="grow" />
            <span class="soft" role="status">
              {rows.length.toLocaleString("en")} {search === null ? "entries" : `of ${top.names.length.toLocaleString("en")} entries`}: flat {shown(flat, top.view.amounts)}, {percent(flat, top.view.total)} of {amount(top.view.total, top.view.amounts)}
              {search?.error != null && <span class="warn"> {search.error}</span>}
            </span>
            <button type="button" title="Save the table as CSV" onClick={() => download("top.csv", new Blob([csv(top, rows)], { type: "text/csv" }))}>Save</button>
          </>
        )}
      </div>
      {error !== null ? (
        <Message title={error.message} text={error.remedy} />
      ) : top === null ? (
        <Waiting title="Adding up …" />
      ) : rows.length === 0 ? (
        <Message title="Nothing matches" text="Change what is searched for, or take a filter away." />
      ) : (
        <Table top={top} rows={rows} column={column} isReversed={isReversed} shown={shown} />
      )}
    </section>
  );
}

interface TableProps {
  top: TopAnswer;
  rows: readonly number[];
  column: Column;
  isReversed: boolean;
  shown: typeof amount;
}

function Table({ top, rows, column, isReversed, shown }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [window_, setWindow] = useState({ first: 0, count: 60 });

  const measure = () => {
    const element = scroller.current;
    if (element === null) return;
    const first = Math.max(0, Math.floor(element.scrollTop / ROW) - SPARE);
    const count = Math.ceil(element.clientHeight / ROW) + 2 * SPARE;
    if (first !== window_.first || count !== window_.count) setWindow({ first, count });
  };
  useEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller.current!);
    return () => observer.disconnect();
  });
  useEffect(() => scroller.current?.scrollTo(0, 0), [rows]);

  const { view } = top;
  const visible = rows.slice(window_.first, window_.first + window_.count);
  return (
    <>
      <Notes notes={view.notes} />
      <div class="rows" ref={scroller} onScroll={measure} tabIndex={0} role="region" aria-label="Entries" data-searched>
        <table aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              {COLUMNS.map(([name, label, hint]) => (
                <th key={name} scope="col" class={name} colSpan={name === "name" ? 1 : 2} aria-sort={column !== name ? "none" : isReversed === (name === "name") ? "descending" : "ascending"}>
                  <button type="button" title={hint} onClick={() => go({ order: column === name && !isReversed ? `-${name}` : name }, true)}>
                    {label} {column === name ? (isReversed === (name === "name") ? "▾" : "▴") : ""}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {window_.first > 0 && <tr aria-hidden="true" style={{ height: `${window_.first * ROW}px` }} />}
            {visible.map((row, index) => (
              <tr key={row} aria-rowindex={window_.first + index + 2}>
                <td>{shown(top.flat[row], view.amounts)}</td>
                <td class="share"><Share value={top.flat[row]} total={view.total} isSigned={shown === change} /></td>
                <td>{shown(top.cum[row], view.amounts)}</td>
                <td class="share"><Share value={top.cum[row]} total={view.total} isSigned={shown === change} /></td>
                <td class="name">
                  <Link change={{ v: null, p: top.names[row], q: null }} title="Callers and callees">{top.names[row]}</Link>
                  {top.inlined[row] > 0 && <small>{top.inlined[row] === 2 ? "(inline)" : "(partial-inline)"}</small>}
                  <span class="acts">
                    <Link change={{ v: "peek", symbol: exactly(top.names[row]) }}>peek</Link>
                    <Link change={{ v: "source", symbol: exactly(top.names[row]) }}>source</Link>
                  </span>
                </td>
              </tr>
            ))}
            <tr aria-hidden="true" style={{ height: `${Math.max(0, rows.length - window_.first - visible.length) * ROW}px` }} />
          </tbody>
        </table>
      </div>
    </>
  );
}

function orderOf(text: string | null): [Column, boolean] {
  const isReversed = text?.startsWith("-") ?? false;
  const name = isReversed ? text!.slice(1) : text;
  return name === "cum" || name === "name" || name === "flat" ? [name, isReversed] : ["flat", false];
}

/** The rows that match, in order; largest first, without signs, and what is equal as the server ordered it. */
export function sorted(top: TopAnswer, matches: ((name: string) => boolean) | null, column: Column, isReversed: boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < top.names.length; row++) if (matches === null || matches(top.names[row])) rows.push(row);
  if (column === "name") rows.sort((a, b) => (top.names[a] < top.names[b] ? -1 : top.names[a] > top.names[b] ? 1 : a - b));
  else rows.sort((a, b) => Math.abs(top[column][b]) - Math.abs(top[column][a]) || a - b);
  return isReversed ? rows.reverse() : rows;
}

/** For a spreadsheet, which must not take a name for a formula. */
export function csv(top: TopAnswer, rows: readonly number[]): string {
  const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
  return ["flat,cum,name", ...rows.map((row) => `${top.flat[row]},${top.cum[row]},${cell(top.names[row])}`)].join("\r\n") + "\r\n";
}
