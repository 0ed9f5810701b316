// The flame graph as it comes over the wire, and as columns that a picture can be drawn from without touching an object.
import { packageOf } from "../names.ts";
import type { ViewHeader } from "../server.ts";

export interface FlameHeader {
  view: ViewHeader;
  isComparison: boolean;
  names: string[];
  callees: TreeHeader;
  callers: TreeHeader | null;
}

interface TreeHeader {
  count: number;
  dropped: number;
  cutoff: number;
}

/** A row for each node; a node is followed by its children and theirs, heaviest first. */
export interface Tree {
  count: number;
  dropped: number;
  cutoff: number;
  frame: Int32Array;
  depth: Int32Array;
  parent: Int32Array;
  /** Where the node's descendants end: the row of what follows them. */
  end: Int32Array;
  value: Float64Array;
  self: Float64Array;
  /** How wide the node is; its value, but for comparisons. */
  weight: Float64Array;
  /** Where the node begins, in weight from the left. */
  left: Float64Array;
  /** The nodes of each depth from left to right: those of depth d are from rowStart[d] to rowStart[d + 1]. */
  row: Int32Array;
  rowStart: Int32Array;
  /** Where each of them begins: `left` in the order of `row`, so that what is next to each other is read together. */
  rowLeft: Float64Array;
}

export interface FlameGraph {
  /** Told apart from every other graph by this: what refers to nodes means nothing in another one. */
  serial: number;
  header: FlameHeader;
  callees: Tree;
  callers: Tree | null;
}

let serials = 0;

export function decode(bytes: ArrayBuffer): FlameGraph {
  const headerLength = new DataView(bytes).getInt32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, headerLength))) as FlameHeader;
  const numbers = new Numbers(new Uint8Array(bytes, 4 + headerLength));
  const callees = readTree(numbers, header.callees, header.isComparison);
  return { serial: ++serials, header, callees, callers: header.callers === null ? null : readTree(numbers, header.callers, header.isComparison) };
}

/** Numbers of seven bits a byte, low bits first. Values may need more than 32 bits, where shifting ends. */
class Numbers {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  next(): number {
    const bytes = this.bytes;
    let byte = bytes[this.at++];
    let value = byte & 0x7f;
    for (let scale = 128; byte >= 0x80; scale *= 128) {
      byte = bytes[this.at++];
      value += (byte & 0x7f) * scale;
    }
    return value;
  }

