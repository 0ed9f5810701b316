import { useEffect, useState } from "preact/hooks";
import { go } from "../location.ts";

/** Which functions to show: a part of their names, or a regular expression. */
export function SymbolField({ value, error }: { value: string; error: string | undefined }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <form
      class="symbol"
      onSubmit={(event) => {
        event.preventDefault();
        go({ symbol: text === "" ? null : text });
      }}
    >
      <input
        type="text"
        aria-label="Function"
        placeholder="Function, or regular expression"
        value={text}
        spellcheck={false}
        autocomplete="off"
        autofocus={value === ""}
        aria-invalid={error !== undefined}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit">Show</button>
      {error !== undefined && <span class="warn">taken literally: {error}</span>}
    </form>
  );
}
