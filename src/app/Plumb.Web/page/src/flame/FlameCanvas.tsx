import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { draw, nameOf, type Palettes, type Place, placeAt, type Range, ROW, rowsOf, samePlace, topOf, treeOf, type View } from "./picture.ts";
import { firstChild, type FlameGraph, nextSibling, previousSibling } from "./tree.ts";
import type { MenuAt } from "./FlameMenu.tsx";

const FONT_SIZE = 12;
const ZOOM_MILLISECONDS = 160;
const DRAG_PIXELS = 4;

interface Props {
  canvasRef: RefObject<HTMLCanvasElement | null>;
  graph: FlameGraph;
  palettes: Palettes;
  isFlame: boolean;
  zoom: Place;
  hits: Uint8Array | null;
  hover: Place | null;
  selected: Place | null;
  describe: (place: Place) => [heading: string, text: string][];
  onHover: (place: Place | null) => void;
  onSelect: (place: Place | null) => void;
  onZoom: (place: Place) => void;
  onPivot: (place: Place) => void;
  onStep: (direction: 1 | -1) => void;
  onMenu: (at: MenuAt) => void;
}

export function FlameCanvas(props: Props) {
  const { graph, isFlame, zoom, canvasRef } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const range = useRef<Range>(rangeOf(graph, zoom));
  const drawn = useRef(graph);
  const latest = useRef(props);
  const pending = useRef(0);
  const drag = useRef<{ x: number; y: number; from: number; scroll: number; moved: boolean; sideways: boolean } | null>(null);
  const touches = useRef(new Map<number, { x: number; y: number }>());
  const [pointer, setPointer] = useState<{ x: number; y: number } | null>(null);
  latest.current = props;
  if (drawn.current !== graph) {
    drawn.current = graph;
    range.current = rangeOf(graph, zoom);
  }

  const viewNow = (): View => {
    const element = scroller.current!;
    return { ...range.current, width: element.clientWidth, height: element.clientHeight, scroll: element.scrollTop, isFlame: latest.current.isFlame };
  };

  // However many things change before the next frame, it is drawn once.
  const redraw = () => {
    if (pending.current !== 0) return;
    pending.current = requestAnimationFrame(() => {
      pending.current = 0;
      const canvas = canvasRef.current;
      if (canvas === null || scroller.current === null) return;
      const began = performance.now();
      const view = viewNow();
      const density = window.devicePixelRatio || 1;
      const [width, height] = [Math.round(view.width * density), Math.round(view.height * density)];
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = `${view.width}px`;
        canvas.style.height = `${view.height}px`;
      }
      const context = canvas.getContext("2d", { alpha: false })!;
      context.setTransform(density, 0, 0, density, 0, 0);
      context.font = `${FONT_SIZE}px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace`;
      const charWidth = context.measureText("0000000000").width / 10;
      const { palettes, hover, selected, hits, zoom: zoomed } = latest.current;
      const boxes = draw({ context, density, charWidth }, latest.current.graph, view, palettes, { zoom: zoomed, hover, selected, hits });
      // Read by the benchmark.
      canvas.dataset.boxes = String(boxes);
      canvas.dataset.milliseconds = (performance.now() - began).toFixed(2);
    });
  };

  useLayoutEffect(redraw);
  useEffect(() => {
    const observer = new ResizeObserver(redraw);
    observer.observe(scroller.current!);
    return () => observer.disconnect();
  }, []);

  // A flame stands on its bottom, and what a picture turns around is in the middle of it.
  useLayoutEffect(() => {
    const element = scroller.current!;
    const root = topOf(graph, { inCallers: false, node: 0 }, isFlame);
    element.scrollTop = graph.callers !== null ? root - element.clientHeight / 2 : isFlame ? root : 0;
  }, [graph, isFlame]);

  // With what is said of the zoom: a click that follows at once is one on what it led to.
  useLayoutEffect(() => {
    const target = rangeOf(graph, zoom);
    const start = { ...range.current };
    if (start.from === target.from && start.to === target.to) return;
    reveal(scroller.current!, topOf(graph, zoom, isFlame));
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      range.current = target;
      redraw();
      return;
    }
    let frame = 0;
    const began = performance.now();
    const step = (now: number) => {
      const done = Math.min(1, Math.max(0, (now - began) / ZOOM_MILLISECONDS));
      const eased = 1 - (1 - done) ** 3;
      range.current = { from: start.from + (target.from - start.from) * eased, to: start.to + (target.to - start.to) * eased };
      redraw();
      if (done < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [graph, zoom.node, zoom.inCallers]);

  useEffect(() => {
    const { selected } = props;
    if (selected !== null) reveal(scroller.current!, topOf(graph, selected, isFlame));
  }, [props.selected]);

  const at = (event: { clientX: number; clientY: number }): Place | null => {
    const box = canvasRef.current!.getBoundingClientRect();
    return placeAt(graph, viewNow(), event.clientX - box.left, event.clientY - box.top);
  };

  const setRange = (from: number, to: number) => {
    const all = graph.callees.weight[0];
    const width = Math.min(all, Math.max(to - from, all * 1e-9));
    const left = Math.min(Math.max(0, from), all - width);
    range.current = { from: left, to: left + width };
    redraw();
  };

  // Listened to directly: only so can the browser be kept from zooming the whole page.
  useEffect(() => {
    const element = scroller.current!;
    const onWheel = (event: WheelEvent) => {
      const { width, from, to } = viewNow();
      if (event.ctrlKey || event.metaKey) {
        const point = from + ((event.clientX - element.getBoundingClientRect().left) / width) * (to - from);
        const factor = Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.005);
        event.preventDefault();
        setRange(point - (point - from) * factor, point + (to - point) * factor);
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        const by = ((event.deltaX || event.deltaY) / width) * (to - from);
        event.preventDefault();
        setRange(from + by, to + by);
      }
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [graph]);

  // A way that moves the picture is kept from the browser. Else, if the finger leaves in full swing, it takes the next tap for one that stops a
  // rolling page, and swallows it, though nothing rolls. Listened to directly: only so can it be kept.
  useEffect(() => {
    const element = canvasRef.current!;
    const keep = (event: TouchEvent) => {
      if (event.cancelable && (event.touches.length > 1 || drag.current?.sideways)) event.preventDefault();
    };
    element.addEventListener("touchmove", keep, { passive: false });
    return () => element.removeEventListener("touchmove", keep);
  }, []);

  // One finger moves sideways, two zoom; up and down is the browser's.
  const onTouchMove = (event: PointerEvent) => {
    const before = touches.current.get(event.pointerId);
    if (before === undefined) return;
    const other = [...touches.current].find(([id]) => id !== event.pointerId)?.[1];
    const { width, from, to } = viewNow();
    const span = to - from;
    touches.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (drag.current !== null) {
      const [dx, dy] = [Math.abs(event.clientX - drag.current.x), Math.abs(event.clientY - drag.current.y)];
      drag.current.moved ||= dx > DRAG_PIXELS;
      drag.current.sideways ||= dx > Math.max(DRAG_PIXELS, dy);
    }
    if (other === undefined) {
      const by = ((before.x - event.clientX) / width) * span;
      if (drag.current?.moved) setRange(from + by, to + by);
      return;
    }
    // What is under the other finger stays there: so each keeps what it is on, in whatever order and strides a busy browser tells of them.
    const factor = Math.max(1, Math.abs(before.x - other.x)) / Math.max(1, Math.abs(event.clientX - other.x));
    const point = from + ((other.x - scroller.current!.getBoundingClientRect().left) / width) * span;
    setRange(point - (point - from) * factor, point + (to - point) * factor);
  };

  const onPointerMove = (event: PointerEvent) => {
    if (event.pointerType === "touch") {
      onTouchMove(event);
      return;
    }
    const edge = scroller.current!.getBoundingClientRect();
    setPointer({ x: event.clientX - edge.left, y: event.clientY - edge.top });
    const from = drag.current;
    if (from !== null && event.buttons === 1 && event.pointerType === "mouse") {
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      from.moved ||= Math.hypot(dx, dy) > DRAG_PIXELS;
      if (from.moved) {
        const { width, to, from: left } = viewNow();
        const span = to - left;
        setRange(from.from - (dx / width) * span, from.from - (dx / width) * span + span);
        scroller.current!.scrollTop = from.scroll - dy;
        return;
      }
    }
    const place = at(event);
    if (!samePlace(place, props.hover)) props.onHover(place);
  };

  const onClick = (event: MouseEvent) => {
    const moved = drag.current?.moved ?? false;
    drag.current = null;
    if (moved) return;
    const place = at(event);
    if (place === null) return;
    props.onSelect(place);
    if (samePlace(place, zoom) && treeOf(graph, place).frame[place.node] >= 0 && graph.callers === null) props.onPivot(place);
    else props.onZoom(place);
  };

  const openMenu = (place: Place) => {
    const view = viewNow();
    const tree = treeOf(graph, place);
    const box = canvasRef.current!.getBoundingClientRect();
    const x = ((tree.left[place.node] - view.from) / (view.to - view.from)) * view.width;
    props.onMenu({ place, x: box.left + Math.min(Math.max(8, x), view.width - 200), y: box.top + topOf(graph, place, isFlame) - view.scroll + ROW });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const place = props.selected ?? zoom;
    const tree = treeOf(graph, place);
    // In a flame what is called is above, and so it is above its callers in a picture that turns around a function.
    const deeper = isFlame !== place.inCallers ? "ArrowUp" : "ArrowDown";
    const shallower = deeper === "ArrowUp" ? "ArrowDown" : "ArrowUp";
    const to = (node: number, inCallers = place.inCallers) => node >= 0 && props.onSelect({ inCallers, node });
    switch (event.key) {
      case deeper: to(firstChild(tree, place.node)); break;
      case shallower:
        if (place.node === 0 && graph.callers !== null) to(firstChild(treeOf(graph, { inCallers: !place.inCallers, node: 0 }), 0), !place.inCallers);
        else to(tree.parent[place.node]);
        break;
      case "ArrowRight": to(nextSibling(tree, place.node)); break;
      case "ArrowLeft": to(previousSibling(tree, place.node)); break;
      case "Home": to(0); break;
      case "Enter": case " ": props.onZoom(place); break;
      case "p": props.onPivot(place); break;
      case "n": props.onStep(1); break;
      case "N": props.onStep(-1); break;
      case "m": case "ContextMenu": openMenu(place); break;
      case "F10": if (!event.shiftKey) return; openMenu(place); break;
      case "Escape":
        if (props.selected === null || samePlace(props.selected, zoom)) props.onZoom({ inCallers: false, node: 0 });
        props.onSelect(null);
        break;
      default: return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="frame">
      <div class="canvas" ref={scroller} onScroll={redraw}>
        <canvas
          data-searched
          ref={canvasRef}
          tabIndex={0}
          role="application"
          aria-roledescription="flame graph"
          aria-label="Flame graph. Arrow keys move, Enter zooms, p shows callers and callees, m opens the menu. The button Tree shows the same as a table."
          onPointerDown={(event) => {
            if (event.pointerType === "touch") touches.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
            if (event.button === 0) drag.current = { x: event.clientX, y: event.clientY, from: range.current.from, scroll: scroller.current!.scrollTop, moved: false, sideways: false };
          }}
          onPointerMove={onPointerMove}
          onPointerUp={(event) => void touches.current.delete(event.pointerId)}
          onPointerCancel={(event) => void touches.current.delete(event.pointerId)}
          onPointerLeave={(event) => {
            touches.current.delete(event.pointerId);
            if (event.pointerType !== "touch") drag.current = null;
            setPointer(null);
            props.onHover(null);
          }}
          onClick={onClick}
          onContextMenu={(event) => {
            const place = at(event);
            if (place === null) return;
            event.preventDefault();
            props.onSelect(place);
            props.onMenu({ place, x: event.clientX, y: event.clientY });
          }}
          onKeyDown={onKeyDown}
        />
        <div class="spacer" style={{ height: `${rowsOf(graph) * ROW}px` }} />
      </div>
      {props.hover !== null && pointer !== null && <Tip at={pointer} name={nameOf(graph, props.hover)} figures={props.describe(props.hover)} room={scroller.current!} />}
    </div>
  );
}

/** What is under the pointer; a screen reader is told of what is selected instead. */
function Tip({ at, name, figures, room }: { at: { x: number; y: number }; name: string; figures: [string, string][]; room: HTMLElement }) {
  const isLeft = at.x > room.clientWidth * 0.6;
  const isAbove = at.y > room.clientHeight - 120;
  const style = {
    [isLeft ? "right" : "left"]: `${isLeft ? room.offsetWidth - at.x + 12 : at.x + 14}px`,
    [isAbove ? "bottom" : "top"]: `${isAbove ? room.clientHeight - at.y + 10 : at.y + 18}px`,
  };
  return (
    <div class="tip" style={style} aria-hidden="true">
      <bdi class="name">{name}</bdi>
      <dl>{figures.map(([heading, text]) => <div key={heading}><dt>{heading}</dt><dd>{text}</dd></div>)}</dl>
    </div>
  );
}

function rangeOf(graph: FlameGraph, zoom: Place): Range {
  const tree = treeOf(graph, zoom);
  const from = tree.left[zoom.node];
  return { from, to: from + Math.max(tree.weight[zoom.node], Number.MIN_VALUE) };
}

function reveal(scroller: HTMLDivElement, top: number): void {
  const margin = 2 * ROW;
  if (top < scroller.scrollTop + margin) scroller.scrollTop = Math.max(0, top - margin);
  else if (top + ROW > scroller.scrollTop + scroller.clientHeight - margin) scroller.scrollTop = top + ROW - scroller.clientHeight + margin;
}
