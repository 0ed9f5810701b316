// Where each node of a flame graph is, and the drawing of those that are seen. The canvas is as large as the window; what is above and below
// is never touched, and of neighbours that share a pixel one is drawn.
import { ownName, shortName } from "../names.ts";
import type { Palette } from "./colors.ts";
import { depthOf, type FlameGraph, type Tree } from "./tree.ts";

export const ROW = 20;
const SMALLEST = 0.6;
const PADDING = 4;

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

/** Index into the tree's rows of the last node of a depth that begins at or before a point; -1 when there is none. */
function lastBeginningBefore(tree: Tree, depth: number, at: number): number {
  let low = tree.rowStart[depth];
  let high = tree.rowStart[depth + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tree.left[tree.row[middle]] <= at) low = middle + 1;
    else high = middle;
  }
  return low > tree.rowStart[depth] ? low - 1 : -1;
}

export interface Box {
  node: number;
  x: number;
  width: number;
}

/** The boxes of one row that are wide enough to be seen. Of those that share a pixel the first stands for all. */
export function* boxesOf(tree: Tree, depth: number, view: Range & { width: number }): Generator<Box> {
  const scale = view.width / (view.to - view.from);
  const end = tree.rowStart[depth + 1];
  for (let at = Math.max(lastBeginningBefore(tree, depth, view.from), tree.rowStart[depth]); at < end; ) {
    const node = tree.row[at];
    const x = (tree.left[node] - view.from) * scale;
    if (x >= view.width) return;
    const width = tree.weight[node] * scale;
    if (x + width > 0 && width > 0) yield { node, x: Math.max(0, x), width: Math.min(view.width, x + width) - Math.max(0, x) };
    // The rest of this pixel is full: the next box is the first that begins after it.
    at = width >= SMALLEST ? at + 1 : Math.max(at + 1, lastBeginningBefore(tree, depth, tree.left[node] + SMALLEST / scale) + 1);
  }
}

/** What fits into a width: the name, else without its directories, else without its package, else the beginning of that. */
export function fitted(name: string, width: number, charWidth: number): string {
  const room = Math.floor((width - 2 * PADDING) / charWidth);
  if (room < 2) return "";
  if (name.length <= room) return name;
  const short = shortName(name);
  if (short.length <= room) return short;
  const own = ownName(short);
  return own.length <= room ? own : `${own.slice(0, room - 1)}…`;
}

export function draw(context: CanvasRenderingContext2D, graph: FlameGraph, view: View, palettes: { callees: Palette; callers: Palette }, marks: Marks, charWidth: number): number {
  const palette = palettes.callees;
  context.fillStyle = palette.background;
  context.fillRect(0, 0, view.width, view.height);
  context.textBaseline = "middle";
  let drawn = 0;
  const first = Math.max(0, Math.floor(view.scroll / ROW));
  const last = Math.min(rowsOf(graph) - 1, Math.floor((view.scroll + view.height) / ROW));
  for (let row = first; row <= last; row++) {
    const depth = (view.isFlame ? rowsOf(graph) - 1 - row : row) - rootRow(graph);
    const tree = depth < 0 ? graph.callers : graph.callees;
    if (tree === null || Math.abs(depth) >= depthOf(tree)) continue;
    drawn += drawRow(context, graph, tree, depth, row * ROW - view.scroll, view, depth < 0 ? palettes.callers : palette, marks, charWidth);
  }
  return drawn;
}

function drawRow(
  context: CanvasRenderingContext2D, graph: FlameGraph, tree: Tree, depth: number, y: number, view: View, palette: Palette, marks: Marks, charWidth: number,
): number {
  const inCallers = depth < 0;
  const { names } = graph.header;
  const zoomTree = treeOf(graph, marks.zoom);
  const zoomDepth = zoomTree.depth[marks.zoom.node];
  const hovered = marks.hover === null ? -2 : treeOf(graph, marks.hover).frame[marks.hover.node];
  let drawn = 0;
  for (const { node, x, width } of boxesOf(tree, Math.abs(depth), view)) {
    drawn++;
    const frame = tree.frame[node];
    const isHit = marks.hits !== null && frame >= 0 && marks.hits[frame] === 1;
    const isPath = marks.zoom.inCallers === inCallers && Math.abs(depth) < zoomDepth;
    const isDimmed = (marks.hits !== null && !isHit) || isPath;
    const gap = width > 3 ? 1 : 0;
    context.fillStyle = isHit ? palette.match : isDimmed ? palette.dimmed : palette.fill(node);
    context.fillRect(x, y, Math.max(width - gap, 0.5), ROW - 1);
    const isSelected = marks.selected !== null && marks.selected.node === node && marks.selected.inCallers === inCallers;
    if (width > 3 && (isSelected || (frame === hovered && frame >= 0))) {
      context.strokeStyle = palette.outline;
      context.lineWidth = isSelected ? 2 : 1;
      context.strokeRect(x + 1, y + 1, width - gap - 2, ROW - 3);
    }
    if (width < 3 * charWidth) continue;
    const text = fitted(frame < 0 ? "everything" : names[frame], width, charWidth);
    if (text === "") continue;
    context.fillStyle = isHit ? palette.matchInk : isDimmed ? palette.dimmedInk : palette.ink;
    context.fillText(text, x + PADDING, y + ROW / 2);
  }
  return drawn;
}
