import { useEffect, useRef, useState } from "preact/hooks";
import { Message } from "./controls/Message.tsx";
import { Refine } from "./controls/Refine.tsx";
import { FlamePage } from "./flame/FlamePage.tsx";
import { addressWith, go, reportQuery, useParameters } from "./location.ts";
import { json, type Profile, useAnswer } from "./server.ts";
import { TextPage } from "./text/TextPage.tsx";
import { chooseTheme, chosenTheme, useDark } from "./theme.ts";
import { TopPage } from "./top/TopPage.tsx";

const VIEWS = [
  ["flame", "Flame graph"],
  ["top", "Top"],
  ["peek", "Peek"],
  ["source", "Source"],
  ["tree", "Tree"],
  ["traces", "Traces"],
  ["tags", "Tags"],
  ["raw", "Raw"],
] as const;

type ViewName = (typeof VIEWS)[number][0];

export function App() {
  const params = useParameters();
  const { value: profile, error } = useAnswer("profile", "", json<Profile>);
  const check = useAnswer("check", reportQuery(params), json<{ invalid: Record<string, string> }>);
  const view = VIEWS.find(([name]) => name === params.get("v"))?.[0] ?? "flame";

  useEffect(() => {
    if (profile !== null) document.title = `${profile.title} · Plumb`;
  }, [profile]);

  if (error !== null) return <Message title={error.message} text={error.remedy} />;
  if (profile === null) return <Message title="Reading the profile …" isBusy />;
  return (
    <>
      <header>
        <div class="title">
          <h1><bdi title={profile.title}>{profile.title}</bdi></h1>
          <details class="about">
            <summary>About</summary>
            <ul>{profile.lines.map((line) => <li key={line}>{line}</li>)}</ul>
          </details>
          <span class="grow" />
          {(view === "flame" || view === "top") && <SearchBox params={params} />}
          <ThemeButton />
        </div>
        <nav aria-label="Views">
          {VIEWS.filter(([name]) => name !== "tags" || profile.hasLabels).map(([name, label]) => <ViewLink key={name} name={name} label={label} isCurrent={name === view} />)}
        </nav>
        <Refine profile={profile} params={params} invalid={check.value?.invalid ?? {}} />
      </header>
      <main>
        {view === "flame" ? <FlamePage params={params} /> : view === "top" ? <TopPage params={params} /> : <TextPage key={view} view={view} params={params} />}
      </main>
    </>
  );
}

function ViewLink({ name, label, isCurrent }: { name: ViewName; label: string; isCurrent: boolean }) {
  const change = { v: name === "flame" ? null : name };
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(change);
  };
  return <a href={addressWith(change)} aria-current={isCurrent ? "page" : undefined} onClick={follow}>{label}</a>;
}

function SearchBox({ params }: { params: URLSearchParams }) {
  const input = useRef<HTMLInputElement>(null);
  const value = params.get("q") ?? "";
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => go({ q: text === "" ? null : text }, true), 150);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
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
        document.querySelector<HTMLElement>(".canvas canvas, .top .rows")?.focus();
      }}
    >
      <input
        ref={input}
        type="search"
        aria-label="Search names"
        placeholder="Search names  /"
        value={text}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {text !== "" && <button type="button" title="Show only samples through a match" onClick={() => go({ f: text, q: null })}>Focus</button>}
    </form>
  );
}

function ThemeButton() {
  const dark = useDark();
  return (
    <button type="button" onClick={() => chooseTheme(chosenTheme() === null ? (dark ? "light" : "dark") : null)} title="Dark or light">
      {dark ? "☾" : "☀"}<span class="unseen">{dark ? "Dark" : "Light"}</span>
    </button>
  );
}
