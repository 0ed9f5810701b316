// Entries, each between its callers and what it calls: for chosen ones, or the heaviest of all.
import { useMemo } from "preact/hooks";
import { amount, change, percent } from "../amounts.ts";
import type { PageProps } from "../app.tsx";
import { Link } from "../controls/Link.tsx";
import { Message, Notes, Waiting } from "../controls/Message.tsx";
import { Share } from "../controls/Share.tsx";
import { SymbolField } from "../controls/SymbolField.tsx";
import { reportQuery } from "../location.ts";
import { exactly } from "../names.ts";
import { json, useAnswer, type ViewHeader } from "../server.ts";

interface Call {
  name: number;
  weight: number;
  inline: boolean;
}

interface Entry {
  name: number;
  flat: number;
  cum: number;
  callers: Call[];
  callees: Call[];
}

interface PeekAnswer {
  view: ViewHeader;
  names: string[];
  entries: Entry[];
  isCut: boolean;
}

export function PeekPage({ view, params, controls }: PageProps & { view: "peek" | "tree" }) {
  const symbol = params.get("symbol") ?? "";
  const isAsked = view === "tree" || symbol !== "";
  const { value, error, isLoading } = useAnswer(isAsked ? view : null, reportQuery(params, view === "peek" ? ["symbol"] : []), json<PeekAnswer>);
  return (
    <section class={`peek${isLoading && isAsked ? " stale" : ""}`} aria-label={view === "peek" ? "Peek" : "Tree"}>
      <div class="toolbar">
        {controls}
        {view === "peek" && <SymbolField value={symbol} error={value?.view.invalid.symbol} />}
      </div>
      {!isAsked ? (
        <Message title="Which function?" text="Type a part of its name or a regular expression above, or come here from Top, the graph or the menu of the flame graph." />
      ) : error !== null ? (
        <Message title={error.message} text={error.remedy} />
      ) : value === null ? (
        <Waiting title="Adding up …" />
      ) : value.entries.length === 0 ? (
        <Message title="There is nothing to show" text="No sample is left. Take a filter away." />
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Entries">
          <Notes notes={value.view.notes} />
          {value.entries.map((entry) => <EntryTable key={entry.name} entry={entry} answer={value} />)}
          {value.isCut && <p class="soft pad">These are the heaviest. Type a name above, or filter, to see others.</p>}
        </div>
      )}
    </section>
  );
}

function EntryTable({ entry, answer }: { entry: Entry; answer: PeekAnswer }) {
  const { view, names } = answer;
  const isSigned = useMemo(() => [entry, ...entry.callers.map((call) => ({ flat: call.weight, cum: 0 })), ...entry.callees.map((call) => ({ flat: call.weight, cum: 0 }))].some(({ flat, cum }) => flat < 0 || cum < 0), [entry]);
  const shown = isSigned ? change : amount;
  const call = ({ name, weight, inline }: Call, kind: string) => (
    <tr key={`${kind}${name}`} class={kind}>
      <td>{shown(weight, view.amounts)}</td>
      <td class="share"><Share value={weight} total={entry.cum} isSigned={isSigned} /></td>
      <td class="name"><Link change={{ v: "peek", symbol: exactly(names[name]) }}>{names[name]}</Link>{inline && <small>(inline)</small>}</td>
    </tr>
  );
  const name = names[entry.name];
  return (
    <table class="entry">
      <colgroup><col class="amount" /><col class="amount" /><col /></colgroup>
      <caption class="unseen">{name} with its callers and callees</caption>
      <tbody>
        {entry.callers.map((caller) => call(caller, "caller"))}
        <tr class="self">
          <td>{shown(entry.cum, view.amounts)}</td>
          <td>{percent(entry.cum, view.total)}</td>
          <th scope="row" class="name">
            <bdi>{name}</bdi>
            <small>own {shown(entry.flat, view.amounts)}, {percent(entry.flat, view.total)}</small>
            <span class="acts">
              <Link change={{ v: null, p: name }}>flame graph</Link>
              <Link change={{ v: "source", symbol: exactly(name) }}>source</Link>
            </span>
          </th>
        </tr>
        {entry.callees.map((callee) => call(callee, "callee"))}
      </tbody>
    </table>
  );
}
