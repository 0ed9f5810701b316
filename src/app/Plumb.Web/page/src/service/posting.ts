import { ask, ServerError } from "../server.ts";

let token: Promise<string> | null = null;

/** What every request that changes something has to carry: only a page of this server can know it. */
export async function changeHeaders(): Promise<Record<string, string>> {
  token ??= ask("token", "").then((response) => response.text());
  try {
    return { "X-Plumb-Token": await token };
  } catch (error) {
    // Asked for again the next time: the server may have been away.
    token = null;
    throw error;
  }
}

/** Asks the server to do something. */
export async function post(path: string, query: Record<string, string> = {}): Promise<Response> {
  const text = new URLSearchParams(query).toString();
  const response = await fetch(text === "" ? path : `${path}?${text}`, { method: "POST", headers: await changeHeaders() });
  if (response.ok) return response;
  if (response.headers.get("content-type")?.startsWith("application/json")) {
    const answer = (await response.json()) as { error: string; remedy: string };
    throw new ServerError(answer.error, answer.remedy);
  }
  throw new ServerError(await response.text(), "Reload the page.");
}
