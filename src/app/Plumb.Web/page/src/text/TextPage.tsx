// Views that are read as text, as the command line prints them. Only the lines that are seen are in the document.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { PageProps } from "../app.tsx";
import { Message, Waiting } from "../controls/Message.tsx";
import { download } from "../download.ts";
import { reportQuery } from "../location.ts";
import { searchFor } from "../names.ts";
import { useAnswer } from "../server.ts";

const LINE = 18;
const SPARE = 40;

export function TextPage({ view, params, controls }: PageProps & { view: "traces" | "raw" }) {
  const { value, error, isLoading } = useAnswer(view, reportQuery(params), (response) => response.text());
  const search = params.get("q") ?? "";
  const lines = useMemo(() => (value === null ? [] : value.replace(/\n$/, "").split("\n")), [value]);
  const found = useMemo(() => (search === "" ? null : searchFor(search)), [search]);
  const hits = useMemo(() => (found === null ? [] : lines.flatMap((line, index) => (found.matches(line) ? [index] : []))), [lines, found]);
  const [visited, setVisited] = useState({ hits, at: 0 });
  // Other hits begin anew.
  const at = hits.length === 0 ? -1 : visited.hits === hits ? visited.at : 0;
  const step = (direction: 1 | -1) => hits.length > 0 && setVisited({ hits, at: (at + direction + hits.length) % hits.length });
  return (
    <section class={`text${isLoading ? " stale" : ""}`} aria-label={view === "raw" ? "Raw" : "Traces"}>
      <div class="toolbar">
        {controls}
        {found !== null && (
          <span class="hits" role="status">
            {hits.length === 0 ? "no line matches" : `${at + 1} of ${hits.length.toLocaleString("en")} lines`}
            <button type="button" onClick={() => step(-1)} aria-label="Previous hit">‹</button>
            <button type="button" onClick={() => step(1)} aria-label="Next hit">›</button>
            {found.error !== null && <span class="warn">{found.error}</span>}
          </span>
        )}
        {value !== null && error === null && (
          <>
            <span class="grow" />
            <span class="soft">{lines.length.toLocaleString("en")} lines</span>
            <button type="button" onClick={() => download(`${view}.txt`, new Blob([value], { type: "text/plain" }))}>Save</button>
          </>
        )}
      </div>
      {error !== null ? (
        <Message title={error.message} text={error.remedy} />
      ) : value === null ? (
        <Waiting title="Reading …" />
      ) : value.trim() === "" ? (
        <Message title="There is nothing to show" text="No sample is left. Take a filter away." />
      ) : (
        <Lines lines={lines} hits={hits} current={hits[at] ?? -1} onStep={step} />
      )}
    </section>
  );
}

function Lines({ lines, hits, current, onStep }: { lines: readonly string[]; hits: readonly number[]; current: number; onStep: (direction: 1 | -1) => void }) {
  const longest = useMemo(() => lines.reduce((most, line) => Math.max(most, line.length), 0), [lines]);
  const marked = useMemo(() => new Set(hits), [hits]);
  const [first, setFirst] = useState(0);
  const [count, setCount] = useState(100);
  const scroller = useRef<HTMLDivElement>(null);

  const measure = () => {
    const element = scroller.current!;
    setFirst(Math.max(0, Math.floor(element.scrollTop / LINE) - SPARE));
    setCount(Math.ceil(element.clientHeight / LINE) + 2 * SPARE);
  };
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    observer.observe(scroller.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (current >= 0) scroller.current!.scrollTop = current * LINE - scroller.current!.clientHeight / 2;
  }, [current]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "n" && event.key !== "N") return;
    onStep(event.key === "n" ? 1 : -1);
    event.preventDefault();
  };
  return (
    <div class="scroll" ref={scroller} onScroll={measure} onKeyDown={onKeyDown} tabIndex={0} role="region" aria-label="Text" data-searched>
      <div class="lines" style={{ height: `${lines.length * LINE}px`, minWidth: `${longest + 2}ch` }}>
        <pre style={{ top: `${first * LINE}px` }}>
          {lines.slice(first, first + count).map((line, index) => <span key={first + index} class={first + index === current ? "hit current" : marked.has(first + index) ? "hit" : undefined}>{`${line}\n`}</span>)}
        </pre>
      </div>
    </div>
  );
}
