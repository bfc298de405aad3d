// Runs every test file in a process of its own and adds up what uvu says: uvu alone ends with 0 when a suite isn't
// run, a hook throws or a test is narrowed, so passed has to be the total, more than 0, with none skipped.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..");
/** Milliseconds after which a test file counts as hung. */
const limitMs = 300_000;

interface Outcome {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly output: string;
}

/** What some files count beside tests, as lines of their own. */
const counted = ["fuzz cases", "corpus files"] as const;

const wanted = process.argv.slice(2);
const files = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => relative(root, join(here, name)))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  // Those want Chromium, the others Node alone: they run where they are named.
  .filter(
    (name) => !name.startsWith(join("test", "browser")) || wanted.some((part) => part.includes("browser")),
  )
  // The long ones first, so that they don't run alone at the end.
  .sort((a, b) => Number(b.includes("e2e")) - Number(a.includes("e2e")) || (a < b ? -1 : 1));

const counts = new Map<string, number>();
const outcomes: Outcome[] = [];
const queue = [...files];
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const outcome = await runFile(file);
      outcomes.push(outcome);
      if (outcome.failed > 0) console.log(`\n✘ ${file}\n${outcome.output}`);
      else console.log(`✔ ${file} (${outcome.passed})`);
    }
  }),
);
const sum = (what: "passed" | "failed"): number =>
  outcomes.reduce((total, outcome) => total + outcome[what], 0);
const [passed, failed] = [sum("passed"), sum("failed")];
console.log(`\n${passed} passed, ${failed} failed`);
for (const [word, count] of counts) console.log(`${word}: ${count}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function runFile(file: string): Promise<Outcome> {
  const source = readFileSync(join(root, file), "utf8");
  const suites = source.match(/\bsuite(<[^>]*>)?\(/g)?.length ?? 0;
  const runs = source.match(/\.run\(\)/g)?.length ?? 0;
  const broken = /\.(only|skip)\(/.test(source)
    ? "a test is narrowed or skipped"
    : suites === 0 || suites !== runs
      ? `${suites} suites, but ${runs} of them are run`
      : undefined;
  if (broken) return { file, passed: 0, failed: 1, output: broken };
  const { code, output } = await execute(file);
  for (const word of counted) {
    const count = countOf(output, word);
    if (count > 0) counts.set(word, count + (counts.get(word) ?? 0));
  }
  const [total, passed, skipped] = ["Total", "Passed", "Skipped"].map((word) => countOf(output, word)) as [
    number,
    number,
    number,
  ];
  const good = code === 0 && total > 0 && passed === total && skipped === 0 && output.includes("Total:");
  const failed = good ? 0 : Math.max(1, total - passed);
  return { file, passed, failed, output: `${output}\n(exit ${code})` };
}

function execute(file: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", file], {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const take = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    const timer = setTimeout(() => {
      output += `\nno end after ${limitMs / 1000} s`;
      child.kill("SIGKILL");
    }, limitMs);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
  });
}

function countOf(output: string, word: string): number {
  const found = [...output.matchAll(new RegExp(`^\\s*${word}:\\s+(\\d+)`, "gm"))];
  return found.reduce((total, match) => total + Number(match[1]), 0);
}
