import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { amount, change, percent } from "../amounts.ts";
import { Link } from "../controls/Link.tsx";
import { download } from "../download.ts";
import { changeColor, shareColor } from "../flame/colors.ts";
import { go } from "../location.ts";
import { exactly } from "../names.ts";
import { useDark } from "../theme.ts";
import type { GraphAnswer } from "./GraphPage.tsx";
import { EDGE_FONT, fontOf, type Layout, type PlacedCall, type PlacedNode } from "./layout.ts";

const SMALLEST_SCALE = 0.05;
const LARGEST_SCALE = 4;
const READABLE_SCALE = 0.75;
const DRAG_PIXELS = 4;

interface Props {
  answer: GraphAnswer;
  layout: Layout;
  hits: ReadonlySet<number> | null;
}

interface Camera {
  x: number;
  y: number;
  scale: number;
}

export function GraphPicture({ answer, layout, hits }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [camera, setCamera] = useState<Camera>({ x: 0, y: 0, scale: 1 });
  const [selected, setSelected] = useState(-1);
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const wasDragged = useRef(false);
  const { view } = answer;

  const fit = () => {
    const { clientWidth, clientHeight } = box.current!;
    const scale = Math.max(SMALLEST_SCALE, Math.min(1, (clientWidth - 32) / layout.width, (clientHeight - 32) / layout.height));
    setCamera({ scale, x: (clientWidth - layout.width * scale) / 2, y: (clientHeight - layout.height * scale) / 2 });
  };
  // At first as much as can be read, from where most of it comes.
  useEffect(() => {
    const { clientWidth, clientHeight } = box.current!;
    if (Math.min((clientWidth - 32) / layout.width, (clientHeight - 32) / layout.height) >= READABLE_SCALE) {
      fit();
      return;
    }
    const first = layout.nodes.reduce((best, node) => (Math.abs(answer.nodes[node.index].cum) > Math.abs(answer.nodes[best.index].cum) ? node : best));
    setCamera({ scale: READABLE_SCALE, x: clientWidth / 2 - first.x * READABLE_SCALE, y: Math.max(clientHeight / 4, 60) - first.y * READABLE_SCALE });
  }, [layout]);

  const zoomAt = (x: number, y: number, factor: number) =>
    setCamera((before) => {
      const scale = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, before.scale * factor));
      const by = scale / before.scale;
      return { scale, x: x - (x - before.x) * by, y: y - (y - before.y) * by };
    });
  const reveal = (index: number) => {
    const node = layout.nodes.find((candidate) => candidate.index === index);
    const { clientWidth, clientHeight } = box.current!;
    if (node === undefined) return;
    setCamera((before) => {
      const [x, y] = [before.x + node.x * before.scale, before.y + node.y * before.scale];
      const isSeen = x > 60 && x < clientWidth - 60 && y > 40 && y < clientHeight - 40;
      return isSeen ? before : { ...before, x: clientWidth / 2 - node.x * before.scale, y: clientHeight / 2 - node.y * before.scale };
    });
  };
  useEffect(() => {
    if (hits !== null && hits.size > 0) reveal([...hits][0]);
  }, [hits]);

  useEffect(() => {
    const element = box.current!;
    const onWheel = (event: WheelEvent) => {
      const edge = element.getBoundingClientRect();
      event.preventDefault();
      zoomAt(event.clientX - edge.left, event.clientY - edge.top, Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) * 0.004));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, []);

  const onPointerDown = (event: PointerEvent) => {
    if (pointers.current.size === 0) wasDragged.current = false;
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = pointers.current.get(event.pointerId);
    if (before === undefined) return;
    if (event.pointerType === "mouse" && event.buttons === 0) {
      pointers.current.delete(event.pointerId);
      return;
    }
    const [dx, dy] = [event.clientX - before.x, event.clientY - before.y];
    if (!wasDragged.current && Math.hypot(dx, dy) < DRAG_PIXELS) return;
    wasDragged.current = true;
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (other === undefined) {
      setCamera((camera_) => ({ ...camera_, x: camera_.x + dx, y: camera_.y + dy }));
      return;
    }
    const edge = box.current!.getBoundingClientRect();
    const factor = Math.hypot(event.clientX - other.x, event.clientY - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    zoomAt((event.clientX + other.x) / 2 - edge.left, (event.clientY + other.y) / 2 - edge.top, factor);
  };
  const onPointerUp = (event: PointerEvent) => void pointers.current.delete(event.pointerId);

  const select = (index: number) => {
    setSelected(index);
    if (index >= 0) {
      reveal(index);
      svg.current!.querySelector<SVGGElement>(`[data-node="${index}"]`)?.focus({ preventScroll: true });
    }
  };
  const focusOn = (index: number) => go({ f: exactly(answer.nodes[index].name) });
  const onKeyDown = (event: KeyboardEvent) => {
    const along = (to: (call: GraphAnswer["calls"][number]) => number) => answer.calls.filter((call) => to(call) >= 0).toSorted((a, b) => b.weight - a.weight).map(to)[0];
    const row = (direction: number) => {
      const from = layout.nodes.find((node) => node.index === selected);
      const inRow = layout.nodes.filter((node) => from !== undefined && Math.abs(node.y - from.y) < from.height).toSorted((a, b) => a.x - b.x);
      return inRow[inRow.findIndex((node) => node.index === selected) + direction]?.index;
    };
    let next: number | undefined;
    switch (event.key) {
      case "ArrowDown": next = along((call) => (call.source === selected && call.target !== selected ? call.target : -1)); break;
      case "ArrowUp": next = along((call) => (call.target === selected && call.source !== selected ? call.source : -1)); break;
      case "ArrowRight": next = row(1); break;
      case "ArrowLeft": next = row(-1); break;
      case "+": case "=": zoomAt(box.current!.clientWidth / 2, box.current!.clientHeight / 2, 1.25); break;
      case "-": zoomAt(box.current!.clientWidth / 2, box.current!.clientHeight / 2, 0.8); break;
      case "0": fit(); break;
      case "Enter": if (selected >= 0) focusOn(selected); break;
      case "Escape": setSelected(-1); break;
      default: return;
    }
    if (next !== undefined) select(next);
    event.preventDefault();
  };

  const save = () => {
    const copy = svg.current!.cloneNode(true) as SVGSVGElement;
    const [width, height] = [layout.width + 32, layout.height + 32];
    copy.setAttribute("viewBox", `-16 -16 ${width} ${height}`);
    copy.setAttribute("font-family", "sans-serif");
    copy.querySelector("g")!.removeAttribute("transform");
    // The file has no style sheet: what it says is written to each shape.
    const shapes = "rect, path, polygon, text";
    const originals = svg.current!.querySelectorAll(shapes);
    copy.querySelectorAll(shapes).forEach((shape, index) => {
      const style = getComputedStyle(originals[index]);
      shape.setAttribute("fill", style.fill);
      shape.setAttribute("stroke", style.stroke);
      shape.setAttribute("stroke-width", style.strokeWidth);
      shape.setAttribute("paint-order", style.paintOrder);
    });
    const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ x: -16, y: -16, width, height, fill: getComputedStyle(box.current!).backgroundColor })) paper.setAttribute(name, String(value));
    copy.prepend(paper);
    download("graph.svg", new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
  };

  const node = selected < 0 ? null : answer.nodes[selected];
  const isSigned = answer.nodes.some((candidate) => candidate.flat < 0 || candidate.cum < 0);
  const shown = isSigned ? change : amount;
  return (
    <div class="map" ref={box} onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp} onPointerCancel={onPointerUp} onKeyDown={onKeyDown}>
      <svg ref={svg} role="group" aria-label="Graph of calls. Up and down go along the heaviest call, left and right to neighbours, Enter focuses, plus and minus zoom, 0 fits." tabindex={selected < 0 ? 0 : -1} data-searched
        onFocus={(event) => { if (event.target === svg.current && selected < 0) select(layout.nodes[0].index); }}
        onClick={() => { if (!wasDragged.current) setSelected(-1); }}>
        <g transform={`translate(${camera.x} ${camera.y}) scale(${camera.scale})`}>
          <Edges answer={answer} layout={layout} selected={selected} />
          <Nodes answer={answer} layout={layout} selected={selected} hits={hits} isSigned={isSigned} onSelect={(index) => { if (!wasDragged.current) select(index); }} onFocus={focusOn} />
        </g>
      </svg>
      <div class="zoom">
        <button type="button" aria-label="Zoom in" onClick={() => zoomAt(box.current!.clientWidth / 2, box.current!.clientHeight / 2, 1.4)}>+</button>
        <button type="button" aria-label="Zoom out" onClick={() => zoomAt(box.current!.clientWidth / 2, box.current!.clientHeight / 2, 1 / 1.4)}>−</button>
        <button type="button" onClick={fit}>Fit</button>
        <button type="button" onClick={save}>Save SVG</button>
      </div>
      {node !== null && (
        <div class="card" role="status">
          <p class="name"><bdi>{node.name}</bdi></p>
          <p>own {shown(node.flat, view.amounts)}, {percent(node.flat, view.total)} · with callees {shown(node.cum, view.amounts)}, {percent(node.cum, view.total)}</p>
          {node.tags.length > 0 && <p class="soft">{node.tags.map((tag) => `${tag.name.replaceAll("\\n", " ")}: ${tag.amount}`).join(" · ")}</p>}
          <p class="acts">
            <button type="button" onClick={() => focusOn(selected)}>Focus</button>
            <button type="button" onClick={() => go({ i: exactly(node.name) })}>Ignore</button>
            <Link change={{ v: null, p: node.name }}>Flame graph</Link>
            <Link change={{ v: "peek", symbol: exactly(node.name) }}>Peek</Link>
            <Link change={{ v: "source", symbol: exactly(node.name) }}>Source</Link>
          </p>
        </div>
      )}
    </div>
  );
}

