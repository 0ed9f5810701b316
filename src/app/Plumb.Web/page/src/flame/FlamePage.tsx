import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { amount, change, percent } from "../amounts.ts";
import type { PageProps } from "../app.tsx";
import { Panel } from "../controls/Panel.tsx";
import { go, reportQuery } from "../location.ts";
import { searchFor } from "../names.ts";
import { Message, Notes, Waiting } from "../controls/Message.tsx";
import { isSavedFile } from "../savedfile.ts";
import { useAnswer } from "../server.ts";
import { useDark } from "../theme.ts";
import { CallTree } from "./CallTree.tsx";
import { FlameCanvas } from "./FlameCanvas.tsx";
import { FlameMenu, type MenuAt } from "./FlameMenu.tsx";
import { basePalette, changeColor, type Coloring, packageColors, type Palette, valueColor } from "./colors.ts";
import { Exports } from "./Exports.tsx";
import { nameOf, type Place, treeOf } from "./picture.ts";
import { decode, type FlameGraph, findHits, groupByPackage, pathTo, type Tree } from "./tree.ts";

const ROOT: Place = { inCallers: false, node: 0 };

export function FlamePage({ params, controls, zoomParameter }: PageProps) {
  const isGrouped = params.get("group") === "package";
  const { value, error, isLoading } = useAnswer("flame", reportQuery(params, ["p"]), async (response) => decode(await response.arrayBuffer()));
  const graph = useMemo(() => (value !== null && isGrouped ? groupByPackage(value) : value), [value, isGrouped]);
  const isShown = error === null && graph !== null && graph.callees.weight[0] !== 0;
  const picture = usePicture(isShown ? graph : null, params, zoomParameter);
  return (
    <section class={`flame${isLoading ? " stale" : ""}`} aria-label="Flame graph">
      <div class="toolbar">
        {controls}
        <Pivot params={params} />
        {picture !== null && <Tools picture={picture} params={params} />}
      </div>
      {picture !== null ? (
        <Body picture={picture} params={params} />
      ) : error !== null ? (
        <Message title={error.message} text={error.remedy} />
      ) : graph === null ? (
        <Waiting title="Computing the flame graph …" />
      ) : (
        <Message title="There is nothing to show" text="No sample is left, or all of them are zero. Take a filter away, or choose another sample type." />
      )}
    </section>
  );
}

type Picture = NonNullable<ReturnType<typeof usePicture>>;

/** What the picture of a graph is made of; null while there is no graph. */
function usePicture(graph: FlameGraph | null, params: URLSearchParams, zoomParameter: PageProps["zoomParameter"]) {
  const dark = useDark();
  const isFlame = params.get("dir") === "flame";
  const isGrouped = params.get("group") === "package";
  const coloring = coloringOf(params.get("color"), graph?.header.isComparison ?? false);
  const searchText = params.get("q") ?? "";
  const [selection, setSelection] = useState<{ of: number; place: Place | null }>({ of: 0, place: null });

  const search = useMemo(() => (searchText === "" ? null : searchFor(searchText)), [searchText]);
  const hits = useMemo(() => (search === null || graph === null ? null : findHits(graph, search.matches)), [search, graph]);
  const palettes = useMemo(() => {
    if (graph === null) return null;
    const { header } = graph;
    const packages = packageColors(header.names, dark);
    const of = (tree: Tree): Palette => ({ ...basePalette(dark), ...boxColors(tree, packages, coloring, dark) });
    return { callees: of(graph.callees), callers: of(graph.callers ?? graph.callees) };
  }, [graph, coloring, dark]);

  const zoomTo = useCallback((place: Place) => go({ [zoomParameter]: place.node === 0 ? null : `${place.inCallers ? "r" : "e"}${place.node}` }), [zoomParameter]);
  const pivot = useCallback(
    (place: Place) => {
      if (graph === null) return;
      const frame = treeOf(graph, place).frame[place.node];
      // A package is no function that others call, and a saved file has nobody to ask.
      if (frame >= 0 && !isGrouped && !isSavedFile) go({ p: graph.header.names[frame] });
    },
    [graph, isGrouped],
  );
  const selected = selection.of === graph?.serial ? selection.place : null;
  const setSelected = useCallback((place: Place | null) => setSelection({ of: graph?.serial ?? 0, place }), [graph]);
  const step = useCallback(
    (direction: 1 | -1) => {
      if (hits === null || hits.nodes.length === 0) return;
      const current = selected !== null && !selected.inCallers ? selected.node : -1;
      const next = direction === 1 ? hits.nodes.find((node) => node > current) : hits.nodes.findLast((node) => node < current);
      setSelected({ inCallers: false, node: next ?? (direction === 1 ? hits.nodes[0] : hits.nodes[hits.nodes.length - 1]) });
    },
    [hits, selected],
  );

  if (graph === null || palettes === null) return null;
  return { graph, palettes, dark, isFlame, isGrouped, coloring, zoom: placeOf(params.get(zoomParameter), graph), search, hits, selected, setSelected, zoomTo, pivot, step };
}

