import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface Props {
  label: ComponentChildren;
  title?: string;
  name: string;
  children: ComponentChildren;
}

/** A button that opens a small sheet below it. A click elsewhere or Escape closes it. */
export function Panel({ label, title, name, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: PointerEvent) => {
      if (!root.current!.contains(event.target as Node)) setOpen(false);
    };
    window.addEventListener("pointerdown", outside);
    return () => window.removeEventListener("pointerdown", outside);
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !isOpen) return;
    setOpen(false);
    root.current!.querySelector("button")!.focus();
    event.stopPropagation();
  };
  return (
    <span class={`popup ${name}`} ref={root} onKeyDown={onKeyDown}>
      <button type="button" aria-expanded={isOpen} title={title} onClick={() => setOpen(!isOpen)}>{label}<span class="caret" aria-hidden="true" /></button>
      {isOpen && <div class="sheet" role="group" aria-label={title}>{children}</div>}
    </span>
  );
}
