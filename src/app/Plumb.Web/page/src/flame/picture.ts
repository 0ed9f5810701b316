// Where each node of a flame graph is, and the drawing of those that are seen. The canvas is as large as the window; what is above and below
// is never touched.
import { ownName, shortName } from "../names.ts";
import { boxesOf, lastBeginningBefore } from "./boxes.ts";
import type { Palette } from "./colors.ts";
import { RowPixels } from "./rowpixels.ts";
import { depthOf, type FlameGraph, type Tree } from "./tree.ts";

export const ROW = 20;
const PADDING = 4;
// Fewer characters of a name say nothing.
const SHORTEST = 3;

/** A node of one of the two trees. */
export interface Place {
  inCallers: boolean;
  node: number;
}

export const samePlace = (a: Place | null, b: Place | null): boolean => a === b || (a !== null && b !== null && a.node === b.node && a.inCallers === b.inCallers);

/** What part of the picture is shown, in weight from the left. */
export interface Range {
  from: number;
  to: number;
}

export interface View extends Range {
  width: number;
  height: number;
  scroll: number;
  /** Whether the root is at the bottom. */
  isFlame: boolean;
}

export interface Marks {
  zoom: Place;
  hover: Place | null;
  selected: Place | null;
  /** For each frame whether a search matches it; null without a search. */
  hits: Uint8Array | null;
}

export function rowsOf(graph: FlameGraph): number {
  return depthOf(graph.callees) + (graph.callers === null ? 0 : depthOf(graph.callers) - 1);
}

/** The row of the root from the top of an icicle: callers are above it. */
const rootRow = (graph: FlameGraph): number => (graph.callers === null ? 0 : depthOf(graph.callers) - 1);

export function treeOf(graph: FlameGraph, place: Place): Tree {
  return place.inCallers && graph.callers !== null ? graph.callers : graph.callees;
}

export function nameOf(graph: FlameGraph, place: Place): string {
  const frame = treeOf(graph, place).frame[place.node];
  return frame < 0 ? "everything" : graph.header.names[frame];
}

function rowAt(graph: FlameGraph, depth: number, inCallers: boolean, isFlame: boolean): number {
  const fromTop = rootRow(graph) + (inCallers ? -depth : depth);
  return isFlame ? rowsOf(graph) - 1 - fromTop : fromTop;
}

export function topOf(graph: FlameGraph, place: Place, isFlame: boolean): number {
  return rowAt(graph, treeOf(graph, place).depth[place.node], place.inCallers, isFlame) * ROW;
}

/** The node at a point of the canvas. */
export function placeAt(graph: FlameGraph, view: View, x: number, y: number): Place | null {
  const at = view.from + (x / view.width) * (view.to - view.from);
  const row = Math.floor((y + view.scroll) / ROW);
  const fromTop = view.isFlame ? rowsOf(graph) - 1 - row : row;
  const depth = fromTop - rootRow(graph);
  const inCallers = depth < 0;
  const tree = inCallers ? graph.callers : graph.callees;
  if (tree === null || Math.abs(depth) >= depthOf(tree)) return null;
  const found = lastBeginningBefore(tree, Math.abs(depth), at);
  if (found < 0) return null;
  const node = tree.row[found];
  return at <= tree.left[node] + tree.weight[node] ? { inCallers, node } : null;
}

/** What fits into a width: the name, else without its directories, else without its package, else the beginning of that. */
export function fitted(name: string, width: number, charWidth: number): string {
  const room = Math.floor((width - 2 * PADDING) / charWidth);
  if (room < SHORTEST) return "";
  if (name.length <= room) return name;
  const short = shortName(name);
  if (short.length <= room) return short;
  const own = ownName(short);
  return own.length <= room ? own : `${own.slice(0, room - 1)}…`;
}

/** A canvas to draw on, and what is known of it. */
export interface Sheet {
  context: CanvasRenderingContext2D;
  /** Its pixels for each of the page's. */
  density: number;
  /** The width of a character in the font that is set. */
  charWidth: number;
}

export type Palettes = Record<"callees" | "callers", Palette>;

const rowPixels = new RowPixels();

