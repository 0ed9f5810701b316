// What leaks, as far as it is known: while a service is watched, and when there is a verdict.
import { useEffect, useState } from "preact/hooks";
import { duration } from "../charts/quantities.ts";
import { Message, Waiting } from "../controls/Message.tsx";
import { addressWith, go } from "../location.ts";
import { change } from "../server.ts";
import { usePolled } from "../service/polling.ts";
import type { Leaks, Report, Suspect } from "./answer.ts";
import { Curves } from "./Curves.tsx";
import { ForecastCard } from "./ForecastCard.tsx";
import { Moments } from "./Moments.tsx";
import { SuspectCard } from "./SuspectCard.tsx";

export function LeaksPage({ params }: { params: URLSearchParams }) {
  const { value: leaks, error } = usePolled<Leaks, Leaks>("leaks", sinceVersion, (_, answer) => answer, isOver);
  if (leaks === null) return error === null ? <Waiting title="Asking …" /> : <Message title={error.message} text={error.remedy} />;
  const { report } = leaks;
  return (
    <section class="leaks" aria-label="Leaks">
      <div class="column">
        {error !== null && <p class="banner" role="alert">{error.message} {error.remedy} What was known before is still shown.</p>}
        {leaks.phase === "failed" && <Failed leaks={leaks} />}
        {report === null ? leaks.phase !== "failed" && <Progress leaks={leaks} /> : <Verdict leaks={leaks} report={report} params={params} />}
        {report === null && <Curves title="So far" curves={leaks.curves} group="process" />}
        <Notes notes={report?.notes ?? leaks.notes} load={leaks.load} />
      </div>
    </section>
  );
}

const sinceVersion = (known: Leaks | null) => (known === null ? "" : `since=${known.version}`);
const isOver = ({ phase }: Leaks) => phase === "done" || phase === "failed";

function Failed({ leaks }: { leaks: Leaks }) {
  return (
    <div class="verdict open" role="alert">
      <p class="word">No verdict</p>
      <div>
        <h2>{leaks.error}</h2>
        {leaks.remedy !== null && <p class="soft">{leaks.remedy}</p>}
      </div>
    </div>
  );
}

function Progress({ leaks }: { leaks: Leaks }) {
  const [isStopping, setStopping] = useState(false);
  const elapsed = useElapsed(leaks);
  const left = Math.max(0, leaks.plannedSeconds - elapsed);
  const isWatching = leaks.phase === "watching";
  return (
    <div class="verdict">
      <p class="word">{leaks.phase === "waiting" ? "Connecting" : isWatching ? "Watching" : "Judging"}</p>
      <div class="grow">
        <h2 aria-live="polite">
          {leaks.phase === "waiting"
            ? "Looking for the profiles of the service."
            : isWatching
              ? leaks.snapshotsPlanned === 0 ? "The first judgement takes some snapshots." : `Snapshot ${leaks.snapshots} of ${leaks.snapshotsPlanned}`
              : `${leaks.snapshots} snapshots are being judged.`}
        </h2>
        {isWatching && leaks.snapshotsPlanned > 0 && (
          <>
            <progress max={Math.max(leaks.plannedSeconds, 1)} value={Math.min(elapsed, leaks.plannedSeconds)} aria-label="Watched so far" />
            <p class="soft">{left > 0 ? `${duration(Math.ceil(left))} left` : "The last snapshot is being taken"}</p>
          </>
        )}
      </div>
      {isWatching && leaks.canStop && (
        <button
          type="button"
          disabled={isStopping}
          title="Watch no longer; what was seen so far is judged"
          onClick={() => {
            setStopping(true);
            change("POST", "leaks/stop").catch(() => setStopping(false));
          }}
        >
          {isStopping ? "Stopping …" : "Stop and judge"}
        </button>
      )}
    </div>
  );
}

/** The server says how long it has been when something happens; in between the page counts itself. */
function useElapsed(leaks: Leaks): number {
  const [since, setSince] = useState(0);
  useEffect(() => {
    setSince(0);
    const began = performance.now();
    const timer = setInterval(() => setSince((performance.now() - began) / 1000), 500);
    return () => clearInterval(timer);
  }, [leaks.version]);
  return leaks.elapsedSeconds + since;
}

const TONES = { leak: "bad", suspicious: "open", inconclusive: "open", none: "good" } as const;

function Verdict({ leaks, report, params }: { leaks: Leaks; report: Report; params: URLSearchParams }) {
  const { suspects } = report;
  const chosen = Math.min(Math.max(0, Number(params.get("s") ?? 1) - 1 || 0), Math.max(0, suspects.length - 1));
  return (
    <>
      <div class={`verdict ${TONES[report.verdict]}`} role="status">
        <p class="word">{report.word}</p>
        <div>
          <h2>{report.reason}</h2>
          <p class="soft">{leaks.phase === "watching" ? `So far: ${report.span}. It is judged again as it goes on.` : report.span}</p>
        </div>
      </div>
      {suspects.length > 1 && <Suspects report={report} chosen={chosen} />}
      {suspects.length > 0 && <SuspectCard key={chosen} suspect={suspects[chosen]} rank={suspects.length > 1 ? chosen + 1 : null} moments={leaks.moments} />}
      {suspects.length === 0 && report.verdict === "none" && <p class="soft quiet">Every figure that was watched is below; none of them grows in a way that warm-up, load or chance would not explain.</p>}
      {report.forecast !== null && <ForecastCard forecast={report.forecast} process={report.process} />}
      <Curves title="The whole process" curves={report.process} group="process" />
      <Moments moments={leaks.moments} />
    </>
  );
}

function Suspects({ report, chosen }: { report: Report; chosen: number }) {
  return (
    <nav class="suspects" aria-label="Suspects, the most certain and heaviest first">
      <ol>
        {report.suspects.map((suspect, index) => (
          <li key={index}>
            <SuspectLink suspect={suspect} index={index} isCurrent={index === chosen} />
          </li>
        ))}
      </ol>
      {report.moreSuspects > 0 && <p class="soft">… and {report.moreSuspects} more, in the report that plumb prints</p>}
    </nav>
  );
}

function SuspectLink({ suspect, index, isCurrent }: { suspect: Suspect; index: number; isCurrent: boolean }) {
  const change = { s: index === 0 ? null : String(index + 1) };
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(change);
  };
  return (
    <a href={addressWith(change)} aria-current={isCurrent ? "true" : undefined} onClick={follow}>
      <span class="rank">{index + 1}</span>
      <code><bdi>{suspect.function}</bdi></code>
      <span class="soft">{suspect.growth}</span>
      <span class={`certainty ${suspect.verdict}`}>{suspect.certainty}</span>
    </a>
  );
}

function Notes({ notes, load }: { notes: string[]; load: string | null }) {
  if (notes.length === 0 && load === null) return null;
  return (
    <footer class="soft">
      {load !== null && <p>Load: {load}</p>}
      {notes.map((note) => <p key={note}>Note: {note}</p>)}
    </footer>
  );
}