function Tools({ picture, params }: { picture: Picture; params: URLSearchParams }) {
  const { graph, palettes, isFlame, isGrouped, coloring, zoom, zoomTo, search, hits, step } = picture;
  const { header } = graph;
  return (
    <>
      <Breadcrumb graph={graph} zoom={zoom} onZoom={zoomTo} />
      {search !== null && hits !== null && (
        <span class="hits" role="status">
          {hits.functions.toLocaleString("en")} {hits.functions === 1 ? "name" : "names"}, {percent(hits.weight, graph.callees.weight[0])} of what is shown
          <button type="button" onClick={() => step(-1)} title="Previous hit (N)" aria-label="Previous hit">‹</button>
          <button type="button" onClick={() => step(1)} title="Next hit (n)" aria-label="Next hit">›</button>
          {search.error !== null && <span class="warn">{search.error}</span>}
        </span>
      )}
      <span class="grow" />
      <Panel label="Display" title="Display" name="display">
        <fieldset>
          <legend>Colour</legend>
          <Choice name="color" value="package" current={coloring} label="by package" isDefault={!header.isComparison} />
          <Choice name="color" value="value" current={coloring} label="by own share" />
          {header.isComparison && <Choice name="color" value="diff" current={coloring} label="by difference" isDefault />}
        </fieldset>
        <fieldset>
          <legend>Direction</legend>
          <Choice name="dir" value="icicle" current={isFlame ? "flame" : "icicle"} label="icicle: callers on top" isDefault />
          <Choice name="dir" value="flame" current={isFlame ? "flame" : "icicle"} label="flame: callers at the bottom" />
        </fieldset>
        <label class="check"><input type="checkbox" checked={isGrouped} onChange={(event) => go({ group: event.currentTarget.checked ? "package" : null })} /> one box for calls within a package</label>
        {!isSavedFile && <label class="check"><input type="checkbox" checked={params.get("trim") === "false"} onChange={(event) => go({ trim: event.currentTarget.checked ? "false" : null })} /> all branches, however small</label>}
      </Panel>
      <button type="button" aria-pressed={params.has("tree")} onClick={() => go({ tree: params.has("tree") ? null : "1" })}>Tree</button>
      <Exports graph={graph} palettes={palettes} zoom={zoom} isFlame={isFlame} params={params} />
    </>
  );
}

