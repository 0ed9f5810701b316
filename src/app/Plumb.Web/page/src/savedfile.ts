// A page that was saved as one file holds the answers that it needs, and asks nobody.

/** What the file holds: answers by their question, as text or as bytes in base64. */
export interface Holdings {
  texts: Record<string, string>;
  bytes: Record<string, string>;
  /** What the page showed when it was saved: its parameters. */
  state: string;
}

export const HOLDINGS_ID = "plumb-holdings";

const element = document.getElementById(HOLDINGS_ID);
export const isSavedFile = element !== null;
const holdings: Holdings | null = element === null ? null : (JSON.parse(element.textContent) as Holdings);
if (holdings !== null && window.location.hash === "") window.location.replace(`#${holdings.state}`);

/** The answer to a question, whatever its options: the file was saved with one set of them. */
export function held(view: string): Response | null {
  if (holdings === null) return null;
  if (view in holdings.texts) return new Response(holdings.texts[view], { headers: { "content-type": "application/json" } });
  if (view in holdings.bytes) return new Response(fromBase64(holdings.bytes[view]));
  return new Response(JSON.stringify({ error: "This view is not part of the file.", remedy: "Open the profile with plumb pprof -http to see it." }), {
    status: 404,
    headers: { "content-type": "application/json" },
  });
}

export function holds(view: string): boolean {
  return holdings !== null && (view in holdings.texts || view in holdings.bytes);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  const PIECE = 0x8000;
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}
