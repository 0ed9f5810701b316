// The picture as a table that opens level by level: for those who cannot see it, and for reading off numbers.
import { useEffect, useRef, useState } from "preact/hooks";
import { amount, change, percent } from "../amounts.ts";
import { nameOf, type Place } from "./picture.ts";
import { childrenOf, type FlameGraph, pathTo } from "./tree.ts";

const MOST_CHILDREN = 200;

interface Props {
  graph: FlameGraph;
  selected: Place | null;
  onSelect: (place: Place) => void;
  onZoom: (place: Place) => void;
}

export function CallTree({ graph, selected, onSelect, onZoom }: Props) {
  const tree = graph.callees;
  const { view, isComparison } = graph.header;
  const [open, setOpen] = useState<ReadonlySet<number>>(() => new Set(heaviestPath(graph)));
  const table = useRef<HTMLTableElement>(null);
  const current = selected !== null && !selected.inCallers ? selected.node : 0;
  const shown = isComparison ? change : amount;

  useEffect(() => {
    const path = pathTo(tree, current).slice(0, -1);
    if (path.some((node) => !open.has(node))) setOpen(new Set([...open, ...path]));
  }, [current]);
  useEffect(() => {
    table.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current, open]);

  const rows: { node: number; children: number }[] = [];
  const add = (node: number) => {
    const children = childrenOf(tree, node);
    rows.push({ node, children: children.length });
    if (open.has(node)) children.slice(0, MOST_CHILDREN).forEach(add);
  };
  add(0);

  const toggle = (node: number, isOpen: boolean) => {
    const next = new Set(open);
    if (isOpen) next.add(node);
    else next.delete(node);
    setOpen(next);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex((row) => row.node === current);
    const { node, children } = rows[Math.max(0, at)];
    const select = (row: number) => {
      if (row < 0 || row >= rows.length) return;
      onSelect({ inCallers: false, node: rows[row].node });
      (table.current!.tBodies[0].rows[row] as HTMLTableRowElement).focus();
    };
    switch (event.key) {
      case "ArrowDown": select(at + 1); break;
      case "ArrowUp": select(at - 1); break;
      case "ArrowRight": if (children > 0 && !open.has(node)) toggle(node, true); else select(at + 1); break;
      case "ArrowLeft": if (open.has(node)) toggle(node, false); else select(rows.findIndex((row) => row.node === tree.parent[node])); break;
      case "Enter": onZoom({ inCallers: false, node }); break;
      default: return;
    }
    event.preventDefault();
  };

  return (
    <div class="calltree">
      <table role="treegrid" aria-label="Calls" ref={table} onKeyDown={onKeyDown}>
        <thead><tr><th scope="col">Function</th><th scope="col">Total</th><th scope="col">%</th><th scope="col">Own</th></tr></thead>
        <tbody>
          {rows.map(({ node, children }) => (
            <tr
              key={node}
              tabIndex={node === current ? 0 : -1}
              aria-level={tree.depth[node] + 1}
              aria-expanded={children === 0 ? undefined : open.has(node)}
              aria-selected={node === current}
              onClick={() => onSelect({ inCallers: false, node })}
              onDblClick={() => onZoom({ inCallers: false, node })}
            >
              <td style={{ paddingLeft: `${Math.min(tree.depth[node], 40) * 10 + 4}px` }}>
                <span class="fold" aria-hidden="true" onClick={() => children > 0 && toggle(node, !open.has(node))}>{children === 0 ? "" : open.has(node) ? "▾" : "▸"}</span>
                <bdi class="cut" title={nameOf(graph, { inCallers: false, node })}>{nameOf(graph, { inCallers: false, node })}</bdi>
              </td>
              <td>{shown(tree.value[node], view.natural)}</td>
              <td>{percent(tree.value[node], view.total)}</td>
              <td>{shown(tree.self[node], view.natural)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Opened at first: where most of it goes, as long as there is one such way. */
function heaviestPath(graph: FlameGraph): number[] {
  const tree = graph.callees;
  const path = [0];
  for (let [child] = childrenOf(tree, 0); child !== undefined && tree.weight[child] > tree.weight[0] / 2; [child] = childrenOf(tree, child)) path.push(child);
  return path;
}
