// Runs a command as a process of its own and tells what it took.
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const usage = fileURLToPath(new URL("./usage.cjs", import.meta.url));

export interface Command {
  /** What follows `node`. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The exit code that says it did what is measured. */
  readonly ends: number;
}

/** Milliseconds of wall clock and of CPU, MiB at the peak. */
export interface Took {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

/** Runs it once. Throws where it ends otherwise than it should: then something else would be measured. */
export async function measure({ args, env = {}, cwd, ends }: Command): Promise<Took> {
  const file = join(tmpdir(), `vac-bench-usage-${process.pid}.json`);
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VAC|GIT)_/.test(name)));
  const began = performance.now();
  const child = spawn(process.execPath, ["--require", usage, ...args], {
    env: { ...clean, ...env, BENCH_USAGE: file },
    stdio: ["ignore", "ignore", "pipe"],
    ...(cwd !== undefined && { cwd }),
  });
  let wall = 0;
  let told = "";
  child.stderr.on("data", (chunk: Buffer) => (told += chunk.toString()));
  child.on("exit", () => (wall = performance.now() - began));
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  try {
    if (code !== ends) throw new Error(`${args.join(" ")} ended with ${code}, not ${ends}:\n${told}`);
    const { cpu, rss } = JSON.parse(readFileSync(file, "utf8")) as { cpu: number; rss: number };
    return { wall, cpu: cpu / 1000, memory: rss / 1024 };
  } finally {
    rmSync(file, { force: true });
  }
}

/** The middle of several numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 1 ? half : half - 1], sorted[half]];
  return (low + high) / 2;
}

/** Of each measure its median. */
export function medianOf(runs: readonly Took[]): Took {
  return {
    wall: median(runs.map(({ wall }) => wall)),
    cpu: median(runs.map(({ cpu }) => cpu)),
    memory: median(runs.map(({ memory }) => memory)),
  };
}
