// What names of functions are made of. They come from a profile: nothing here may be slow on a long one.

const LONGEST = 2000;

/** The package, namespace or file that a function belongs to; it decides the colour. */
export function packageOf(name: string): string {
  const text = name.slice(0, LONGEST);
  const slash = text.lastIndexOf("/", endOfPath(text));
  const dot = text.indexOf(".", slash + 1);
  if (dot > 0) return text.slice(0, dot);
  const colons = text.indexOf("::");
  return colons > 0 ? text.slice(0, colons) : text;
}

/** Without the directories of its package. */
export function shortName(name: string): string {
  const text = name.slice(0, LONGEST);
  return text.slice(text.lastIndexOf("/", endOfPath(text)) + 1);
}

/** Without its package: what tells functions of one package apart. */
export function ownName(name: string): string {
  const short = shortName(name);
  const dot = short.indexOf(".");
  return dot > 0 && dot + 1 < short.length ? short.slice(dot + 1) : short;
}

// A path in the arguments or type parameters of a name is not its own.
function endOfPath(name: string): number {
  const bracket = name.search(/[[(<]/);
  return bracket <= 0 ? name.length : bracket;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The pattern that means this name and no other. */
export const exactly = (name: string): string => `^${escaped(name)}$`;

/** The pattern that means the names of a package. */
export const withinPackage = (name: string): string => `^${escaped(name)}([.:]|$)`;

/** A pattern as it was typed: a regular expression, or a plain text when it is none. */
export interface Search {
  matches: (name: string) => boolean;
  error: string | null;
}

export function searchFor(text: string): Search {
  try {
    const pattern = new RegExp(text, "i");
    return { matches: (name) => pattern.test(name.slice(0, LONGEST)), error: null };
  } catch (error) {
    const plain = text.toLowerCase();
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : String(error);
    return { matches: (name) => name.toLowerCase().includes(plain), error: `taken literally: ${reason}` };
  }
}