function Edges({ answer, layout, selected }: { answer: GraphAnswer; layout: Layout; selected: number }) {
  return useMemo(() => <>{layout.calls.map((placed) => <Edge key={placed.index} placed={placed} answer={answer} selected={selected} />)}</>, [answer, layout, selected]);
}

function Edge({ placed, answer, selected }: { placed: PlacedCall; answer: GraphAnswer; selected: number }) {
  const call = answer.calls[placed.index];
  const isOf = call.source === selected || call.target === selected;
  const { tip, from } = placed;
  const length = Math.max(1, Math.hypot(tip.x - from.x, tip.y - from.y));
  const [ux, uy] = [(tip.x - from.x) / length, (tip.y - from.y) / length];
  const half = 3 + call.width / 2;
  const [bx, by] = [tip.x - ux * 9, tip.y - uy * 9];
  const arrow = `${tip.x},${tip.y} ${bx - uy * half},${by + ux * half} ${bx + uy * half},${by - ux * half}`;
  return (
    <g class={`call${selected >= 0 ? (isOf ? " lit" : " dim") : ""}`}>
      <title>{`${answer.nodes[call.source].name} ${call.residual ? "…" : "→"} ${answer.nodes[call.target].name}: ${call.amount}${call.inline ? " (inline)" : ""}`}</title>
      <path d={placed.path} fill="none" stroke="currentColor" stroke-width={call.width} stroke-dasharray={call.residual ? "2 4" : undefined} />
      <polygon points={arrow} fill="currentColor" />
      {placed.label !== null && <text x={placed.label.x} y={placed.label.y} font-size={EDGE_FONT} text-anchor="middle" dominant-baseline="central" fill="currentColor">{call.amount}</text>}
    </g>
  );
}

