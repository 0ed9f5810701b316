// The picture as a file of its own. Names come from a profile: they are text in it, and nothing else.
import { boxesOf } from "./boxes.ts";
import { fitted, nameOf, type Palettes, type Range, ROW, rowsOf, topOf } from "./picture.ts";
import { depthOf, type FlameGraph, type Tree } from "./tree.ts";

const WIDTH = 1200;
const CHAR = 6.6;
const HEADING = 28;
// A file can be enlarged: boxes are told apart down to half a pixel.
const DETAIL = 2;

export function escapeMarkup(text: string): string {
  // What XML cannot hold at all would make the file unreadable.
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

export function toSvg(graph: FlameGraph, palettes: Palettes, range: Range, isFlame: boolean, heading: string, label: (tree: Tree, node: number) => string): string {
  const height = rowsOf(graph) * ROW + HEADING;
  const palette = palettes.callees;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="monospace" font-size="11">`,
    `<rect width="${WIDTH}" height="${height}" fill="${palette.background}"/>`,
    `<text x="4" y="18" font-size="13" fill="${palette.ink}">${escapeMarkup(heading)}</text>`,
  ];
  for (const inCallers of [true, false]) {
    const tree = inCallers ? graph.callers : graph.callees;
    if (tree === null) continue;
    const colors = inCallers ? palettes.callers : palette;
    for (let depth = inCallers ? 1 : 0; depth < depthOf(tree); depth++) {
      boxesOf(tree, depth, range, WIDTH * DETAIL, (node, from, to) => {
        const [x, width] = [from / DETAIL, (to - from) / DETAIL];
        const place = { inCallers, node };
        const name = nameOf(graph, place);
        const y = topOf(graph, place, isFlame) + HEADING;
        const text = fitted(name, width, CHAR);
        parts.push(
          `<g><title>${escapeMarkup(`${name}\n${label(tree, node)}`)}</title>` +
            `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(0.4, width - 0.5).toFixed(1)}" height="${ROW - 1}" fill="${colors.colors[colors.colorOf(node)]}"/>` +
            (text === "" ? "" : `<text x="${(x + 4).toFixed(1)}" y="${y + 14}" fill="${colors.ink}">${escapeMarkup(text)}</text>`) +
            "</g>",
        );
      });
    }
  }
  parts.push("</svg>");
  return parts.join("\n");
}
