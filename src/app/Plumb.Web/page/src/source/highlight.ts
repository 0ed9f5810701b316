// Colours of source code. What highlight.js makes of a text is taken as a tree of tokens and never as markup.
import type { LanguageFn } from "highlight.js";
import core from "highlight.js/lib/core";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import fsharp from "highlight.js/lib/languages/fsharp";
import go from "highlight.js/lib/languages/go";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import python from "highlight.js/lib/languages/python";
import rust from "highlight.js/lib/languages/rust";
import typescript from "highlight.js/lib/languages/typescript";

export interface Token {
  text: string;
  /** What kind of thing it is: keyword, string, comment …; null for plain text. */
  scope: string | null;
}

interface Node {
  scope?: string;
  children: (Node | string)[];
}

const MOST_CHARACTERS = 500_000;

const languages: Record<string, LanguageFn> = { c, cpp, csharp, fsharp, go, java, javascript, python, rust, typescript };
for (const [name, language] of Object.entries(languages)) core.registerLanguage(name, language);

const BY_ENDING: Record<string, string> = {
  c: "c", h: "cpp", cc: "cpp", cpp: "cpp", cxx: "cpp", hpp: "cpp", cs: "csharp", fs: "fsharp", go: "go", java: "java", kt: "java", js: "javascript", mjs: "javascript",
  py: "python", rs: "rust", ts: "typescript", tsx: "typescript",
};

/** The tokens of each line; null when the language is not known. */
export function tokensOf(lines: readonly string[], file: string): Token[][] | null {
  const language = BY_ENDING[/\.(\w+)$/.exec(file)?.[1].toLowerCase() ?? ""];
  const text = lines.join("\n");
  if (language === undefined || text.length > MOST_CHARACTERS) return null;
  const { _emitter } = core.highlight(text, { language, ignoreIllegals: true }) as unknown as { _emitter: { rootNode: Node } };
  const result: Token[][] = [[]];
  const walk = (node: Node | string, scope: string | null) => {
    if (typeof node !== "string") {
      for (const child of node.children) walk(child, node.scope ?? scope);
      return;
    }
    node.split("\n").forEach((part, index) => {
      if (index > 0) result.push([]);
      if (part !== "") result[result.length - 1].push({ text: part, scope });
    });
  };
  walk(_emitter.rootNode, null);
  return result;
}
