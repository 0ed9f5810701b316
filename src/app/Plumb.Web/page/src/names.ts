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

// A path in the arguments or type parameters of a name is not its own.
function endOfPath(name: string): number {
  const bracket = name.search(/[[(<]/);
  return bracket <= 0 ? name.length : bracket;
}

/** The pattern that means this name and no other. */
export function exactly(name: string): string {
  return `^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
}

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
