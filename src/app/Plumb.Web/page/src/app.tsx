import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Link } from "./controls/Link.tsx";
import { Message, Waiting } from "./controls/Message.tsx";
import { choiceOf, ProfilePanel } from "./controls/ProfilePanel.tsx";
import { Refine } from "./controls/Refine.tsx";
import { ThemeButton } from "./controls/ThemeButton.tsx";
import { UploadStatus, useUpload } from "./controls/Upload.tsx";
import { ViewsPanel } from "./controls/ViewsPanel.tsx";
import { FlamePage } from "./flame/FlamePage.tsx";
import { GraphPage } from "./graph/GraphPage.tsx";
import { go, only, reportQuery, useParameters } from "./location.ts";
import { PeekPage } from "./peek/PeekPage.tsx";
import { holds, isSavedFile } from "./savedfile.ts";
import { json, type Profile, useAnswer } from "./server.ts";
import { SourcePage } from "./source/SourcePage.tsx";
import { TagsPage } from "./tags/TagsPage.tsx";
import { TextPage } from "./text/TextPage.tsx";
import { TopPage } from "./top/TopPage.tsx";

/** What each page is given. */
export interface PageProps {
  profile: Profile;
  params: URLSearchParams;
  /** What stands at the left of the page's tools. */
  controls: ComponentChildren;
  /** The parameter that holds the zoom: two pages that stand side by side zoom each for itself. */
  zoomParameter: "z" | "z2";
}

const VIEWS: [name: string, label: string, isSearched: boolean, page: (props: PageProps) => ComponentChildren][] = [
  ["flame", "Flame graph", true, FlamePage],
  ["top", "Top", true, TopPage],
  ["graph", "Graph", true, GraphPage],
  ["peek", "Peek", false, (props) => <PeekPage view="peek" {...props} />],
  ["source", "Source", false, SourcePage],
  ["tree", "Tree", false, (props) => <PeekPage view="tree" {...props} />],
  ["traces", "Traces", true, (props) => <TextPage view="traces" {...props} />],
  ["tags", "Tags", true, TagsPage],
  ["raw", "Raw", true, (props) => <TextPage view="raw" {...props} />],
];

// The pages about a service have those about its profiles below them.
const isOfService = !isSavedFile && /\/p\/[^/]+\/$/.test(window.location.pathname);

export function App() {
  const params = useParameters();
  const [changes, setChanges] = useState(0);
  const { value: profile, error } = useAnswer("profile", only(params, ["profile", "base", "norm"]), json<Profile>, changes);
  const upload = useUpload(() => setChanges((count) => count + 1));

  useEffect(() => {
    if (profile !== null) document.title = `${profile.title} · Plumb`;
  }, [profile]);

  if (error !== null) return <><Message title={error.message} text={error.remedy} /><p class="message"><a href={window.location.pathname}>Start again</a></p></>;
  if (profile === null) return <Waiting title="Reading the profile …" />;
  const views = VIEWS.filter(([name]) => (name !== "tags" || profile.hasLabels) && (!isSavedFile || holds(name)));
  const [view, , isSearched, Page] = views.find(([name]) => name === params.get("v")) ?? views[0];
  const { beside } = choiceOf(profile, params);
  return (
    <>
      <header class="topbar">
        <h1>Plumb</h1>
        {isOfService && <a class="back" href="../../" title="Back to the page about the service">‹ Service</a>}
        <ProfilePanel profile={profile} params={params} onFiles={upload.send} />
        <nav aria-label="Views">
          {views.map(([name, label]) => <Link key={name} change={{ v: name === "flame" ? null : name }} isCurrent={name === view}>{label}</Link>)}
        </nav>
        {isSearched && <SearchBox params={params} />}
        {!isSavedFile && <ViewsPanel />}
        <ThemeButton />
      </header>
      <main class={beside < 0 ? "" : "pair"}>
        <Pane page={Page} profile={profile} params={params} zoomParameter="z" />
        {beside >= 0 && <Beside page={Page} id={beside} params={params} />}
      </main>
      <UploadStatus upload={upload} />
    </>
  );
}

interface PaneProps {
  page: (props: PageProps) => ComponentChildren;
  profile: Profile;
  params: URLSearchParams;
  zoomParameter: "z" | "z2";
}

function Pane({ page: Page, profile, params, zoomParameter }: PaneProps) {
  const check = useAnswer(isSavedFile ? null : "check", reportQuery(params), json<{ invalid: Record<string, string> }>);
  const controls = zoomParameter === "z" ? <Refine profile={profile} params={params} invalid={check.value?.invalid ?? {}} /> : <strong><bdi class="cut">{profile.title}</bdi></strong>;
  return <Page profile={profile} params={params} controls={controls} zoomParameter={zoomParameter} />;
}

/** The same view of another profile, with the same filters. */
function Beside({ page, id, params }: { page: PaneProps["page"]; id: number; params: URLSearchParams }) {
  const own = useMemo(() => {
    const changed = new URLSearchParams(params);
    changed.set("profile", String(id));
    changed.set("base", "none");
    changed.delete("norm");
    return changed;
  }, [id, params.toString()]);
  const { value: profile, error } = useAnswer("profile", only(own, ["profile", "base"]), json<Profile>);
  if (error !== null) return <Message title={error.message} text={error.remedy} />;
  if (profile === null) return <Waiting title="Reading the other profile …" />;
  return <Pane page={page} profile={profile} params={own} zoomParameter="z2" />;
}

function SearchBox({ params }: { params: URLSearchParams }) {
  const input = useRef<HTMLInputElement>(null);
  const value = params.get("q") ?? "";
  const [text, setText] = useState(value);
  // The address follows what is typed a moment later; it must not take back what was typed meanwhile.
  const written = useRef(value);
  useEffect(() => {
    if (value === written.current) return;
    written.current = value;
    setText(value);
  }, [value]);
  const write = () => {
    if (text === written.current) return;
    written.current = text;
    go({ q: text === "" ? null : text }, true);
  };
  useEffect(() => {
    if (text === written.current) return;
    const timer = setTimeout(write, 150);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || isTypedInto(event.target)) return;
      event.preventDefault();
      input.current!.focus();
      input.current!.select();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        // Keys that follow are about what is found for the whole text.
        write();
        document.querySelector<HTMLElement>("[data-searched]")?.focus();
      }}
    >
      <input
        ref={input}
        type="search"
        aria-label="Search"
        placeholder="Search   /"
        value={text}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {text !== "" && !isSavedFile && <button type="button" title="Show only samples through a match" onClick={() => go({ f: text, q: null })}>Focus</button>}
    </form>
  );
}

const isTypedInto = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type !== "radio" && target.type !== "checkbox");
