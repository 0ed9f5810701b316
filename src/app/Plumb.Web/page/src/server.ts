import { useEffect, useState } from "preact/hooks";
import type { Scale } from "./amounts.ts";
import { held, isSavedFile } from "./savedfile.ts";

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
  profiles: ShelvedProfile[];
  /** Which one is shown, and what it is compared with (-1 for nothing), when the address does not say. */
  profile: number;
  base: number;
}

export interface ShelvedProfile {
  id: number;
  title: string;
  isUploaded: boolean;
}

export interface SavedView {
  name: string;
  query: string;
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
  if (isSavedFile) return checked(held(view)!);
  const path = pathOf(view, query);
  const known = begun.get(path);
  begun.delete(path);
  return known ?? send(path, { signal });
}

const pathOf = (view: string, query: string): string => `api/${view}${query === "" ? "" : `?${query}`}`;

const begun = new Map<string, Promise<Response>>();

/** Asks for what will be needed in a moment; whoever asks for the same then waits for this answer. */
export function begin(view: string, query: string): void {
  if (isSavedFile) return;
  const answer = send(pathOf(view, query), {});
  // Whoever asks is told what went wrong.
  answer.catch(() => undefined);
  begun.set(pathOf(view, query), answer);
}

let token: Promise<string> | null = null;

/** Asks for something to be changed. What every such request carries only a page of this server can know. */
export async function change(method: "POST" | "PUT" | "DELETE", path: string, body?: Blob, signal?: AbortSignal): Promise<Response> {
  token ??= ask("token", "").then((response) => response.text());
  try {
    return await send(`api/${path}`, { method, body, headers: { "X-Plumb-Token": await token }, signal });
  } catch (error) {
    // Asked for again the next time: the server may have been away.
    token = null;
    throw error;
  }
}

async function send(path: string, request: RequestInit): Promise<Response> {
  const { signal } = request;
  let response: Response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ServerError("The server does not answer.", "Is plumb still running? Start it again, and open the address that it prints.");
  }
  return checked(response);
}

async function checked(response: Response): Promise<Response> {
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

/**
 * The answer to a question; a question that is no longer of interest is taken back.
 * @param again asks once more whenever it changes.
 */
export function useAnswer<T>(view: string | null, query: string, read: (response: Response) => Promise<T>, again = 0): Answer<T> {
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
  }, [view, query, again]);
  // Another view's answer would be shown for a moment otherwise.
  return answer.of === view || answer.of === "" ? answer : { value: null, error: null, isLoading: true };
}

export const json = <T,>(response: Response): Promise<T> => response.json() as Promise<T>;