  signed(): number {
    const value = this.next();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

function readTree(numbers: Numbers, header: TreeHeader, isComparison: boolean): Tree {
  const { count } = header;
  const frame = new Int32Array(count);
  const depth = new Int32Array(count);
  const value = new Float64Array(count);
  const self = new Float64Array(count);
  for (let i = 0; i < count; i++) frame[i] = numbers.next() - 1;
  for (let i = 0, before = 0; i < count; i++) depth[i] = before += numbers.signed();
  for (let i = 0; i < count; i++) value[i] = numbers.signed();
  for (let i = 0; i < count; i++) self[i] = numbers.signed();
  let weight = value;
  if (isComparison) {
    weight = new Float64Array(count);
    for (let i = 0; i < count; i++) weight[i] = numbers.signed();
  }
  return { ...header, frame, depth, value, self, weight, ...layOut(depth, weight) };
}

/** Everything that follows from depths and weights, in three passes over the columns. */
export function layOut(depth: Int32Array, weight: Float64Array): Pick<Tree, "parent" | "end" | "left" | "row" | "rowStart" | "rowLeft"> {
  const count = depth.length;
  let deepest = 0;
  for (let i = 0; i < count; i++) if (depth[i] > deepest) deepest = depth[i];
  const parent = new Int32Array(count);
  const end = new Int32Array(count).fill(count);
  const left = new Float64Array(count);
  const open = new Int32Array(deepest + 2).fill(-1);
  const next = new Float64Array(deepest + 2);
  const rowStart = new Int32Array(deepest + 2);
  let before = -1;
  for (let i = 0; i < count; i++) {
    const d = depth[i];
    for (let closed = before; closed >= d; closed--) end[open[closed]] = i;
    before = d;
    open[d] = i;
    parent[i] = d === 0 ? -1 : open[d - 1];
    left[i] = next[d];
    next[d] += weight[i];
    next[d + 1] = left[i];
    rowStart[d + 1]++;
  }
  for (let d = 0; d <= deepest; d++) rowStart[d + 1] += rowStart[d];
  const row = new Int32Array(count);
  const rowLeft = new Float64Array(count);
  const filled = rowStart.slice();
  for (let i = 0; i < count; i++) {
    const at = filled[depth[i]]++;
    row[at] = i;
    rowLeft[at] = left[i];
  }
  return { parent, end, left, row, rowStart, rowLeft };
}

/** The same calls between packages instead of functions: calls within one become a part of it. */
export function groupByPackage(graph: FlameGraph): FlameGraph {
  const ids = new Map<string, number>();
  const packageOfFrame = graph.header.names.map((name) => {
    const group = packageOf(name);
    if (!ids.has(group)) ids.set(group, ids.size);
    return ids.get(group)!;
  });
  const group = (tree: Tree) => grouped(tree, packageOfFrame, ids.size);
  return { serial: ++serials, header: { ...graph.header, names: [...ids.keys()] }, callees: group(graph.callees), callers: graph.callers === null ? null : group(graph.callers) };
}

function grouped(tree: Tree, packageOfFrame: readonly number[], packages: number): Tree {
  const frames: number[] = [];
  const sums = { value: [] as number[], self: [] as number[], weight: [] as number[] };
  const children: number[][] = [];
  const known = new Map<number, number>();
  const into = new Int32Array(tree.count);
  const add = (node: number, frame: number): number => {
    frames.push(frame);
    children.push([]);
    sums.value.push(tree.value[node]);
    sums.weight.push(tree.weight[node]);
    sums.self.push(tree.self[node]);
    return frames.length - 1;
  };
  for (let i = 0; i < tree.count; i++) {
    const frame = tree.frame[i] < 0 ? -1 : packageOfFrame[tree.frame[i]];
    if (i === 0) {
      into[0] = add(0, frame);
      continue;
    }
    const parent = into[tree.parent[i]];
    if (frames[parent] === frame) {
      into[i] = parent;
      sums.self[parent] += tree.self[i];
      continue;
    }
    const key = parent * packages + frame;
    const same = known.get(key);
    if (same === undefined) {
      into[i] = add(i, frame);
      known.set(key, into[i]);
      children[parent].push(into[i]);
    } else {
      into[i] = same;
      sums.value[same] += tree.value[i];
      sums.weight[same] += tree.weight[i];
      sums.self[same] += tree.self[i];
    }
  }

  // Again each node before its children, heaviest first.
  const count = frames.length;
  const order = new Int32Array(count);
  const depth = new Int32Array(count);
  const pending: [node: number, depth: number][] = [[0, 0]];
  for (let at = 0; pending.length > 0; at++) {
    const [node, level] = pending.pop()!;
    order[at] = node;
    depth[at] = level;
    const ordered = children[node].sort((a, b) => sums.weight[b] - sums.weight[a] || frames[a] - frames[b]);
    for (let i = ordered.length - 1; i >= 0; i--) pending.push([ordered[i], level + 1]);
  }
  const column = (from: readonly number[]) => Float64Array.from(order, (node) => from[node]);
  const [value, self] = [column(sums.value), column(sums.self)];
  const weight = tree.weight === tree.value ? value : column(sums.weight);
  return { ...tree, count, frame: Int32Array.from(order, (node) => frames[node]), depth, value, self, weight, ...layOut(depth, weight) };
}

export const depthOf = (tree: Tree): number => tree.rowStart.length - 1;

export function firstChild(tree: Tree, node: number): number {
  return node + 1 < tree.end[node] ? node + 1 : -1;
}

export function nextSibling(tree: Tree, node: number): number {
  const next = tree.end[node];
  return next < tree.count && tree.depth[next] === tree.depth[node] ? next : -1;
}

export function previousSibling(tree: Tree, node: number): number {
  const parent = tree.parent[node];
  if (parent < 0 || node === parent + 1) return -1;
  let sibling = parent + 1;
  while (tree.end[sibling] !== node) sibling = tree.end[sibling];
  return sibling;
}

export function childrenOf(tree: Tree, node: number): number[] {
  const children: number[] = [];
  for (let child = firstChild(tree, node); child >= 0; child = nextSibling(tree, child)) children.push(child);
  return children;
}

/** From the root to the node. */
export function pathTo(tree: Tree, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = tree.parent[at]) path.unshift(at);
  return path;
}

export interface Hits {
  /** For each frame, whether it matches. */
  frames: Uint8Array;
  functions: number;
  nodes: number[];
  /** Sum of the outermost nodes that match: each sample counts once. */
  weight: number;
}

export function findHits(graph: FlameGraph, matches: (name: string) => boolean): Hits {
  const { names } = graph.header;
  const frames = new Uint8Array(names.length);
  let functions = 0;
  for (let i = 0; i < names.length; i++) if (matches(names[i])) functions += frames[i] = 1;
  const tree = graph.callees;
  const nodes: number[] = [];
  let weight = 0;
  for (let i = 0, covered = 0; i < tree.count; i++) {
    if (tree.frame[i] < 0 || frames[tree.frame[i]] === 0) continue;
    nodes.push(i);
    if (i < covered) continue;
    weight += tree.weight[i];
    covered = tree.end[i];
  }
  return { frames, functions, nodes, weight };
}
