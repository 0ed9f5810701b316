import { render } from "preact";
import { App } from "./app.tsx";
import "./page.css";
import { restoreTheme } from "./theme.ts";

restoreTheme();
render(<App />, document.getElementById("page")!);
