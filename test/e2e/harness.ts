// Runs the built command against the board, as a person or a pipeline would.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Test } from "uvu";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import type { Readings } from "../../src/emulator/options.ts";
import type { ApplyResult } from "../../src/generated/apply.ts";
import type { PlanJson } from "../../src/generated/plan.ts";
import { credentials, login, password } from "./credentials.ts";
import { keepFolder, keepText } from "./traces.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const cli = join(root, "dist", "cli.js");

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A process that is still running. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has told on stderr so far. */
  readonly heard: () => string;
}

/** Starts `vac` with these arguments; nothing of the caller's VAC_* or GIT_* gets through. */
export function start(args: readonly string[], env: Record<string, string> = {}, cwd = root): Running {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VAC|GIT)_/.test(name)));
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { ...clean, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((resolve) =>
    child.on("close", (code) => {
      keepText("out", out);
      keepText("err", err);
      resolve({ code, out, err });
    }),
  );
  return { child, ended, heard: () => err };
}

export const vac = (args: readonly string[], env?: Record<string, string>, cwd?: string): Promise<Ended> =>
  start(args, env, cwd).ended;

/** A board, a workspace, and the command between them. */
export class Stage {
  readonly dir: string;
  readonly board: Emulator;

  constructor(dir: string, board: Emulator) {
    this.dir = dir;
    this.board = board;
  }

  static async open(
    files: Record<string, string | Uint8Array>,
    options: EmulatorOptions = {},
  ): Promise<Stage> {
    const dir = await mkdtemp(join(tmpdir(), "vac-e2e-"));
    const stage = new Stage(join(dir, "vacancies"), await startEmulator({ login, password, ...options }));
    await mkdir(stage.dir);
    for (const [name, text] of Object.entries(files)) await stage.write(name, text);
    return stage;
  }

  get env(): Record<string, string> {
    return credentials;
  }

  async write(name: string, text: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(this.dir, name)), { recursive: true });
    await writeFile(join(this.dir, name), text);
  }

  async edit(name: string, from: string, to: string): Promise<void> {
    const text = await readFile(join(this.dir, name), "utf8");
    if (!text.includes(from)) throw new Error(`${name} doesn't hold ${from}`);
    await this.write(name, text.replace(from, to));
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.dir, name), { recursive: true });
  }

  async forget(): Promise<void> {
    await rm(join(this.dir, ".vac"), { recursive: true });
  }

  start(...args: string[]): Running {
    return start(["--dir", this.dir, "--board", this.board.url, ...args], this.env);
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** The plan as JSON; fails the test where there is none. */
  async plan(...args: string[]): Promise<PlanJson> {
    const { code, out, err } = await this.run("plan", "--format", "json", ...args);
    if (code !== 0) throw new Error(`plan ended with ${code}: ${err}`);
    return JSON.parse(out) as PlanJson;
  }

  async apply(...args: string[]): Promise<{ code: number | null; result: ApplyResult; err: string }> {
    const { code, out, err } = await this.run("apply", "--auto-approve", "--format", "json", ...args);
    if (out === "") throw new Error(`apply ended with ${code}: ${err}`);
    return { code, result: JSON.parse(out) as ApplyResult, err };
  }

  /** How often a method and path were asked for since the last call. */
  count(method: string, path: RegExp): number {
    return this.board.control
      .requests()
      .filter((request) => request.method === method && path.test(request.path)).length;
  }

  jobs() {
    return this.board.control.state().jobs;
  }

  async close(): Promise<void> {
    await this.board.close();
    keepFolder(dirname(this.dir));
    await rm(dirname(this.dir), { recursive: true, force: true });
  }
}

/** The two ways in which the document can be read where a story may meet it. */
const boards: Readonly<Record<string, Partial<Readings>>> = {
  "as the document's examples": {},
  "as it may be too": { listInactive: false, updatesInactive: false, jobAnswer: "object" },
};
let standing: Partial<Readings> = {};

/** Adds a story to a suite once for each reading of the document. */
export function underBothReadings(tests: Test): (name: string, story: () => Promise<void>) => void {
  return (name, story) => {
    for (const [board, readings] of Object.entries(boards)) {
      tests(`${name} (${board})`, async () => {
        standing = readings;
        await story();
      });
    }
  };
}

/** Runs a story on a stage of its own, and clears it away whatever happens. */
export async function onStage(
  files: Record<string, string | Uint8Array>,
  story: (stage: Stage) => Promise<void>,
  options: EmulatorOptions = {},
): Promise<void> {
  const stage = await Stage.open(files, { ...options, readings: { ...standing, ...options.readings } });
  try {
    await story(stage);
  } finally {
    await stage.close();
  }
}

/** The steps of a plan in a few words: `a: create`, `b: update(salary_from)`. */
export function stepsOf(plan: PlanJson): string[] {
  return plan.changes.flatMap(({ key, steps }) =>
    steps.map(({ step, fields }) =>
      step === "update"
        ? `${key}: update(${fields?.map((field) => field.name).join(",")})`
        : `${key}: ${step}`,
    ),
  );
}

/** A vacancy file with what a story changes. */
export function vacancyFile(change: Record<string, unknown> = {}): string {
  const file = {
    title: "Пекарь",
    description: "Печём хлеб по сменам, учим с нуля.",
    profession_id: 85,
    address: "Москва, улица Еланского, 2",
    lat: 55.7346276065292,
    long: 37.5734168663621,
    salary_from: 60000,
    salary_period: "monthly",
    ...change,
  };
  return `${Object.entries(file)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join("\n")}\n`;
}

/** n different vacancies. */
export function manyFiles(n: number, folder = "moscow"): Record<string, string> {
  const files: Record<string, string> = {};
  for (let i = 1; i <= n; i += 1) {
    files[`${folder}/v${String(i).padStart(4, "0")}.yaml`] = vacancyFile({
      title: `Пекарь ${i}`,
      description: `Печём хлеб, смена ${i}.`,
      address: `Москва, улица Еланского, ${i}`,
    });
  }
  return files;
}
