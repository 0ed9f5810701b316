import { useRef, useState } from "preact/hooks";
import { change, ServerError } from "../server.ts";
import type { CaptureKind } from "./hour.ts";

/** Takes a profile now, and opens it when it is there. */
export function Capture({ kinds }: { kinds: CaptureKind[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [taken, setTaken] = useState<{ name: string; title: string } | null>(null);
  const [error, setError] = useState<ServerError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const abort = useRef<AbortController | null>(null);
  if (kinds.length === 0) return null;
  const kind = kinds.find((candidate) => candidate.id === chosen) ?? kinds[0];
  const capture = async () => {
    abort.current = new AbortController();
    setBusy(true);
    setError(null);
    setTaken(null);
    try {
      const response = await change("POST", `live/capture?kind=${encodeURIComponent(kind.id)}`, undefined, abort.current.signal);
      setTaken((await response.json()) as { name: string; title: string });
    } catch (failed) {
      if (!abort.current.signal.aborted) setError(failed instanceof ServerError ? failed : new ServerError("The server does not answer.", "Is plumb still running?"));
    }
    setBusy(false);
  };
  return (
    <span class="capture">
      <label>
        <span class="unseen">Profile to capture</span>
        <select value={kind.id} disabled={isBusy} onChange={(event) => setChosen(event.currentTarget.value)}>
          {kinds.map(({ id, name, seconds }) => <option key={id} value={id}>{name}{seconds > 0 ? `, ${seconds} s` : ""}</option>)}
        </select>
      </label>
      <button type="button" onClick={isBusy ? () => abort.current?.abort() : () => void capture()}>{isBusy ? "Cancel" : "Capture now"}</button>
      <span role="status">
        {isBusy && <span class="soft">{kind.seconds > 0 ? `Capturing for ${kind.seconds} s …` : "Capturing …"}</span>}
        {taken !== null && <a class="button" href={`p/${taken.name}/`}>Open {taken.title}</a>}
        {error !== null && <span class="warn" title={error.remedy}>{error.message} {error.remedy}</span>}
      </span>
    </span>
  );
}
