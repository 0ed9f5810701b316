import { useEffect, useState } from "preact/hooks";
import type { Scale } from "./amounts.ts";

export interface ViewHeader {
  sampleType: string;
  total: number;
  amounts: Scale;
  natural: Scale;
  notes: string[];
  invalid: Record<string, string>;
}

export interface ReportOption {
  parameter: string;
  name: string;
  kind: "Text" | "Flag" | "Integer" | "Number" | "Choice";
  value: string;
  help: string;
  choices: string[];
}

export interface Profile {
  title: string;
  lines: string[];
  sampleTypes: { type: string; unit: string }[];
  sampleType: number;
  options: ReportOption[];
  hasLabels: boolean;
}

export class ServerError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

export async function ask(view: string, query: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`api/${view}${query === "" ? "" : `?${query}`}`, { signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ServerError("The server does not answer.", "Is plumb still running? Start it again, and open the address that it prints.");
  }
  if (response.ok) return response;
  if (response.headers.get("content-type")?.startsWith("application/json")) {
    const answer = (await response.json()) as { error: string; remedy: string };
    throw new ServerError(answer.error, answer.remedy);
  }
  throw new ServerError(await response.text(), "Open the address that plumb prints.");
}

export interface Answer<T> {
  /** The last answer; while the next one is on its way it stays. */
  value: T | null;
  error: ServerError | null;
  isLoading: boolean;
}

/** The answer to a question; a question that is no longer of interest is taken back. */
export function useAnswer<T>(view: string | null, query: string, read: (response: Response) => Promise<T>): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T> & { of: string }>({ value: null, error: null, isLoading: true, of: "" });
  useEffect(() => {
    if (view === null) return;
    const abort = new AbortController();
    setAnswer((before) => ({ ...before, isLoading: true }));
    ask(view, query, abort.signal)
      .then(read)
      .then((value) => {
        if (!abort.signal.aborted) setAnswer({ value, error: null, isLoading: false, of: view });
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        const known = error instanceof ServerError ? error : new ServerError(String(error), "Reload the page.");
        setAnswer({ value: null, error: known, isLoading: false, of: view });
      });
    return () => abort.abort();
  }, [view, query]);
  // Another view's answer would be shown for a moment otherwise.
  return answer.of === view || answer.of === "" ? answer : { value: null, error: null, isLoading: true };
}

export const json = <T,>(response: Response): Promise<T> => response.json() as Promise<T>;
