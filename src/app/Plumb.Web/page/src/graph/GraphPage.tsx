// The calls between the heaviest functions as a graph, laid out in the page. Zoomed and moved like a map; keys go along the calls.
import { useEffect, useMemo, useState } from "preact/hooks";
import type { PageProps } from "../app.tsx";
import { Message, Notes, Waiting } from "../controls/Message.tsx";
import { go, reportQuery } from "../location.ts";
import { searchFor } from "../names.ts";
import { ask, json, ServerError, useAnswer, type ViewHeader } from "../server.ts";
import { GraphPicture } from "./GraphPicture.tsx";
import { type Layout, readLayout, toDot } from "./layout.ts";

export interface GraphNode {
  name: string;
  label: string[];
  fontSize: number;
  flat: number;
  cum: number;
  tags: { name: string; amount: string }[];
}

export interface GraphCall {
  source: number;
  target: number;
  amount: string;
  weight: number;
  width: number;
  inline: boolean;
  residual: boolean;
}

export interface GraphAnswer {
  view: ViewHeader;
  lines: string[];
  nodes: GraphNode[];
  calls: GraphCall[];
  canLayOut: boolean;
}

// Above this a page would be busy for many seconds; Graphviz on the machine is several times as fast.
const LARGE = 300;
const COUNTS = ["20", "40", "80", "150", "300", "800"];
const FONT = "system-ui, sans-serif";

export function GraphPage({ params, profile, controls }: PageProps) {
  const { value, error, isLoading } = useAnswer("graph", reportQuery(params), json<GraphAnswer>);
  const option = (parameter: string) => params.get(parameter) ?? profile.options.find((candidate) => candidate.parameter === parameter)?.value ?? "";
  const count = option("n") === "-1" ? "80" : option("n");
  const query = reportQuery(params);
  const { layout, problem } = useLayout(value, query);
  const search = useMemo(() => (params.has("q") ? searchFor(params.get("q")!) : null), [params.get("q")]);
  const hits = useMemo(() => (search === null || value === null ? null : new Set(value.nodes.flatMap((node, index) => (search.matches(node.name) ? [index] : [])))), [search, value]);
  return (
    <section class={`graph${isLoading ? " stale" : ""}`} aria-label="Graph">
      <div class="toolbar">
        {controls}
        {hits !== null && <span class="hits" role="status">{hits.size} {hits.size === 1 ? "match" : "matches"}{search!.error !== null && <span class="warn"> {search!.error}</span>}</span>}
        <span class="grow" />
        <label>
          <span class="soft">Functions</span>{" "}
          <select value={count} onChange={(event) => go({ n: event.currentTarget.value === "80" ? null : event.currentTarget.value })}>
            {(COUNTS.includes(count) ? COUNTS : [...COUNTS, count]).map((choice) => <option key={choice} value={choice}>{choice === "0" ? "all" : choice}</option>)}
          </select>
        </label>
        <button type="button" aria-pressed={option("calltree") === "true"} title="Places that are reached by different paths count as different" onClick={() => go({ calltree: option("calltree") === "true" ? null : "true" })}>Paths apart</button>
      </div>
      {error !== null ? (
        <Message title={error.message} text={error.remedy} />
      ) : value !== null && value.nodes.length === 0 ? (
        <Message title="There is nothing to show" text="No sample is left, or all of them are zero. Take a filter away, or choose another sample type." />
      ) : problem !== null ? (
        <Message title={problem.message} text={problem.remedy} />
      ) : value === null || layout === null ? (
        <Waiting title="Laying out the graph …" />
      ) : (
        <>
          <Notes notes={value.view.notes} />
          <GraphPicture key={query} answer={value} layout={layout} hits={hits} />
        </>
      )}
    </section>
  );
}

function useLayout(answer: GraphAnswer | null, query: string): { layout: Layout | null; problem: ServerError | null } {
  const [state, setState] = useState<{ of: GraphAnswer | null; layout: Layout | null; problem: ServerError | null }>({ of: null, layout: null, problem: null });
  useEffect(() => {
    if (answer === null || answer.nodes.length === 0) return;
    const abort = new AbortController();
    layOut(answer, query, abort.signal)
      .then((text) => {
        if (!abort.signal.aborted) setState({ of: answer, layout: readLayout(text, answer), problem: null });
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setState({ of: answer, layout: null, problem: error instanceof ServerError ? error : new ServerError(`The graph cannot be laid out: ${String(error)}`, "Choose fewer functions.") });
      });
    return () => abort.abort();
  }, [answer]);
  return state.of === answer ? state : { layout: null, problem: null };
}

async function layOut(answer: GraphAnswer, query: string, signal: AbortSignal): Promise<string> {
  if (answer.nodes.length > LARGE && answer.canLayOut) return (await ask("graph/layout", query, signal)).text();
  const context = document.createElement("canvas").getContext("2d")!;
  const dot = toDot(answer, (text, size) => {
    context.font = `${size}px ${FONT}`;
    return context.measureText(text).width;
  });
  return new Promise((resolve, reject) => {
    const worker = new Worker("graphworker.js", { type: "module" });
    signal.addEventListener("abort", () => worker.terminate());
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = (event: MessageEvent<{ layout?: string; error?: string }>) => {
      worker.terminate();
      if (event.data.layout !== undefined) resolve(event.data.layout);
      else reject(new Error(event.data.error));
    };
    worker.postMessage(dot);
  });
}
