import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { go, parameters } from "../location.ts";
import { exactly, withinPackage } from "../names.ts";
import { isSavedFile } from "../savedfile.ts";
import type { Place } from "./picture.ts";

export interface MenuAt {
  place: Place;
  x: number;
  y: number;
}

interface Props {
  at: MenuAt;
  name: string;
  isRoot: boolean;
  isPackage: boolean;
  onZoom: () => void;
  onPivot: () => void;
  onClose: () => void;
}

export function FlameMenu({ at, name, isRoot, isPackage, onZoom, onPivot, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  const pattern = isPackage ? withinPackage(name) : exactly(name);
  const add = (parameter: string) => () => {
    const before = parameters().get(parameter);
    // What several filters of a kind mean: any of them.
    go({ [parameter]: before && parameter !== "f" && parameter !== "sf" ? `${before}|${pattern}` : pattern, p: null });
  };
  const ofFunction: [string, () => void][] = [
    ...((isPackage ? [] : [["Callers and callees", onPivot]]) as [string, () => void][]),
    ["Focus: only samples through it", add("f")],
    ["Ignore: no samples through it", add("i")],
    ["Hide: without this frame", add("h")],
    ["Show from here", add("sf")],
    ["Peek", () => go({ v: "peek", symbol: pattern })],
    ["Source", () => go({ v: "source", symbol: pattern })],
  ];
  const always: [string, () => void][] = [
    ["Copy name", () => void navigator.clipboard?.writeText(name)],
  ];
  const items: [string, () => void][] = [["Zoom", onZoom], ...(isRoot || isSavedFile ? [] : ofFunction), ...(isRoot ? [] : always)];

  useLayoutEffect(() => {
    const element = menu.current!;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(4, Math.min(at.x, window.innerWidth - width - 4))}px`;
    element.style.top = `${Math.max(4, Math.min(at.y, window.innerHeight - height - 4))}px`;
    element.querySelector("button")?.focus();
  }, [at]);

  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (!menu.current!.contains(event.target as Node)) onClose();
    };
    window.addEventListener("pointerdown", outside);
    return () => window.removeEventListener("pointerdown", outside);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...menu.current!.querySelectorAll("button")];
    const current = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: current + 1, ArrowUp: current - 1 + buttons.length, Home: 0, End: buttons.length - 1 }[event.key];
    if (to !== undefined) buttons[to % buttons.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="menu" role="menu" aria-label={`What to do with ${name}`} ref={menu} onKeyDown={onKeyDown}>
      <bdi class="head">{name}</bdi>
      {items.map(([text, act]) => (
        <button type="button" role="menuitem" key={text} onClick={() => { onClose(); act(); }}>{text}</button>
      ))}
    </div>
  );
}
