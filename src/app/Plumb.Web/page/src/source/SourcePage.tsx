// Source code with what each line costs, and below a line the calls that were inlined and the instructions that were made of it.
import { useEffect, useState } from "preact/hooks";
import { amount, change, percent } from "../amounts.ts";
import type { PageProps } from "../app.tsx";
import { Link } from "../controls/Link.tsx";
import { Message, Notes, Waiting } from "../controls/Message.tsx";
import { SymbolField } from "../controls/SymbolField.tsx";
import { reportQuery } from "../location.ts";
import { exactly } from "../names.ts";
import { json, useAnswer, type ViewHeader } from "../server.ts";
import type { Token } from "./highlight.ts";

interface InlinedCall {
  file: string;
  line: number;
  text: string;
}

interface Instruction {
  address: string;
  text: string;
  flat: number;
  cum: number;
  startsBlock: boolean;
  file: string;
  line: number;
  calls: InlinedCall[];
}

interface SourceLine {
  number: number;
  text: string;
  flat: number;
  cum: number;
  code: Instruction[] | null;
}

interface SourceFunction {
  name: string;
  file: string;
  flat: number;
  cum: number;
  error: string | null;
  lines: SourceLine[];
}

interface SourceAnswer {
  view: ViewHeader;
  functions: SourceFunction[];
  isCut: boolean;
}

type Highlighter = typeof import("./highlight.ts");

// Named so that the builder leaves it alone: the colours are fetched with the first source that is shown.
const highlighterFile = "./highlight.js";
let highlighter: Promise<Highlighter> | null = null;

export function SourcePage({ params, controls }: PageProps) {
  const symbol = params.get("symbol") ?? "";
  const { value, error, isLoading } = useAnswer(symbol === "" ? null : "source", reportQuery(params, ["symbol"]), json<SourceAnswer>);
  return (
    <section class={`source${isLoading && symbol !== "" ? " stale" : ""}`} aria-label="Source">
      <div class="toolbar">
        {controls}
        <SymbolField value={symbol} error={value?.view.invalid.symbol} />
      </div>
      {symbol === "" ? (
        <Message title="Which function?" text="Type a part of its name or a regular expression above, or come here from Top, Peek, the graph or the menu of the flame graph." />
      ) : error !== null ? (
        <Message title={error.message} text={error.remedy} />
      ) : value === null ? (
        <Waiting title="Reading source and machine code …" />
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Source code">
          <Notes notes={value.view.notes} />
          {value.functions.map((routine) => <Routine key={`${routine.name} ${routine.file} ${routine.lines[0]?.number}`} routine={routine} view={value.view} />)}
          {value.isCut && <p class="soft pad">These are the heaviest. Type more of a name to see others.</p>}
        </div>
      )}
    </section>
  );
}

function Routine({ routine, view }: { routine: SourceFunction; view: ViewHeader }) {
  const [tokens, setTokens] = useState<Token[][] | null>(null);
  useEffect(() => {
    let isWanted = true;
    highlighter ??= import(highlighterFile) as Promise<Highlighter>;
    highlighter
      .then(({ tokensOf }) => {
        if (isWanted) setTokens(tokensOf(routine.lines.map((line) => line.text), routine.file));
      })
      // Without colours the source is as true.
      .catch(() => (highlighter = null));
    return () => void (isWanted = false);
  }, [routine]);
  const most = routine.lines.reduce((largest, line) => Math.max(largest, Math.abs(line.cum)), 0);
  const isSigned = routine.lines.some((line) => line.flat < 0 || line.cum < 0);
  return (
    <article>
      <h2>
        <Link change={{ v: "peek", symbol: exactly(routine.name) }}>{routine.name}</Link>
        <small><bdi class="file">{routine.file}</bdi></small>
        <small class="figures">own {amount(routine.flat, view.amounts)}, {percent(routine.flat, view.total)} · with callees {amount(routine.cum, view.amounts)}, {percent(routine.cum, view.total)}</small>
      </h2>
      {routine.error !== null && <p class="warn pad">The source is not shown: {routine.error}</p>}
      {routine.lines.length > 0 && (
        <table class="code">
          <thead><tr><th scope="col">Line</th><th scope="col">Flat</th><th scope="col">Cum</th><th scope="col" class="name">Source</th></tr></thead>
          <tbody>
            {routine.lines.map((line, index) => <Row key={line.number} line={line} tokens={tokens?.[index] ?? null} most={most} view={view} isSigned={isSigned} />)}
          </tbody>
        </table>
      )}
    </article>
  );
}

function Row({ line, tokens, most, view, isSigned }: { line: SourceLine; tokens: Token[] | null; most: number; view: ViewHeader; isSigned: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const shown = (value: number) => (value === 0 ? "" : isSigned ? change(value, view.amounts) : amount(value, view.amounts));
  const share = most === 0 ? 0 : Math.abs(line.cum) / most;
  return (
    <>
      <tr class={line.cum === 0 ? "cold" : share > 0.2 ? "hot" : ""}>
        <td class="number">
          {line.code !== null ? (
            <button type="button" class="plain fold" aria-expanded={isOpen} aria-label={`Machine code of line ${line.number}`} onClick={() => setOpen(!isOpen)}>{line.number}</button>
          ) : line.number}
        </td>
        <td>{shown(line.flat)}</td>
        <td class="share"><i class={isSigned && line.cum > 0 ? "more" : ""} style={{ width: `${share * 100}%` }} /><span>{shown(line.cum)}</span></td>
        <td class="name"><code>{tokens === null ? line.text : tokens.map((token, index) => (token.scope === null ? token.text : <span key={index} class={`hl-${token.scope.split(".")[0]}`}>{token.text}</span>))}</code></td>
      </tr>
      {isOpen && line.code !== null && <Instructions code={line.code} line={line.number} shown={shown} />}
    </>
  );
}

function Instructions({ code, line, shown }: { code: Instruction[]; line: number; shown: (value: number) => string }) {
  let open: InlinedCall[] = [];
  return (
    <>
      {code.map((instruction, index) => {
        let same = 0;
        while (same < instruction.calls.length && same < open.length && samePlace(instruction.calls[same], open[same])) same++;
        const calls = instruction.calls.slice(same);
        open = instruction.calls;
        return (
          <>
            {instruction.startsBlock && index > 0 && <tr class="asm"><td /><td /><td /><td class="name">⋮</td></tr>}
            {calls.map((call, depth) => (
              <tr class="inlined" key={`${index} ${depth}`}>
                <td /><td /><td />
                <td class="name" style={{ paddingLeft: `${24 + 16 * (same + depth)}px` }}><code>{call.text === "" ? "inlined call" : call.text}</code> <small><bdi>{baseName(call.file)}:{call.line}</bdi></small></td>
              </tr>
            ))}
            {instruction.text !== "" && (
              <tr class="asm" key={index}>
                <td class="number">{instruction.address}</td>
                <td>{shown(instruction.flat)}</td>
                <td>{shown(instruction.cum)}</td>
                <td class="name" style={{ paddingLeft: `${24 + 16 * instruction.calls.length}px` }}><code>{instruction.text}</code> <small>{instruction.file !== "" && (instruction.line !== line || instruction.calls.length > 0) && <bdi>{baseName(instruction.file)}:{instruction.line}</bdi>}</small></td>
              </tr>
            )}
          </>
        );
      })}
    </>
  );
}

const samePlace = (a: InlinedCall, b: InlinedCall): boolean => a.file === b.file && a.line === b.line;
const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
