import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { amount, change, percent } from "../amounts.ts";
import { go, reportQuery } from "../location.ts";
import { searchFor } from "../names.ts";
import { Message, Notes } from "../controls/Message.tsx";
import { useAnswer } from "../server.ts";
import { useDark } from "../theme.ts";
import { CallTree } from "./CallTree.tsx";
import { FlameCanvas } from "./FlameCanvas.tsx";
import { FlameMenu, type MenuAt } from "./FlameMenu.tsx";
import { basePalette, changeColor, type Coloring, packageColors, type Palette, valueColor } from "./colors.ts";
import { Exports } from "./Exports.tsx";
import { nameOf, type Place, treeOf } from "./picture.ts";
import { decode, type FlameGraph, findHits, pathTo, type Tree } from "./tree.ts";

const ROOT: Place = { inCallers: false, node: 0 };

export function FlamePage({ params }: { params: URLSearchParams }) {
  const query = reportQuery(params, ["p"]);
  const { value: graph, error, isLoading } = useAnswer("flame", query, async (response) => decode(await response.arrayBuffer()));
  if (error !== null) return <Message title={error.message} text={error.remedy} />;
  if (graph === null) return <Message title="Computing the flame graph …" isBusy />;
  if (graph.callees.weight[0] === 0)
    return <Message title="There is nothing to show" text="No sample is left, or all of them are zero. Take a filter away, or choose another sample type." />;
  return <Flame key={query} graph={graph} params={params} isStale={isLoading} />;
}

function Flame({ graph, params, isStale }: { graph: FlameGraph; params: URLSearchParams; isStale: boolean }) {
  const { header } = graph;
  const dark = useDark();
  const isFlame = params.get("dir") === "flame";
  const coloring = coloringOf(params.get("color"), header.isComparison);
  const zoom = placeOf(params.get("z"), graph);
  const searchText = params.get("q") ?? "";
  const [hover, setHover] = useState<Place | null>(null);
  const [selected, setSelected] = useState<Place | null>(null);
  const [menu, setMenu] = useState<MenuAt | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);

  const search = useMemo(() => (searchText === "" ? null : searchFor(searchText)), [searchText]);
  const hits = useMemo(() => (search === null ? null : findHits(graph, search.matches)), [search, graph]);
  const palettes = useMemo(() => {
    const packages = packageColors(header.names, dark);
    const of = (tree: Tree): Palette => ({ ...basePalette(dark), fill: filler(tree, packages, coloring, dark) });
    return { callees: of(graph.callees), callers: of(graph.callers ?? graph.callees) };
  }, [graph, coloring, dark]);

  const zoomTo = useCallback((place: Place) => go({ z: place.node === 0 ? null : `${place.inCallers ? "r" : "e"}${place.node}` }), []);
  const pivot = useCallback(
    (place: Place) => {
      const frame = treeOf(graph, place).frame[place.node];
      if (frame >= 0) go({ p: header.names[frame], z: null });
    },
    [graph],
  );
  const step = useCallback(
    (direction: 1 | -1) => {
      if (hits === null || hits.nodes.length === 0) return;
      const current = selected !== null && !selected.inCallers ? selected.node : -1;
      const next = direction === 1 ? hits.nodes.find((node) => node > current) : hits.nodes.findLast((node) => node < current);
      setSelected({ inCallers: false, node: next ?? (direction === 1 ? hits.nodes[0] : hits.nodes[hits.nodes.length - 1]) });
    },
    [hits, selected],
  );

  // Back takes the zoom away; what was selected below it is still there to be seen.
  const shown = hover ?? selected ?? zoom;
  return (
    <section class={`flame${isStale ? " stale" : ""}`} aria-label="Flame graph">
      <div class="bar">
        <Pivot params={params} />
        <Breadcrumb graph={graph} zoom={zoom} onZoom={zoomTo} />
        {search !== null && hits !== null && (
          <span class="hits" role="status">
            {hits.functions} {hits.functions === 1 ? "name" : "names"}, {percent(hits.weight, graph.callees.weight[0])} of what is shown
            <button type="button" onClick={() => step(-1)} title="Previous hit (N)" aria-label="Previous hit">‹</button>
            <button type="button" onClick={() => step(1)} title="Next hit (n)" aria-label="Next hit">›</button>
            {search.error !== null && <span class="warn">{search.error}</span>}
          </span>
        )}
        <span class="grow" />
        <label>
          Colour{" "}
          <select value={coloring} onChange={(event) => go({ color: event.currentTarget.value })}>
            <option value="package">by package</option>
            <option value="value">by own share</option>
            {header.isComparison && <option value="diff">by difference</option>}
          </select>
        </label>
        <select aria-label="Direction" value={isFlame ? "flame" : "icicle"} onChange={(event) => go({ dir: event.currentTarget.value === "flame" ? "flame" : null })}>
          <option value="icicle">root on top</option>
          <option value="flame">root at the bottom</option>
        </select>
        <button type="button" aria-pressed={params.has("tree")} onClick={() => go({ tree: params.has("tree") ? null : "1" })}>
          Tree
        </button>
        <Exports graph={graph} palettes={palettes} zoom={zoom} isFlame={isFlame} params={params} />
      </div>
      <Notes notes={header.view.notes} />
      {coloring === "diff" && <DiffLegend />}
      <Details graph={graph} place={shown} />
      <div class="split">
        <FlameCanvas
          canvasRef={canvas}
          graph={graph}
          palettes={palettes}
          isFlame={isFlame}
          zoom={zoom}
          hits={hits?.frames ?? null}
          hover={hover}
          selected={selected}
          onHover={setHover}
          onSelect={setSelected}
          onZoom={zoomTo}
          onPivot={pivot}
          onStep={step}
          onMenu={setMenu}
        />
        {params.has("tree") && <CallTree graph={graph} selected={selected} onSelect={setSelected} onZoom={zoomTo} />}
      </div>
      <p class="foot">
        {(graph.callees.count + (graph.callers === null ? 0 : graph.callers.count - 1)).toLocaleString("en")} boxes
        {graph.callees.dropped > 0 && `; ${graph.callees.dropped.toLocaleString("en")} branches below ${amount(graph.callees.cutoff, header.view.natural)} are left out, focus on something to see its own`}
        . Click zooms, a second click shows callers and callees. Keys: arrows, Enter, p, Esc, /, n, m.
      </p>
      {menu !== null && (
        <FlameMenu
          at={menu}
          name={nameOf(graph, menu.place)}
          isRoot={treeOf(graph, menu.place).frame[menu.place.node] < 0}
          onZoom={() => zoomTo(menu.place)}
          onPivot={() => pivot(menu.place)}
          onClose={() => {
            setMenu(null);
            canvas.current?.focus();
          }}
        />
      )}
      <p class="unseen" role="status" aria-live="polite">
        {selected === null ? "" : describe(graph, selected)}
      </p>
    </section>
  );
}