function Body({ picture, params }: { picture: Picture; params: URLSearchParams }) {
  const { graph, palettes, isFlame, isGrouped, coloring, zoom, zoomTo, hits, selected, setSelected, pivot, step } = picture;
  const { header } = graph;
  const [hovered, setHovered] = useState<{ of: number; place: Place | null }>({ of: 0, place: null });
  const [opened, setOpened] = useState<{ of: number; at: MenuAt | null }>({ of: 0, at: null });
  const canvas = useRef<HTMLCanvasElement>(null);
  const hover = hovered.of === graph.serial ? hovered.place : null;
  const menu = opened.of === graph.serial ? opened.at : null;
  const setHover = (place: Place | null) => setHovered({ of: graph.serial, place });
  const setMenu = (at: MenuAt | null) => setOpened({ of: graph.serial, at });
  // Back takes the zoom away; what was selected below it is still there to be seen.
  const shown = hover ?? selected ?? zoom;
  return (
    <>
      <Notes notes={header.view.notes} />
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
          describe={(place) => figuresOf(graph, place)}
          onSelect={setSelected}
          onZoom={zoomTo}
          onPivot={pivot}
          onStep={step}
          onMenu={setMenu}
        />
        {params.has("tree") && <CallTree key={graph.serial} graph={graph} selected={selected} onSelect={setSelected} onZoom={zoomTo} />}
      </div>
      <footer class="status">
        <Details graph={graph} place={shown} />
        <span class="grow" />
        {coloring === "diff" && <DiffLegend />}
        <span class="soft count">
          {(graph.callees.count + (graph.callers === null ? 0 : graph.callers.count - 1)).toLocaleString("en")} boxes
          {graph.callees.dropped > 0 && `, ${graph.callees.dropped.toLocaleString("en")} branches below ${amount(graph.callees.cutoff, header.view.natural)} left out`}
        </span>
        <Panel label="Keys" title="Keys and mouse" name="keys"><Keys /></Panel>
      </footer>
      {menu !== null && (
        <FlameMenu
          at={menu}
          name={nameOf(graph, menu.place)}
          isRoot={treeOf(graph, menu.place).frame[menu.place.node] < 0}
          isPackage={isGrouped}
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
    </>
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

// More steps than anybody can tell apart, on each side of nothing.
const STEPS = 64;

function boxColors(tree: Tree, packages: ReturnType<typeof packageColors>, coloring: Coloring, dark: boolean): Pick<Palette, "colors" | "colorOf"> {
  const { weight, value, self, frame } = tree;
  const steps = (first: number, color: (share: number) => string) => Array.from({ length: STEPS - first + 1 }, (_, at) => color((at + first) / STEPS));
  switch (coloring) {
    case "value": {
      // The eighth part of everything is as much as one function is likely to do itself.
      const scale = weight[0] === 0 ? 0 : (8 * STEPS) / weight[0];
      return { colors: steps(0, (share) => valueColor(share, dark)), colorOf: (node) => Math.min(STEPS, Math.ceil(Math.abs(self[node]) * scale)) };
    }
    case "diff":
      return { colors: steps(-STEPS, (change) => changeColor(change, dark)), colorOf: (node) => STEPS + (weight[node] === 0 ? 0 : Math.round((value[node] / weight[node]) * STEPS)) };
    default: {
      const root = packages.colors.length;
      return { colors: [...packages.colors, dark ? "#343a44" : "#dfe3e8"], colorOf: (node) => (frame[node] < 0 ? root : packages.ofName[frame[node]]) };
    }
  }
}

/** What there is to say about a node, as pairs of a heading and a text. */
export function figuresOf(graph: FlameGraph, place: Place): [heading: string, text: string][] {
  const tree = treeOf(graph, place);
  const { view, isComparison } = graph.header;
  const [value, self, weight] = [tree.value[place.node], tree.self[place.node], tree.weight[place.node]];
  if (!isComparison) {
    return [
      ["total", `${amount(value, view.natural)}, ${percent(value, view.total)} of ${amount(view.total, view.natural)}`],
      ["own", `${amount(self, view.natural)}, ${percent(self, view.total)}`],
    ];
  }
  const [before, now] = [(weight - value) / 2, (weight + value) / 2];
  return [
    ["change", `${change(value, view.natural)}${before > 0 ? `, ${value < 0 ? "−" : "+"}${percent(value, before)}` : now > 0 ? ", new" : ""}`],
    ["before", amount(before, view.natural)],
    ["now", amount(now, view.natural)],
    ["own", change(self, view.natural)],
  ];
}

export function describe(graph: FlameGraph, place: Place): string {
  return `${nameOf(graph, place)}: ${figuresText(graph, place)}`;
}

function figuresText(graph: FlameGraph, place: Place): string {
  return figuresOf(graph, place).map(([heading, text]) => (heading === "total" || heading === "change" ? text : `${heading} ${text}`)).join("; ");
}

function Details({ graph, place }: { graph: FlameGraph; place: Place }) {
  return (
    <p class="details">
      <bdi class="name" title={nameOf(graph, place)}>{nameOf(graph, place)}</bdi>
      <span class="figures">{figuresText(graph, place)}</span>
    </p>
  );
}

function Choice({ name, value, current, label, isDefault = false }: { name: string; value: string; current: string; label: string; isDefault?: boolean }) {
  return <label class="check"><input type="radio" name={name} checked={value === current} onChange={() => go({ [name]: isDefault ? null : value })} /> {label}</label>;
}

function Keys() {
  const keys: [string, string][] = [
    ["click", "zoom"], ["second click, p", "callers and callees"], ["right click, m", "menu"], ["Ctrl + wheel, pinch", "zoom to the pointer"], ["drag", "move"],
    ["arrows", "walk along calls"], ["Enter", "zoom"], ["Esc", "let go, zoom out"], ["/  n  N", "search, next, previous"],
  ];
  return <dl class="keylist">{keys.map(([key, does]) => <div key={key}><dt>{key}</dt><dd>{does}</dd></div>)}</dl>;
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
    <span class="legend">
      {[-1, -0.5, 0, 0.5, 1].map((step) => <Swatch key={step} color={changeColor(step, dark)} text={step === 0 ? "same" : step < 0 ? (step === -1 ? "− gone" : "less") : step === 1 ? "+ new" : "more"} />)}
      <span class="soft" title="Boxes are as wide as what was before and what is now together.">width: before + now</span>
    </span>
  );
}

function Swatch({ color, text }: { color: string; text: string }) {
  return <span class="swatch"><i style={{ background: color }} />{text}</span>;
}

