import { useState } from "preact/hooks";
import { duration } from "../charts/quantities.ts";
import { type Moment, profileAddress } from "./answer.ts";

/** Any profile of the series, or what changed between any two. */
export function Moments({ moments }: { moments: Moment[] }) {
  const kinds = [...new Set(moments.flatMap((moment) => moment.kinds))];
  const [chosen, setChosen] = useState(kinds[0]);
  const kind = kinds.includes(chosen) ? chosen : kinds[0];
  const having = moments.filter((moment) => moment.kinds.includes(kind));
  const [ends, setEnds] = useState<[number | null, number | null]>([null, null]);
  if (having.length === 0) return null;
  const first = having.find((moment) => moment.number === ends[0]) ?? having[0];
  const last = having.find((moment) => moment.number === ends[1]) ?? having[having.length - 1];
  const choice = (label: string, value: Moment, set: (number: number) => void) => (
    <label>
      {label}{" "}
      <select value={value.number} onChange={(event) => set(Number(event.currentTarget.value))}>
        {having.map((moment) => <option key={moment.number} value={moment.number}>{duration(Math.round(moment.seconds))}</option>)}
      </select>
    </label>
  );
  return (
    <section class="block">
      <h3>Profiles</h3>
      <p class="actions">
        {kinds.length > 1 && (
          <label>
            Of{" "}
            <select value={kind} onChange={(event) => setChosen(event.currentTarget.value)}>
              {kinds.map((name) => <option key={name} value={name}>{name}</option>)}
            </select>
          </label>
        )}
        {having.length > 1 && choice("from", first, (number) => setEnds([number, ends[1]]))}
        {choice("to", last, (number) => setEnds([ends[0], number]))}
        <a class="button" href={profileAddress(kind, [last], {})}>Open</a>
        {first.number !== last.number && <a class="button" href={profileAddress(kind, [first, last], {})}>Compare</a>}
      </p>
    </section>
  );
}
