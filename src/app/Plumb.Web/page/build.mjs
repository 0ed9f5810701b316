// Builds the page into the folder that is named: a script, a style sheet and a document for profiles, the same for services, what both share,
// and what is fetched when it is needed: colours of source code, charts, and the layout of graphs.
import { build } from "esbuild";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const page = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(page, "dist");
// The name of a shared script changes with what is in it: those of before would stay.
await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const options = {
  absWorkingDir: page,
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2023",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
};
await build({
  ...options,
  entryPoints: { page: "src/main.tsx", service: "src/service/main.tsx", highlight: "src/source/highlight.ts" },
  splitting: true,
  chunkNames: "[name]-[hash]",
});
// Whole in one file each: a worker with a policy of its own, and the page as it is put into a file that is saved.
await build({ ...options, entryPoints: { graphworker: "src/graph/graphworker.ts", saved: "src/main.tsx" }, splitting: false });
for (const file of ["index.html", "service.html", "icon.svg"]) await copyFile(join(page, file), join(target, file));
