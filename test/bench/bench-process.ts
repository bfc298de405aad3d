// npm run bench: how long commands take, beside what nothing on Node can be faster than.
// -- --sizes 100,1000  --runs 5  --latencies 0,50  --huge (99,999 vacancies too, with the settings as many files as may be)  --json
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { helpRow, type Row, rowsOf, type Tools } from "./rows.ts";
import { head, line, withRatio } from "./table.ts";
import { writeWorkspace } from "./workspace.ts";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "100,1000,10000" },
    runs: { type: "string", default: "5" },
    latencies: { type: "string", default: "0,50" },
    port: { type: "string", default: "8791" },
    huge: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
/** Whole numbers from `least` on, or an end with a word why not. */
function numbers(name: string, text: string, least: number): number[] {
  const found = text.split(",").map(Number);
  if (found.every((one) => Number.isInteger(one) && one >= least)) return found;
  console.error(`--${name} ${text}: whole numbers from ${least} on are wanted`);
  process.exit(1);
}
const [runs = 1] = numbers("runs", values.runs, 1);
const sizes = numbers("sizes", values.sizes, 1);
const latencies = numbers("latencies", values.latencies, 0);
const [port = 0] = numbers("port", values.port, 0);
const root = fileURLToPath(new URL("../../", import.meta.url));
const ground = mkdtempSync(join(tmpdir(), "vac-bench-"));
const machine = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cpu: `${cpus()[0]?.model.trim()} × ${cpus().length}`,
  memoryGib: Math.round(totalmem() / 2 ** 30),
  runs,
};

const rows: Row[] = [];
try {
  const floor = join(ground, "floor.mjs");
  await build({
    entryPoints: [join(root, "test", "bench", "floor.mjs")],
    outfile: floor,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
  const tools: Tools = {
    cli: join(root, "dist", "cli.js"),
    floor,
    runs: machine.runs,
    port,
    latencies,
    done(row) {
      rows.push(row);
      if (!values.json) console.log(line(row));
    },
  };
  if (!values.json) {
    const { date, node, cpu, memoryGib, runs } = machine;
    console.log(`${date}, Node ${node}, ${cpu}, ${memoryGib} GiB; medians of ${runs}\n`);
    for (const one of head) console.log(one);
  }
  await helpRow(tools);
  for (const n of [...sizes, ...(values.huge ? [99_999] : [])]) {
    const place = join(ground, String(n));
    await rowsOf(tools, writeWorkspace(place, n), n);
    rmSync(place, { recursive: true });
  }
  if (values.json) console.log(JSON.stringify({ machine, rows: rows.map(withRatio) }, undefined, 2));
} finally {
  rmSync(ground, { recursive: true, force: true });
}
