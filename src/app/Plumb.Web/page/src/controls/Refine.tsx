// Filters and how things are shown: the options of the report, in the address of the page.
import { useEffect, useState } from "preact/hooks";
import { go } from "../location.ts";
import { isSavedFile } from "../savedfile.ts";
import type { Profile } from "../server.ts";
import { Panel } from "./Panel.tsx";

const FILTERS: [parameter: string, label: string, hint: string][] = [
  ["f", "Focus", "only samples through a match"],
  ["i", "Ignore", "no samples through a match"],
  ["h", "Hide", "leave out matching frames"],
  ["s", "Show", "only matching frames"],
  ["sf", "Show from", "drop what is above the first match"],
  ["tf", "Tag focus", "only samples with a matching tag: key=value, 1mb:"],
  ["ti", "Tag ignore", "no samples with a matching tag"],
];

const UNITS: Record<string, string[]> = {
  bytes: ["B", "kB", "MB", "GB"],
  nanoseconds: ["ns", "us", "ms", "s", "hrs"],
};

export function Refine({ profile, params, invalid }: { profile: Profile; params: URLSearchParams; invalid: Record<string, string> }) {
  const initial = (parameter: string) => profile.options.find((option) => option.parameter === parameter)?.value ?? "";
  const value = (parameter: string) => params.get(parameter) ?? initial(parameter);
  const set = (parameter: string, text: string) => go({ [parameter]: text === initial(parameter) ? null : text });
  const type = profile.sampleTypes.find((candidate, index) => candidate.type === value("si") || String(index) === value("si")) ?? profile.sampleTypes[profile.sampleType];
  const granularity = profile.options.find((option) => option.parameter === "g");
  const active = FILTERS.filter(([parameter]) => value(parameter) !== "");
  if (isSavedFile) return <span class="soft">{type.type}{active.map(([parameter, label]) => <span key={parameter}> · {label.toLowerCase()}: <bdi>{value(parameter)}</bdi></span>)}</span>;
  return (
    <>
      <select aria-label="Sample type" title="Sample type" value={type.type} onChange={(event) => set("si", event.currentTarget.value)}>
        {profile.sampleTypes.map((candidate) => <option key={candidate.type} value={candidate.type}>{candidate.type}</option>)}
      </select>
      <select aria-label="Granularity" title="Granularity" value={value("g") || "functions"} onChange={(event) => set("g", event.currentTarget.value === "functions" && initial("g") === "" ? "" : event.currentTarget.value)}>
        {granularity?.choices.map((choice) => <option key={choice} value={choice}>{choice === "filefunctions" ? "functions by file" : choice}</option>)}
      </select>
      {type.unit in UNITS && (
        <select aria-label="Unit" title="Unit" value={value("unit")} onChange={(event) => set("unit", event.currentTarget.value)}>
          <option value="minimum">auto</option>
          {UNITS[type.unit].map((unit) => <option key={unit} value={unit}>{unit}</option>)}
        </select>
      )}
      <Panel label={active.length > 0 ? `Filters (${active.length})` : "Filters"} title="Filters" name="filters">
        <div class="fields">
          {FILTERS.filter(([parameter]) => profile.hasLabels || !parameter.startsWith("t")).map(([parameter, label, hint]) => (
            <Pattern key={parameter} label={label} hint={hint} value={value(parameter)} error={invalid[parameter]} onChange={(text) => set(parameter, text)} />
          ))}
          <label class="check">
            <input type="checkbox" checked={value("rel") === "true"} onChange={(event) => set("rel", event.currentTarget.checked ? "true" : "false")} />
            percentages of what the filters leave
          </label>
          <label class="check">
            <input type="checkbox" checked={value("noinlines") === "true"} onChange={(event) => set("noinlines", event.currentTarget.checked ? "true" : "false")} />
            count inlined calls to their callers
          </label>
        </div>
      </Panel>
      {active.map(([parameter, label]) => (
        <span class="chip" key={parameter}>
          {label}: <bdi class="cut" title={value(parameter)}>{value(parameter)}</bdi>
          <button type="button" aria-label={`Take away ${label}`} title="Take away" onClick={() => set(parameter, "")}>×</button>
        </span>
      ))}
      {active.length > 1 && <button type="button" onClick={() => go(Object.fromEntries(FILTERS.map(([parameter]) => [parameter, initial(parameter) === "" ? null : ""])))}>Reset</button>}
    </>
  );
}

interface PatternProps {
  label: string;
  hint: string;
  value: string;
  error: string | undefined;
  onChange: (text: string) => void;
}

function Pattern({ label, hint, value, error, onChange }: PatternProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <label class="pattern">
      <span>{label}</span>
      <input
        type="text"
        value={text}
        placeholder={hint}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={error !== undefined}
        onInput={(event) => setText(event.currentTarget.value)}
        onChange={(event) => {
          if (event.currentTarget.value !== value) onChange(event.currentTarget.value);
        }}
      />
      {error !== undefined && <span class="warn">taken literally: {error}</span>}
    </label>
  );
}
