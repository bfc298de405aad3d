// Bundles src/cli.ts into dist/: one entry, a chunk for each command, so that `vac --help` loads little.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));
/** What the program is made from: another one may parse or check files otherwise, and what it has cached is of no use. */
const sources = createHash("sha256");
for (const folder of ["src", "schemas"])
  for (const name of readdirSync(`${root}${folder}`, { recursive: true }).sort())
    if (/\.(ts|cjs|json)$/.test(name))
      sources.update(`${name}\0`).update(readFileSync(`${root}${folder}/${name}`));
sources.update(readFileSync(`${root}package-lock.json`));

await rm(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { cli: "src/cli.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  chunkNames: "chunks/[name]-[hash]",
  alias: { "string-width": "./scripts/string-width.mjs" },
  define: { __build: JSON.stringify(sources.digest("hex").slice(0, 16)) },
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  // Node compiles what it loads each time: less text, less to do.
  minify: true,
  legalComments: "linked",
  logLevel: "warning",
});
await chmod(`${root}dist/cli.js`, 0o755);
