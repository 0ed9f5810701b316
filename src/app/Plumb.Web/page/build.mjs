// Builds the page into the folder that is named: a script, a style sheet and a document for profiles, the same for services, and what both share.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const page = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(page, "dist");
await mkdir(target, { recursive: true });
// The name of a shared script changes with what is in it: those of before would stay.
for (const file of await readdir(target)) if (/\.(js|css)$/.test(file)) await rm(join(target, file));
await build({
  absWorkingDir: page,
  entryPoints: { page: "src/main.tsx", service: "src/service/main.tsx" },
  splitting: true,
  chunkNames: "[name]-[hash]",
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2023",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
});
for (const file of ["index.html", "service.html", "icon.svg"]) await copyFile(join(page, file), join(target, file));
