import { useEffect, useRef, useState } from "preact/hooks";

/** A button that opens a list of things to do. */
export function Popup({ label, items }: { label: string; items: [string, () => void][] }) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    root.current!.querySelector<HTMLButtonElement>("[role=menuitem]")?.focus();
    const outside = (event: PointerEvent) => {
      if (!root.current!.contains(event.target as Node)) setOpen(false);
    };
    window.addEventListener("pointerdown", outside);
    return () => window.removeEventListener("pointerdown", outside);
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    const buttons = [...root.current!.querySelectorAll<HTMLButtonElement>("[role=menuitem]")];
    const current = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === "ArrowDown") buttons[(current + 1) % buttons.length].focus();
    else if (event.key === "ArrowUp") buttons[(current - 1 + buttons.length) % buttons.length].focus();
    else if (event.key === "Escape") {
      setOpen(false);
      root.current!.querySelector("button")!.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span class="popup" ref={root} onKeyDown={onKeyDown}>
      <button type="button" aria-haspopup="menu" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{label} ▾</button>
      {isOpen && (
        <div class="menu" role="menu">
          {items.map(([text, act]) => <button type="button" role="menuitem" key={text} onClick={() => { setOpen(false); act(); }}>{text}</button>)}
        </div>
      )}
    </span>
  );
}
