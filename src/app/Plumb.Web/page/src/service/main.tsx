import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "../page.css";
import "./service.css";
import { restoreTheme } from "../theme.ts";
import { Service } from "./Service.tsx";

restoreTheme();
render(<Service />, document.getElementById("page")!);
