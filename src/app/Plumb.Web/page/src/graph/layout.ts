// A graph in the language of Graphviz, reduced to sizes and numbers, and where Graphviz puts everything. No text of a profile goes there or back.
import type { GraphAnswer, GraphNode } from "./GraphPage.tsx";

const POINTS = 72;
const PADDING = 8;
const LINE_HEIGHT = 1.25;
export const EDGE_FONT = 11;

export interface Point {
  x: number;
  y: number;
}

export interface PlacedNode extends Point {
  index: number;
  width: number;
  height: number;
}

export interface PlacedCall {
  index: number;
  path: string;
  /** The tip of the arrow, and where it comes from. */
  tip: Point;
  from: Point;
  label: Point | null;
}

export interface Layout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  calls: PlacedCall[];
}

/** Sizes of letters grow with what is a function's own, as the reference has it, but no letter is too small to read. */
export const fontOf = (node: GraphNode): number => Math.max(10, node.fontSize);

export function toDot(answer: GraphAnswer, widthOf: (text: string, size: number) => number): string {
  const lines = ["digraph{graph[nodesep=0.3 ranksep=0.45];node[shape=box fixedsize=true label=\"\"];"];
  answer.nodes.forEach((node, index) => {
    const size = fontOf(node);
    const width = Math.max(...node.label.map((line) => widthOf(line, size))) + 2 * PADDING;
    const height = node.label.length * size * LINE_HEIGHT + 2 * PADDING;
    lines.push(`N${index + 1}[width=${(width / POINTS).toFixed(3)} height=${(height / POINTS).toFixed(3)}];`);
  });
  for (const call of answer.calls) {
    // As wide as the amount will be: its own text could say anything.
    const placeholder = "0".repeat(Math.min(40, call.amount.length + 3));
    lines.push(`N${call.source + 1}->N${call.target + 1}[weight=${call.weight} label="${placeholder}" fontsize=${EDGE_FONT}];`);
  }
  lines.push("}");
  return lines.join("\n");
}

interface Json0 {
  bb: string;
  objects?: { name: string; pos?: string; width?: string; height?: string }[];
  edges?: { tail: number; head: number; pos?: string; lp?: string }[];
}

export function readLayout(text: string, answer: GraphAnswer): Layout {
  const placed = JSON.parse(text) as Json0;
  const [, , width, height] = numbers(placed.bb);
  const indexOf = (name: string | undefined): number => {
    const match = /^N(\d+)$/.exec(name ?? "");
    return match === null ? -1 : Number(match[1]) - 1;
  };
  const at = ([x, y]: number[]): Point => ({ x, y: height - y });
  const objects = placed.objects ?? [];
  const nodes: PlacedNode[] = [];
  for (const object of objects) {
    const index = indexOf(object.name);
    if (index < 0 || index >= answer.nodes.length || object.pos === undefined) continue;
    nodes.push({ index, ...at(numbers(object.pos)), width: Number(object.width) * POINTS, height: Number(object.height) * POINTS });
  }
  const byEnds = new Map(answer.calls.map((call, index) => [`${call.source} ${call.target}`, index]));
  const calls: PlacedCall[] = [];
  for (const edge of placed.edges ?? []) {
    const index = byEnds.get(`${indexOf(objects[edge.tail]?.name)} ${indexOf(objects[edge.head]?.name)}`);
    if (index === undefined || edge.pos === undefined) continue;
    calls.push({ index, ...splineOf(edge.pos, at), label: edge.lp === undefined ? null : at(numbers(edge.lp)) });
  }
  return { width, height, nodes, calls };
}

function splineOf(pos: string, at: (numbers: number[]) => Point): { path: string; tip: Point; from: Point } {
  const parts = pos.split(";")[0].split(" ");
  const end = parts.find((part) => part.startsWith("e,"));
  const points = parts.filter((part) => /^-?[\d.]/.test(part)).map((part) => at(numbers(part)));
  const write = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  let path = `M${write(points[0])}`;
  for (let i = 1; i + 2 < points.length; i += 3) path += `C${write(points[i])} ${write(points[i + 1])} ${write(points[i + 2])}`;
  const from = points[points.length - 1];
  return { path, from, tip: end === undefined ? from : at(numbers(end.slice(2))) };
}

const numbers = (text: string): number[] => text.split(",").map(Number);