/** Returns how many boxes there are in the picture. */
export function draw(sheet: Sheet, graph: FlameGraph, view: View, palettes: Palettes, marks: Marks): number {
  const { context, density } = sheet;
  const { background } = palettes.callees;
  const first = Math.max(0, Math.floor(view.scroll / ROW));
  const rows = Math.min(rowsOf(graph), Math.ceil((view.scroll + view.height) / ROW)) - first;
  // Rows begin where a pixel does, or their edges are blurred.
  const top = Math.round((first * ROW - view.scroll) * density) / density;
  context.fillStyle = background;
  context.fillRect(0, 0, view.width, view.height);
  if (rows <= 0) return 0;

  const width = Math.round(view.width * density);
  const picture = new PictureRows(graph, view, marks, sheet, top - first * ROW);
  rowPixels.begin(width, rows, background);
  for (let at = 0; at < rows; at++) {
    const depth = (view.isFlame ? rowsOf(graph) - 1 - first - at : first + at) - rootRow(graph);
    picture.add(depth, at, first + at, width, depth < 0 ? palettes.callers : palettes.callees);
  }
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  rowPixels.drawOn(context, rows, top * density, ROW * density);
  context.restore();
  context.fillStyle = background;
  for (let at = 1; at <= rows; at++) context.fillRect(0, top + at * ROW - 1, view.width, 1);
  picture.write(palettes.callees);
  return picture.boxes;
}

/** Fills rows with pixels, and keeps what is to be written on them. */
class PictureRows {
  boxes = 0;
  private readonly texts = new Map<string, { text: string; x: number; y: number }[]>();
  private readonly outlines: { x: number; y: number; width: number; isSelected: boolean }[] = [];
  private readonly hovered: number;

  /** @param shift where the first row of the whole picture is on the canvas. */
  constructor(private readonly graph: FlameGraph, private readonly view: View, private readonly marks: Marks, private readonly sheet: Sheet, private readonly shift: number) {
    this.hovered = marks.hover === null ? -1 : treeOf(graph, marks.hover).frame[marks.hover.node];
  }

  add(depth: number, at: number, row: number, width: number, palette: Palette): void {
    const { graph, marks, sheet: { density, charWidth } } = this;
    const inCallers = depth < 0;
    const tree = inCallers ? graph.callers : graph.callees;
    if (tree === null || Math.abs(depth) >= depthOf(tree)) return;
    const numbers = rowPixels.numbersOf(palette.colors);
    const [match, dimmed] = [rowPixels.numberOf(palette.match), rowPixels.numberOf(palette.dimmed)];
    const isPath = marks.zoom.inCallers === inCallers && Math.abs(depth) < treeOf(graph, marks.zoom).depth[marks.zoom.node];
    const gap = Math.max(1, Math.round(density));
    const smallestMarked = 3 * density;
    const smallestWritten = (SHORTEST * charWidth + 2 * PADDING) * density;
    const { hits } = marks;
    const y = this.shift + row * ROW;
    boxesOf(tree, Math.abs(depth), this.view, width, (node, from, to) => {
      this.boxes++;
      const frame = tree.frame[node];
      const isHit = hits !== null && frame >= 0 && hits[frame] === 1;
      const isDimmed = (hits !== null && !isHit) || isPath;
      const wide = to - from;
      rowPixels.fill(at, from, wide > smallestMarked ? to - gap : to, isHit ? match : isDimmed ? dimmed : numbers[palette.colorOf(node)]);
      if (wide <= smallestMarked) return;
      const isSelected = marks.selected !== null && marks.selected.node === node && marks.selected.inCallers === inCallers;
      if (isSelected || (frame >= 0 && frame === this.hovered)) this.outlines.push({ x: from / density, y, width: (wide - gap) / density, isSelected });
      if (wide >= smallestWritten) this.label(frame, from / density, y, wide / density, isHit ? palette.matchInk : isDimmed ? palette.dimmedInk : palette.ink);
    });
  }

  private label(frame: number, x: number, y: number, width: number, ink: string): void {
    const text = fitted(frame < 0 ? "everything" : this.graph.header.names[frame], width, this.sheet.charWidth);
    if (text === "") return;
    let texts = this.texts.get(ink);
    if (texts === undefined) this.texts.set(ink, (texts = []));
    texts.push({ text, x: x + PADDING, y: y + ROW / 2 });
  }

  write({ outline }: Palette): void {
    const { context } = this.sheet;
    context.textBaseline = "middle";
    for (const [ink, texts] of this.texts) {
      context.fillStyle = ink;
      for (const { text, x, y } of texts) context.fillText(text, x, y);
    }
    context.strokeStyle = outline;
    for (const { x, y, width, isSelected } of this.outlines) {
      context.lineWidth = isSelected ? 2 : 1;
      context.strokeRect(x + 1, y + 1, width - 2, ROW - 3);
    }
  }
}
