import { useState } from "preact/hooks";
import { Popup } from "../controls/Popup.tsx";
import { download } from "../download.ts";
import { reportQuery } from "../location.ts";
import { ask, ServerError } from "../server.ts";
import { amount, percent } from "../amounts.ts";
import { isSavedFile } from "../savedfile.ts";
import { savedPage } from "./savedpage.ts";
import { draw, type Palettes, type Place, ROW, rowsOf, treeOf } from "./picture.ts";
import { toSvg } from "./svg.ts";
import type { FlameGraph } from "./tree.ts";

const PNG_WIDTH = 1600;
const PNG_DENSITY = 2;
const PNG_MOST_ROWS = 400;

interface Props {
  graph: FlameGraph;
  palettes: Palettes;
  zoom: Place;
  isFlame: boolean;
  params: URLSearchParams;
}

export function Exports({ graph, palettes, zoom, isFlame, params }: Props) {
  const [error, setError] = useState<string | null>(null);
  const { view } = graph.header;
  const from = treeOf(graph, zoom).left[zoom.node];
  const range = { from, to: from + treeOf(graph, zoom).weight[zoom.node] };

  const svg = () => {
    const text = toSvg(graph, palettes, range, isFlame, `${view.sampleType}: ${amount(view.total, view.natural)}`, (tree, node) => `${amount(tree.value[node], view.natural)}, ${percent(tree.value[node], view.total)}`);
    download("flamegraph.svg", new Blob([text], { type: "image/svg+xml" }));
  };
  const png = () => {
    const canvas = document.createElement("canvas");
    const height = Math.min(rowsOf(graph), PNG_MOST_ROWS) * ROW;
    [canvas.width, canvas.height] = [PNG_WIDTH * PNG_DENSITY, height * PNG_DENSITY];
    const context = canvas.getContext("2d")!;
    context.scale(PNG_DENSITY, PNG_DENSITY);
    context.font = "12px ui-monospace, monospace";
    const sheet = { context, density: PNG_DENSITY, charWidth: context.measureText("0000000000").width / 10 };
    draw(sheet, graph, { ...range, width: PNG_WIDTH, height, scroll: 0, isFlame }, palettes, { zoom, hover: null, selected: null, hits: null });
    canvas.toBlob((blob) => blob !== null && download("flamegraph.png", blob));
  };
  const fromServer = (kind: string, name: string) => async () => {
    try {
      setError(null);
      download(name, await (await ask(`export/${kind}`, reportQuery(params))).blob());
    } catch (problem) {
      setError(problem instanceof ServerError ? `${problem.message} ${problem.remedy}` : String(problem));
    }
  };

  const html = async () => {
    try {
      setError(null);
      download("flamegraph.html", await savedPage(params, reportQuery(params, ["p"])));
    } catch (problem) {
      setError(problem instanceof ServerError ? `${problem.message} ${problem.remedy}` : String(problem));
    }
  };
  const ofServer: [string, () => void][] = [
    ["Page as one HTML file", () => void html()],
    ["Stacks as folded text", fromServer("folded", "profile.folded")],
    ["Profile as pprof", fromServer("proto", "profile.pb.gz")],
  ];

  return (
    <>
      <Popup
        label="Save"
        items={[
          ["Picture as SVG", svg],
          ["Picture as PNG", png],
          ...(isSavedFile ? [] : ofServer),
        ]}
      />
      {error !== null && <span class="warn" role="alert">{error}</span>}
    </>
  );
}
