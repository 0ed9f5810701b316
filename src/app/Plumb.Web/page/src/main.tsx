import { render } from "preact";
import { App } from "./app.tsx";
import { parameters, reportQuery } from "./location.ts";
import "./page.css";
import { begin } from "./server.ts";
import { restoreTheme } from "./theme.ts";

// The largest answer is on its way while the rest of the page asks what there is to show.
if ((parameters().get("v") ?? "flame") === "flame") begin("flame", reportQuery(parameters(), ["p"]));
restoreTheme();
render(<App />, document.getElementById("page")!);
