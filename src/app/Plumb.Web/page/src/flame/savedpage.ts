// The page and what it shows as one file, which opens without plumb. It holds the flame graph and Top as the filters leave them.
import { parameters } from "../location.ts";
import { ask } from "../server.ts";
import { HOLDINGS_ID, type Holdings, toBase64 } from "../savedfile.ts";

export async function savedPage(params: URLSearchParams, query: string): Promise<Blob> {
  const text = async (path: string) => (await fetch(path)).text();
  const profileQuery = new URLSearchParams([...params].filter(([name]) => name === "profile" || name === "base" || name === "norm")).toString();
  const topQuery = new URLSearchParams(query);
  topQuery.delete("p");
  const [script, style, profile, top, flame] = await Promise.all([
    text("saved.js"),
    text("page.css"),
    ask("profile", profileQuery).then((response) => response.text()),
    ask("top", topQuery.toString()).then((response) => response.text()),
    ask("flame", query).then((response) => response.arrayBuffer()),
  ]);
  const state = parameters();
  state.delete("side");
  const holdings: Holdings = { texts: { profile, top }, bytes: { flame: toBase64(new Uint8Array(flame)) }, state: state.toString() };
  const title = (JSON.parse(profile) as { title: string }).title;
  return new Blob([await documentOf(title, withoutEnd(script), style, JSON.stringify(holdings).replace(/</g, "\\u003c"))], { type: "text/html" });
}

// In a string of a script this means the same, and does not end the element.
const withoutEnd = (script: string): string => script.replace(/<\/script/gi, "<\\/script");

async function documentOf(title: string, script: string, style: string, data: string): Promise<string> {
  const escape = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  const policy = `default-src 'none'; script-src 'sha256-${await digest(script)}'; style-src 'sha256-${await digest(style)}'; img-src data: blob:`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<div id="page"></div>
<script type="application/json" id="${HOLDINGS_ID}">${data}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

async function digest(text: string): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}
