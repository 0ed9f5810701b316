import { chooseTheme, chosenTheme, useDark } from "../theme.ts";

/** Dark or light; a second time it is as the system says again. */
export function ThemeButton() {
  const dark = useDark();
  return (
    <button type="button" class="plain theme" onClick={() => chooseTheme(chosenTheme() === null ? (dark ? "light" : "dark") : null)} title="Dark or light">
      <span aria-hidden="true">{dark ? "☾" : "☀"}</span><span class="unseen">{dark ? "Dark" : "Light"}</span>
    </button>
  );
}
