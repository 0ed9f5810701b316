import { duration } from "../charts/quantities.ts";
import { type Frame, type Moment, profileAddress, type Suspect } from "./answer.ts";
import { Curves } from "./Curves.tsx";

/** One defect: the line, why it leaks, how to mend it, and what speaks for it. */
export function SuspectCard({ suspect, rank, moments }: { suspect: Suspect; rank: number | null; moments: Moment[] }) {
  return (
    <article class={`suspect ${suspect.verdict === "leak" ? "bad" : "open"}`} aria-label={suspect.title}>
      <div>
        <h2>{rank !== null && <span class="rank">{rank}</span>}{suspect.title}</h2>
        <p class="where"><code><bdi>{suspect.function}</bdi></code> <span class="place"><bdi>{suspect.excerpt === null ? suspect.place : placeOf(suspect)}</bdi></span></p>
      </div>
      <Facts suspect={suspect} />
      <Source suspect={suspect} />
      <div class="prose">
        <section><h3>Cause</h3><p>{suspect.cause}</p></section>
        <section><h3>Remedy</h3><p>{suspect.remedy}</p><Reference text={suspect.reference} /></section>
      </div>
      <Profiles suspect={suspect} moments={moments} />
      <Curves title="Evidence" curves={suspect.evidence} group="evidence" more={suspect.moreEvidence} />
      <div class="stacks">
        <Stack title="Stack, from the line towards the library" frames={suspect.stack} />
        <Stack title="Started by" frames={suspect.createdBy} />
        <Stack title="The other end" frames={suspect.otherEnds} />
        {suspect.victims.length > 0 && (
          <section>
            <h3>Victims, not causes</h3>
            <ul class="bare">{suspect.victims.map((victim) => <li key={victim}>{victim}</li>)}</ul>
          </section>
        )}
      </div>
    </article>
  );
}

function placeOf({ excerpt, place }: Suspect): string {
  const here = excerpt!.lines.find((line) => line.isHere);
  return here === undefined ? place : `${excerpt!.path}:${here.number}`;
}

function Facts({ suspect }: { suspect: Suspect }) {
  const percent = Math.floor(Math.min(1, Math.max(0, suspect.confidence)) * 100);
  return (
    <dl class="facts">
      <div><dt>Grows</dt><dd>{suspect.growth}</dd></div>
      <div>
        <dt>Confidence</dt>
        <dd><meter min={0} max={100} value={percent} aria-label="Confidence">{percent} %</meter> {suspect.certainty}</dd>
      </div>
      <div><dt>What</dt><dd>{suspect.resources.join(", ")}</dd></div>
      {suspect.pattern !== null && <div><dt>Pattern</dt><dd><code>{suspect.pattern}</code></dd></div>}
      {suspect.forecast !== null && <div class="wide"><dt>Until</dt><dd>{suspect.forecast}</dd></div>}
    </dl>
  );
}

function Source({ suspect: { excerpt, place } }: { suspect: Suspect }) {
  if (excerpt === null) return place === "" ? null : <p class="soft">The line is shown here when its file lies in the folder in which plumb was started, or below one that --source names.</p>;
  return (
    <pre class="excerpt" tabIndex={0} aria-label={excerpt.path}>
      {excerpt.lines.map((line) => (
        <span key={line.number} class={line.isHere ? "line here" : "line"}><span class="gutter">{line.number}</span>{line.text}{"\n"}</span>
      ))}
    </pre>
  );
}

// What is no address of the web stays text: a link may begin with javascript.
function Reference({ text }: { text: string | null }) {
  if (text === null) return null;
  return <p>{text.startsWith("https://") ? <a href={text} rel="noreferrer noopener" target="_blank">{text}</a> : text}</p>;
}

function Stack({ title, frames }: { title: string; frames: Frame[] }) {
  if (frames.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ol class="stack">
        {frames.map((frame, index) => (
          <li key={index} class={`${frame.owner}${frame.isHere ? " here" : ""}`}><code><bdi>{frame.function}</bdi></code> <span class="place"><bdi>{frame.place}</bdi></span></li>
        ))}
      </ol>
    </section>
  );
}

/** From here to the pages about the profiles that show it, with this function in the middle. */
function Profiles({ suspect, moments }: { suspect: Suspect; moments: Moment[] }) {
  const { profileKind: kind, profilePattern: pattern } = suspect;
  const having = kind === null ? [] : moments.filter((moment) => moment.kinds.includes(kind));
  if (kind === null || having.length === 0) return null;
  const [first, last] = [having[0], having[having.length - 1]];
  const focus: Record<string, string> = pattern === null ? {} : { f: pattern };
  return (
    <p class="actions">
      <a class="button" href={profileAddress(kind, [last], focus)}>Flame graph at the end</a>
      {having.length > 1 && <a class="button" href={profileAddress(kind, [first, last], focus)}>What grew in {duration(last.seconds - first.seconds)}</a>}
      {pattern !== null && <a class="button" href={profileAddress(kind, [last], { v: "peek", symbol: pattern })}>Callers and callees</a>}
      {pattern !== null && <a class="button" href={profileAddress(kind, [last], { v: "source", symbol: pattern })}>Source with figures</a>}
      <span class="soft">{kind} profile</span>
    </p>
  );
}
