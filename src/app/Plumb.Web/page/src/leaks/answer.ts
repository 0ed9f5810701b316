// What the server says of a diagnosis: LeaksAnswer and its parts.

export interface Curve {
  name: string;
  unit: "bytes" | "count";
  seconds: number[];
  values: (number | null)[];
  levels: string;
  tendency: string;
  isGrowing: boolean;
  trend: { from: number; fromValue: number; to: number; toValue: number } | null;
}

export interface Frame {
  function: string;
  place: string;
  owner: "app" | "lib" | "std";
  isHere: boolean;
}

export interface Excerpt {
  path: string;
  lines: { number: number; text: string; isHere: boolean }[];
}

export type Verdict = "leak" | "suspicious" | "inconclusive" | "none";

export interface Suspect {
  title: string;
  function: string;
  place: string;
  verdict: Verdict;
  growth: string;
  certainty: string;
  confidence: number;
  resources: string[];
  pattern: string | null;
  cause: string;
  remedy: string;
  reference: string | null;
  forecast: string | null;
  stack: Frame[];
  createdBy: Frame[];
  otherEnds: Frame[];
  victims: string[];
  excerpt: Excerpt | null;
  evidence: Curve[];
  moreEvidence: number;
  profileKind: string | null;
  profilePattern: string | null;
}

export interface Forecast {
  text: string;
  unit: "bytes" | "count";
  limitName: string;
  limit: number;
  current: number;
  perSecond: number;
  seconds: number;
  earliest: number;
  latest: number | null;
}

export interface Moment {
  number: number;
  seconds: number;
  kinds: string[];
}

export interface Report {
  verdict: Verdict;
  word: string;
  reason: string;
  span: string;
  forecast: Forecast | null;
  suspects: Suspect[];
  moreSuspects: number;
  process: Curve[];
  notes: string[];
}

export interface Leaks {
  version: number;
  title: string;
  phase: "waiting" | "watching" | "judging" | "done" | "failed";
  canStop: boolean;
  snapshots: number;
  snapshotsPlanned: number;
  elapsedSeconds: number;
  plannedSeconds: number;
  load: string | null;
  error: string | null;
  remedy: string | null;
  notes: string[];
  curves: Curve[];
  moments: Moment[];
  report: Report | null;
}

/** The address of the pages about a profile, from this page. */
export function profileAddress(kind: string, moments: readonly Moment[], query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  const name = moments.length === 1 ? `${kind}-${moments[0].number}` : `${kind}-${moments[0].number}-${moments[1].number}`;
  return `p/${name}/${text === "" ? "" : `?${text}`}`;
}