interface NodesProps extends Props {
  selected: number;
  isSigned: boolean;
  onSelect: (index: number) => void;
  onFocus: (index: number) => void;
}

function Nodes({ answer, layout, selected, hits, isSigned, onSelect, onFocus }: NodesProps) {
  const dark = useDark();
  const neighbours = useMemo(() => new Set(answer.calls.flatMap((call) => (call.source === selected ? [call.target] : call.target === selected ? [call.source] : []))), [answer, selected]);
  const { total } = answer.view;
  const isDim = (index: number) => (hits !== null && !hits.has(index)) || (selected >= 0 && index !== selected && !neighbours.has(index));
  const fill = (cum: number) => {
    const share = total === 0 ? 0 : cum / Math.abs(total);
    return isSigned ? changeColor(Math.sign(share) * Math.sqrt(Math.min(1, Math.abs(share))), dark) : shareColor(share, dark);
  };
  return <>{layout.nodes.map((placed) => <Box key={placed.index} placed={placed} answer={answer} fill={fill(answer.nodes[placed.index].cum)} isSelected={placed.index === selected} isDim={isDim(placed.index)} isHit={hits?.has(placed.index) ?? false} onSelect={onSelect} onFocus={onFocus} />)}</>;
}

interface BoxProps {
  placed: PlacedNode;
  answer: GraphAnswer;
  fill: string;
  isSelected: boolean;
  isDim: boolean;
  isHit: boolean;
  onSelect: (index: number) => void;
  onFocus: (index: number) => void;
}

function Box({ placed, answer, fill, isSelected, isDim, isHit, onSelect, onFocus }: BoxProps) {
  const { index, x, y, width, height } = placed;
  const node = answer.nodes[index];
  const size = fontOf(node);
  const step = (height - 8) / node.label.length;
  return (
    <g
      class={`node${isSelected ? " selected" : ""}${isDim ? " dim" : ""}${isHit ? " hit" : ""}`}
      data-node={index}
      role="button"
      tabindex={isSelected ? 0 : -1}
      onClick={(event) => { event.stopPropagation(); onSelect(index); }}
      onDblClick={() => onFocus(index)}
    >
      <title>{node.name}</title>
      <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx="4" fill={fill} />
      {node.label.map((line, row) => <text key={row} x={x} y={y - height / 2 + 4 + step * (row + 0.5)} font-size={Math.min(size, step)} text-anchor="middle" dominant-baseline="central">{line}</text>)}
    </g>
  );
}
