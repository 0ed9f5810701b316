import { packageOf } from "../names.ts";

export type Coloring = "package" | "value" | "diff";

/** How the boxes of a picture are filled and written on. */
export interface Palette {
  /** The colours of boxes, as CSS writes them. There are few, however many boxes there are. */
  colors: readonly string[];
  /** Which of them a node has. */
  colorOf: (node: number) => number;
  ink: string;
  dimmed: string;
  dimmedInk: string;
  background: string;
  outline: string;
  match: string;
  matchInk: string;
}

// Told apart by people with any kind of colour vision: hue and lightness both differ from one to the next.
const HUES = [
  [38, 78], [205, 62], [160, 45], [52, 85], [275, 40], [18, 70], [190, 55], [330, 45], [95, 45], [230, 60], [0, 0], [140, 30],
] as const;

// With the hues that makes far fewer than the 256 colours that a byte tells apart.
const LIFTS = 5;

// Blue for less, orange for more, grey for no change.
const LESS = [214, 75] as const;
const MORE = [27, 90] as const;

export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? window.matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}

export function basePalette(dark: boolean): Omit<Palette, "colors" | "colorOf"> {
  return dark
    ? { ink: "#f2f4f7", dimmed: "#2a2f37", dimmedInk: "#8a93a0", background: "#14171c", outline: "#ffffff", match: "#e7d04b", matchInk: "#14171c" }
    : { ink: "#1a1d21", dimmed: "#eceef1", dimmedInk: "#7a828c", background: "#ffffff", outline: "#101418", match: "#ffe45c", matchInk: "#1a1d21" };
}

/** The colours of the packages, and which of them each name has. */
export function packageColors(names: readonly string[], dark: boolean): { colors: string[]; ofName: Uint8Array } {
  const places = new Map<string, number>();
  const byPackage = new Map<string, number>();
  const ofName = new Uint8Array(names.length);
  names.forEach((name, at) => {
    const group = packageOf(name);
    let place = byPackage.get(group);
    if (place === undefined) {
      const color = packageColor(group, dark);
      place = places.get(color) ?? places.size;
      places.set(color, place);
      byPackage.set(group, place);
    }
    ofName[at] = place;
  });
  return { colors: [...places.keys()], ofName };
}

export function packageColor(group: string, dark: boolean): string {
  const hash = hashOf(group);
  const [hue, saturation] = HUES[hash % HUES.length];
  const lift = ((hash >>> 8) % LIFTS) - 2;
  return `hsl(${hue} ${dark ? saturation * 0.6 : saturation}% ${dark ? 30 + lift * 2 : 76 + lift * 3}%)`;
}

/** Pale for what only calls, full for what does the work itself. */
export function valueColor(share: number, dark: boolean): string {
  const strength = Math.sqrt(Math.min(1, share));
  return dark ? `hsl(${215 - 190 * strength} ${30 + 40 * strength}% ${24 + 14 * strength}%)` : `hsl(${48 - 30 * strength} ${60 + 30 * strength}% ${90 - 25 * strength}%)`;
}

/** From paper, for what costs nothing, to a full warm colour for what costs everything. */
export function shareColor(share: number, dark: boolean): string {
  const strength = Math.min(1, Math.abs(share)) ** 0.5;
  return dark ? `hsl(${40 - 22 * strength} ${8 + 52 * strength}% ${19 + 15 * strength}%)` : `hsl(${44 - 22 * strength} ${20 + 70 * strength}% ${97 - 25 * strength}%)`;
}

/** change: from -1, all of it gone, to 1, all of it new. */
export function changeColor(change: number, dark: boolean): string {
  const [hue, saturation] = change < 0 ? LESS : MORE;
  const strength = Math.min(1, Math.abs(change));
  const colored = strength < 0.005 ? 0 : 0.25 + 0.75 * strength;
  return dark
    ? `hsl(${hue} ${saturation * colored * 0.75}% ${26 + 10 * colored}%)`
    : `hsl(${hue} ${saturation * colored}% ${90 - 22 * colored}%)`;
}

function hashOf(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return (hash ^ (hash >>> 15)) >>> 0;
}