function coloringOf(text: string | null, isComparison: boolean): Coloring {
  if (text === "package" || text === "value") return text;
  return isComparison ? "diff" : "package";
}

function placeOf(text: string | null, graph: FlameGraph): Place {
  const match = /^([er])(\d{1,9})$/.exec(text ?? "");
  if (match === null) return ROOT;
  const place = { inCallers: match[1] === "r" && graph.callers !== null, node: Number(match[2]) };
  return place.node < treeOf(graph, place).count ? place : ROOT;
}

function filler(tree: Tree, packages: readonly string[], coloring: Coloring, dark: boolean): Palette["fill"] {
  const root = dark ? "#343a44" : "#dfe3e8";
  switch (coloring) {
    case "value":
      return (node) => valueColor(tree.weight[0] === 0 ? 0 : (Math.abs(tree.self[node]) / tree.weight[0]) * 8, dark);
    case "diff":
      return (node) => changeColor(tree.weight[node] === 0 ? 0 : tree.value[node] / tree.weight[node], dark);
    default:
      return (node) => (tree.frame[node] < 0 ? root : packages[tree.frame[node]]);
  }
}

export function describe(graph: FlameGraph, place: Place): string {
  const tree = treeOf(graph, place);
  const { view, isComparison } = graph.header;
  const value = tree.value[place.node];
  const self = tree.self[place.node];
  if (!isComparison) {
    return `${nameOf(graph, place)}: ${amount(value, view.natural)}, ${percent(value, view.total)} of ${amount(view.total, view.natural)}; own ${amount(self, view.natural)}, ${percent(self, view.total)}`;
  }
  const weight = tree.weight[place.node];
  return `${nameOf(graph, place)}: ${change(value, view.natural)}; gone ${amount((weight - value) / 2, view.natural)}, new ${amount((weight + value) / 2, view.natural)}; own ${change(self, view.natural)}`;
}

function Details({ graph, place }: { graph: FlameGraph; place: Place }) {
  const text = describe(graph, place);
  const colon = nameOf(graph, place).length;
  return (
    <p class="details" title={text}>
      <bdi class="name">{text.slice(0, colon)}</bdi>
      <span class="figures">{text.slice(colon + 2)}</span>
    </p>
  );
}

function Pivot({ params }: { params: URLSearchParams }) {
  const name = params.get("p");
  if (name === null) return null;
  return (
    <span class="chip">
      around <bdi class="cut" title={name}>{name}</bdi>
      <button type="button" aria-label="Show the whole profile again" title="Show the whole profile again" onClick={() => go({ p: null })}>×</button>
    </span>
  );
}

function Breadcrumb({ graph, zoom, onZoom }: { graph: FlameGraph; zoom: Place; onZoom: (place: Place) => void }) {
  if (zoom.node === 0) return null;
  const path = pathTo(treeOf(graph, zoom), zoom.node).slice(-3);
  return (
    <nav class="crumbs" aria-label="Zoomed to">
      <button type="button" onClick={() => onZoom(ROOT)}>Reset zoom</button>
      {path.map((node) => {
        const place = { inCallers: zoom.inCallers, node };
        return <button type="button" key={node} class="cut" title={nameOf(graph, place)} onClick={() => onZoom(place)}>{nameOf(graph, place)}</button>;
      })}
    </nav>
  );
}

function DiffLegend() {
  const dark = useDark();
  return (
    <p class="legend">
      {[-1, -0.5, 0, 0.5, 1].map((step) => <Swatch key={step} color={changeColor(step, dark)} text={step === 0 ? "same" : step < 0 ? (step === -1 ? "− gone" : "less") : step === 1 ? "+ new" : "more"} />)}
      <span>Boxes are as wide as what was before and is now together.</span>
    </p>
  );
}

function Swatch({ color, text }: { color: string; text: string }) {
  return <span class="swatch"><i style={{ background: color }} />{text}</span>;
}

