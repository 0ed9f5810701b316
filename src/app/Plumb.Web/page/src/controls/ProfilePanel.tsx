// Which profile is shown, what it is compared with, and what stands beside it; and what the profile says of itself.
import { useRef } from "preact/hooks";
import { go } from "../location.ts";
import { isSavedFile } from "../savedfile.ts";
import type { Profile, ShelvedProfile } from "../server.ts";
import { Panel } from "./Panel.tsx";

interface Props {
  profile: Profile;
  params: URLSearchParams;
  onFiles: (files: readonly File[]) => void;
}

export interface Choice {
  shown: number;
  base: number;
  beside: number;
}

export function choiceOf(profile: Profile, params: URLSearchParams): Choice {
  const id = (name: string, otherwise: number) => (params.has(name) ? (params.get(name) === "none" ? -1 : Number(params.get(name))) : otherwise);
  return { shown: id("profile", profile.profile), base: id("base", profile.base), beside: id("side", -1) };
}

export function ProfilePanel({ profile, params, onFiles }: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  const { shown, base, beside } = choiceOf(profile, params);
  const compared = profile.profiles.find((candidate) => candidate.id === base);
  const normalized = params.get("norm") ?? profile.options.find((option) => option.parameter === "norm")?.value ?? "false";
  const label = (
    <>
      <bdi class="cut">{profile.title}</bdi>
      {compared !== undefined && <><span class="versus">vs</span><bdi class="cut">{compared.title}</bdi></>}
    </>
  );
  return (
    <Panel label={label} title="Profiles" name="profiles">
      {!isSavedFile && (
        <>
          <table class="shelf">
            <thead><tr><th scope="col">Profile</th><th scope="col">Show</th><th scope="col">Compare</th><th scope="col">Beside</th></tr></thead>
            <tbody>
              <tr>
                <td class="soft">none</td>
                <td />
                <td><input type="radio" name="base" aria-label="Compare with nothing" checked={base === -1} onChange={() => go({ base: profile.base === -1 ? null : "none", norm: null })} /></td>
                <td><input type="radio" name="side" aria-label="Nothing beside" checked={beside === -1} onChange={() => go({ side: null })} /></td>
              </tr>
              {profile.profiles.map((candidate) => <Row key={candidate.id} candidate={candidate} choice={{ shown, base, beside }} profile={profile} />)}
            </tbody>
          </table>
          {compared !== undefined && (
            <label class="check">
              <input type="checkbox" checked={normalized === "true"} onChange={(event) => go({ norm: event.currentTarget.checked ? "true" : "false" })} />
              normalise: compare shares, as if both added up to the same
            </label>
          )}
          <p class="drop">
            Drop files anywhere on the page, or{" "}
            <button type="button" onClick={() => chooser.current!.click()}>choose files …</button>
            <input
              ref={chooser}
              type="file"
              multiple
              hidden
              aria-label="Files with profiles"
              onChange={(event) => {
                onFiles([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = "";
              }}
            />
          </p>
        </>
      )}
      <ul class="about">{profile.lines.map((line) => <li key={line}>{line}</li>)}</ul>
    </Panel>
  );
}

function Row({ candidate, choice, profile }: { candidate: ShelvedProfile; choice: Choice; profile: Profile }) {
  const { id, title } = candidate;
  const idOrInitial = (initial: number) => (id === initial ? null : String(id));
  return (
    <tr>
      <td><bdi class="cut" title={title}>{title}</bdi></td>
      <td><input type="radio" name="profile" aria-label={`Show ${title}`} checked={choice.shown === id} onChange={() => go({ profile: idOrInitial(profile.profile), ...(choice.base === id ? { base: "none" } : {}) })} /></td>
      <td><input type="radio" name="base" aria-label={`Compare with ${title}`} disabled={choice.shown === id} checked={choice.base === id} onChange={() => go({ base: idOrInitial(profile.base) })} /></td>
      <td><input type="radio" name="side" aria-label={`${title} beside`} checked={choice.beside === id} onChange={() => go({ side: String(id) })} /></td>
    </tr>
  );
}
