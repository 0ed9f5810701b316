// Views that a person keeps: the address of the page under a name, without what belongs to one profile only.
import { useEffect, useState } from "preact/hooks";
import { goTo, parameters } from "../location.ts";
import { ask, change, type SavedView, ServerError } from "../server.ts";
import { Panel } from "./Panel.tsx";

const OF_PROFILE = ["profile", "base", "side", "z", "z2"];

export function ViewsPanel() {
  return <Panel label="Views" title="Saved views" name="views"><Views /></Panel>;
}

function Views() {
  const [views, setViews] = useState<SavedView[] | null>(null);
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);

  const load = async (answer: Promise<Response>) => {
    try {
      setViews((await (await answer).json()) as SavedView[]);
      setError(null);
    } catch (problem) {
      setError(problem instanceof ServerError ? `${problem.message} ${problem.remedy}` : String(problem));
    }
  };
  useEffect(() => void load(ask("views", "")), []);

  const keep = (event: Event) => {
    event.preventDefault();
    const query = parameters();
    for (const parameter of OF_PROFILE) query.delete(parameter);
    void load(change("PUT", `views?${new URLSearchParams({ name, query: query.toString() })}`));
    setName("");
  };
  const open = (view: SavedView) => {
    const next = new URLSearchParams(view.query);
    for (const parameter of OF_PROFILE) {
      const value = parameters().get(parameter);
      if (value !== null && !parameter.startsWith("z")) next.set(parameter, value);
    }
    goTo(next.toString());
  };

  return (
    <>
      {views !== null && views.length === 0 && <p class="soft">Filters, columns and the view itself, to come back to with any profile.</p>}
      <ul class="savedviews">
        {views?.map((view) => (
          <li key={view.name}>
            <button type="button" class="plain" onClick={() => open(view)}><bdi>{view.name}</bdi></button>
            <button type="button" class="plain" aria-label={`Remove ${view.name}`} title="Remove" onClick={() => void load(change("DELETE", `views?${new URLSearchParams({ name: view.name })}`))}>×</button>
          </li>
        ))}
      </ul>
      <form class="row" onSubmit={keep}>
        <input type="text" aria-label="Name of the view" placeholder="Name for this view" value={name} required maxLength={80} onInput={(event) => setName(event.currentTarget.value)} />
        <button type="submit">Save</button>
      </form>
      {error !== null && <p class="warn" role="alert">{error}</p>}
    </>
  );
}
