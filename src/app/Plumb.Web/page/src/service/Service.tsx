// The page about a running service, or about a series that was saved of one.
import { useEffect } from "preact/hooks";
import { Message, Waiting } from "../controls/Message.tsx";
import { LeaksPage } from "../leaks/LeaksPage.tsx";
import { LivePage } from "../live/LivePage.tsx";
import { addressWith, go, useParameters } from "../location.ts";
import { json, useAnswer } from "../server.ts";
import { chooseTheme, chosenTheme, useDark } from "../theme.ts";

export interface ServiceAnswer {
  title: string;
  hasLeaks: boolean;
  hasLive: boolean;
  liveFirst: boolean;
}

const VIEWS = [
  ["leaks", "Leaks"],
  ["live", "Live"],
] as const;

export type ServiceView = (typeof VIEWS)[number][0];

export function Service() {
  const params = useParameters();
  const { value: service, error } = useAnswer("service", "", json<ServiceAnswer>);
  useEffect(() => {
    if (service !== null) document.title = `${service.title} · Plumb`;
  }, [service]);
  if (error !== null) return <Message title={error.message} text={error.remedy} />;
  if (service === null) return <Waiting title="Connecting …" />;
  const offered = (service.liveFirst ? VIEWS.toReversed() : VIEWS).filter(([name]) => (name === "leaks" ? service.hasLeaks : service.hasLive));
  const view = offered.find(([name]) => name === params.get("v"))?.[0] ?? offered[0][0];
  return (
    <>
      <header>
        <h1>Plumb</h1>
        <bdi class="subject" title={service.title}>{service.title}</bdi>
        {offered.length > 1 ? (
          <nav aria-label="Views">
            {offered.map(([name, label], index) => <ViewLink key={name} change={{ v: index === 0 ? null : name, s: null, t: null }} label={label} isCurrent={name === view} />)}
          </nav>
        ) : <span class="grow" />}
        <ThemeButton />
      </header>
      <main class="service">{view === "leaks" ? <LeaksPage params={params} /> : <LivePage params={params} />}</main>
    </>
  );
}

function ViewLink({ change, label, isCurrent }: { change: Record<string, string | null>; label: string; isCurrent: boolean }) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(change);
  };
  return <a href={addressWith(change)} aria-current={isCurrent ? "page" : undefined} onClick={follow}>{label}</a>;
}

function ThemeButton() {
  const dark = useDark();
  return (
    <button type="button" class="plain theme" onClick={() => chooseTheme(chosenTheme() === null ? (dark ? "light" : "dark") : null)} title="Dark or light">
      <span aria-hidden="true">{dark ? "☾" : "☀"}</span><span class="unseen">{dark ? "Dark" : "Light"}</span>
    </button>
  );
}
