// The page about a running service, or about a series that was saved of one.
import { useEffect } from "preact/hooks";
import { Link } from "../controls/Link.tsx";
import { Message, Waiting } from "../controls/Message.tsx";
import { ThemeButton } from "../controls/ThemeButton.tsx";
import { LeaksPage } from "../leaks/LeaksPage.tsx";
import { LivePage } from "../live/LivePage.tsx";
import { useParameters } from "../location.ts";
import { json, useAnswer } from "../server.ts";

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
      <header class="topbar">
        <h1>Plumb</h1>
        <bdi class="subject" title={service.title}>{service.title}</bdi>
        {offered.length > 1 ? (
          <nav aria-label="Views">
            {offered.map(([name, label], index) => <Link key={name} change={{ v: index === 0 ? null : name, s: null, t: null }} isCurrent={name === view}>{label}</Link>)}
          </nav>
        ) : <span class="grow" />}
        <ThemeButton />
      </header>
      <main class="service">{view === "leaks" ? <LeaksPage params={params} /> : <LivePage params={params} />}</main>
    </>
  );
}
