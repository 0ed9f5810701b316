import { useEffect, useState } from "preact/hooks";
import { isDark } from "./flame/colors.ts";

const KEY = "plumb.theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
system.addEventListener("change", () => listeners.forEach((listener) => listener()));

/** Light, dark, or null for what the system says. */
export function chosenTheme(): string | null {
  return document.documentElement.dataset.theme ?? null;
}

export function chooseTheme(theme: string | null): void {
  if (theme === null) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing forgets the choice with the page.
  }
  listeners.forEach((listener) => listener());
}

export function restoreTheme(): void {
  try {
    const theme = localStorage.getItem(KEY);
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  } catch {
    // As above.
  }
}

export function useDark(): boolean {
  const [dark, setDark] = useState(isDark);
  useEffect(() => {
    const listener = () => setDark(isDark());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return dark;
}
