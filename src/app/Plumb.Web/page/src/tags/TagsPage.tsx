// The labels of the samples: what each value comes to, and a click that keeps or drops its samples.
import { amount, change } from "../amounts.ts";
import type { PageProps } from "../app.tsx";
import { Message, Notes, Waiting } from "../controls/Message.tsx";
import { Share } from "../controls/Share.tsx";
import { go, parameters, reportQuery } from "../location.ts";
import { searchFor } from "../names.ts";
import { json, useAnswer, type ViewHeader } from "../server.ts";

interface TagKey {
  name: string;
  sum: number;
  count: number;
  values: { text: string; sum: number }[];
}

interface TagsAnswer {
  view: ViewHeader;
  keys: TagKey[];
}

const MOST_VALUES = 200;

export function TagsPage({ params, controls }: PageProps) {
  const { value, error, isLoading } = useAnswer("tags", reportQuery(params), json<TagsAnswer>);
  const search = params.has("q") ? searchFor(params.get("q")!) : null;
  return (
    <section class={`tags${isLoading ? " stale" : ""}`} aria-label="Tags">
      <div class="toolbar">{controls}</div>
      {error !== null ? (
        <Message title={error.message} text={error.remedy} />
      ) : value === null ? (
        <Waiting title="Adding up …" />
      ) : value.keys.length === 0 ? (
        <Message title="There is nothing to show" text="The samples have no tags. Perhaps a filter took them away." />
      ) : (
        <div class="scroll keys" tabIndex={0} role="region" aria-label="Tags of the samples" data-searched>
          <Notes notes={value.view.notes} />
          {search?.error != null && <p class="warn pad">{search.error}</p>}
          {value.keys.map((key) => <Key key={key.name} tag={key} view={value.view} matches={search?.matches ?? null} />)}
        </div>
      )}
    </section>
  );
}

function Key({ tag, view, matches }: { tag: TagKey; view: ViewHeader; matches: ((text: string) => boolean) | null }) {
  const values = tag.values.filter((value) => matches === null || matches(value.text) || matches(tag.name));
  const shown = tag.values.some((value) => value.sum < 0) ? change : amount;
  if (values.length === 0) return null;
  return (
    <table class="entry">
      <caption><bdi>{tag.name}</bdi> <small>{tag.count.toLocaleString("en")} {tag.count === 1 ? "value" : "values"}, {shown(tag.sum, view.amounts)}</small></caption>
      <colgroup><col class="amount" /><col class="amount" /><col /></colgroup>
      <tbody>
        {values.slice(0, MOST_VALUES).map((value) => (
          <tr key={value.text}>
            <td>{shown(value.sum, view.amounts)}</td>
            <td class="share"><Share value={value.sum} total={view.total} isSigned={shown === change} /></td>
            <td class="name">
              <bdi>{value.text === "" ? "(empty)" : value.text}</bdi>
              <span class="acts">
                <button type="button" class="plain" onClick={() => filter("tf", tag.name, value.text)}>focus</button>
                <button type="button" class="plain" onClick={() => filter("ti", tag.name, value.text)}>ignore</button>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
      {values.length > MOST_VALUES && <tfoot><tr><td colSpan={3}>{(tag.count - MOST_VALUES).toLocaleString("en")} smaller ones are not shown; search finds some of them.</td></tr></tfoot>}
    </table>
  );
}

/** Numbers are filtered by range and texts by pattern; a comma would separate two patterns. */
function filter(parameter: "tf" | "ti", key: string, text: string): void {
  const isNumber = /^-?[\d.]+[a-zA-Z]*$/.test(text);
  const pattern = isNumber ? text : `^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/,/g, "\\x2c")}$`;
  const before = parameter === "ti" ? parameters().get(parameter) : null;
  go({ [parameter]: before ? `${before},${pattern}` : `${key}=${pattern}` });
}
