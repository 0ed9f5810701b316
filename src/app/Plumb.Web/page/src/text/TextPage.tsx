// Views that are read as text, as the command line prints them.
import { useEffect, useState } from "preact/hooks";
import { Message } from "../controls/Message.tsx";
import { go, reportQuery } from "../location.ts";
import { useAnswer } from "../server.ts";

interface Props {
  view: "peek" | "source" | "tree" | "traces" | "tags" | "raw";
  params: URLSearchParams;
}

export function TextPage({ view, params }: Props) {
  const needsSymbol = view === "peek" || view === "source";
  const symbol = params.get("symbol") ?? "";
  const isAsked = !needsSymbol || symbol !== "";
  const { value, error } = useAnswer(isAsked ? view : null, reportQuery(params, needsSymbol ? ["symbol"] : []), (response) => response.text());
  return (
    <section class="text" aria-label={view}>
      {needsSymbol && <Symbol value={symbol} />}
      {!isAsked ? (
        <Message title="Which function?" text="Type a part of its name or a regular expression above, or come here from Top or from the menu of the flame graph." />
      ) : error !== null ? (
        <Message title={error.message} text={error.remedy} />
      ) : value === null ? (
        <Message title="Reading …" isBusy />
      ) : value.trim() === "" ? (
        <Message title="There is nothing to show" text={view === "tags" ? "The samples of this profile have no tags." : "No sample is left. Take a filter away."} />
      ) : (
        <pre tabIndex={0}>{value}</pre>
      )}
    </section>
  );
}

function Symbol({ value }: { value: string }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <form
      class="bar"
      onSubmit={(event) => {
        event.preventDefault();
        go({ symbol: text === "" ? null : text });
      }}
    >
      <label class="pattern">
        <span>Function</span>
        <input type="text" value={text} placeholder="regular expression" spellcheck={false} autocomplete="off" autofocus onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <button type="submit">Show</button>
    </form>
  );
}
