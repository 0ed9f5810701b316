// Which boxes of a row are seen, and where. Of those that share a pixel the first stands for all: a row costs what it has pixels, however many
// boxes it has.
import type { Range } from "./picture.ts";
import type { Tree } from "./tree.ts";

/**
 * @param pixels how wide the row is.
 * @param box is given the pixels of each box: the first, and the one after its last.
 */
export function boxesOf(tree: Tree, depth: number, view: Range, pixels: number, box: (node: number, from: number, to: number) => void): void {
  const { row, rowLeft, weight } = tree;
  const end = tree.rowStart[depth + 1];
  const scale = pixels / (view.to - view.from);
  let next = 0;
  for (let at = Math.max(tree.rowStart[depth], lastBeginningBefore(tree, depth, view.from)); at < end; ) {
    const node = row[at];
    const begins = (rowLeft[at] - view.from) * scale;
    if (begins >= pixels) return;
    const ends = begins + weight[node] * scale;
    if (ends > next && weight[node] > 0) {
      const from = Math.max(next, Math.floor(begins));
      next = Math.min(pixels, Math.max(from + 1, Math.floor(ends)));
      box(node, from, next);
    }
    // The next box is the one that covers the next pixel, if there is one: it may begin within this one.
    at = ends >= next ? at + 1 : Math.max(at + 1, lastFrom(rowLeft, at, end, view.from + next / scale));
  }
}

/** Index into the tree's rows of the last node of a depth that begins at or before a point; -1 when there is none. */
export function lastBeginningBefore(tree: Tree, depth: number, point: number): number {
  const from = tree.rowStart[depth];
  const end = tree.rowStart[depth + 1];
  return from < end && tree.rowLeft[from] <= point ? between(tree.rowLeft, from, end, point) : -1;
}

/** The same from one that does: what is looked for is often near, so the steps begin small. */
function lastFrom(rowLeft: Float64Array, from: number, end: number, point: number): number {
  let step = 1;
  while (from + step < end && rowLeft[from + step] <= point) {
    from += step;
    step *= 2;
  }
  return between(rowLeft, from, Math.min(end, from + step), point);
}

/** The last that begins at or before the point, from one that does to one that does not. */
function between(rowLeft: Float64Array, low: number, high: number, point: number): number {
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (rowLeft[middle] <= point) low = middle;
    else high = middle;
  }
  return low;
}
