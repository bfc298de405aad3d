// What may go wrong: every fault at every call, kills, lost states, two at once, moved clocks, other readings.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FaultAction } from "../../src/emulator/faults.ts";
import type { Readings } from "../../src/emulator/options.ts";
import type { Stage } from "../e2e/harness.ts";
import type { Backend, Ground } from "./world.ts";

/** One thing that goes wrong in the first run; afterwards the board is sound again. */
export interface Scenario {
  readonly name: string;
  readonly backend: Backend;
  readonly readings: Partial<Readings>;
  /** What happens; `apply` is a run in this process. */
  readonly disturb: (ground: Ground, apply: () => Promise<void>) => Promise<void>;
  /** The state is lost with the run, or where it lives on a branch the runner's own copy of it. */
  readonly loses?: true;
  /** Milliseconds by which the clock is moved before the next run. */
  readonly later: number;
}

type Base = Omit<Scenario, "name" | "disturb">;

const readings: readonly Partial<Readings>[] = [
  {},
  { listInactive: false, updatesInactive: false, jobAnswer: "object" },
  { rewriteAddress: "at_once", packetPrices: "absent" },
  { listLagMs: 120_000, failedShowsJob: false },
  { reviveIsNoop: true },
];

const actions: readonly FaultAction[] = [
  { kind: "status", status: 500 },
  { kind: "status", status: 503, after: true },
  { kind: "status", status: 429, retryAfter: 0 },
  { kind: "status", status: 422 },
  { kind: "status", status: 404 },
  { kind: "html" },
  { kind: "html", after: true },
  { kind: "redirect", location: "https://example.com/" },
  { kind: "redirect", location: "https://example.com/", after: true },
  { kind: "errors_200" },
  { kind: "drop_before" },
  { kind: "drop_after" },
  { kind: "truncate" },
  { kind: "expire_token" },
  { kind: "moving_list" },
  { kind: "empty_list" },
  { kind: "leaving_list" },
  { kind: "short_page" },
];
const calls: readonly { readonly method: string; readonly path: string; readonly most: number }[] = [
  { method: "POST", path: "/session$", most: 1 },
  { method: "GET", path: "/jobs$", most: 4 },
  { method: "GET", path: "/jobs/\\d+$", most: 8 },
  { method: "POST", path: "/jobs$", most: 5 },
  { method: "PUT", path: "/jobs/", most: 10 },
  { method: "POST", path: "/revive$", most: 8 },
  { method: "POST", path: "/close$", most: 4 },
  { method: "POST", path: "/paid_actions$", most: 3 },
  { method: "PUT", path: "/background$", most: 1 },
  { method: "GET", path: "/company$", most: 6 },
  { method: "GET", path: "/packets", most: 6 },
];

/** A number from 0 to 1 that depends on the seed alone. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** `count` scenarios, of which one in `git` keeps its state on a branch; the same seed gives the same ones. */
export function scenariosOf(count: number, seed: number, git: number): Scenario[] {
  const next = random(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  return Array.from({ length: count }, (_, index): Scenario => {
    const backend: Backend = git > 0 && index % git === git - 1 ? "git" : "file";
    const reading = pick(readings);
    const later = pick([0, 0, 0, 20 * 60_000, 26 * 3_600_000, 35 * 86_400_000]);
    const loses = next() < (backend === "git" ? 0.4 : 0.15) && canBeLost(backend, reading);
    const base: Base = { backend, readings: reading, later, ...(loses && { loses: true as const }) };
    const scenario = oneOf(base, next, pick);
    const more = `${JSON.stringify(reading)} later ${later / 60_000} min${loses ? ", state lost" : ""}`;
    return { ...scenario, name: `${index}: ${backend}: ${scenario.name} ${more}` };
  });
}

/**
 * Two pairs that no reading can settle: a list that doesn't show yet what was made, and a revival that was charged and
 * changed nothing, each with a log that is lost. A branch knows what was planned.
 */
const canBeLost = (backend: Backend, reading: Partial<Readings>): boolean =>
  backend === "git" || (reading.listLagMs === undefined && !reading.reviveIsNoop);

function oneOf(base: Base, next: () => number, pick: <T>(from: readonly T[]) => T): Scenario {
  const kind = next();
  if (kind < 0.06) return killed(base, pick(["log", "time"]), Math.floor(next() * 130));
  if (kind < 0.08) return { ...base, name: "two at once", disturb: twoAtOnce };
  if (kind < 0.12 && base.backend === "git") return refused(base, Math.floor(next() * 6));
  const call = pick(calls);
  const action = pick(actions);
  const nth = 1 + Math.floor(next() * call.most);
  const times = pick([1, 1, 1, 2, 5]);
  const second = next() < 0.3 ? { call: pick(calls), action: pick(actions) } : undefined;
  return {
    ...base,
    name: `${call.method} ${call.path} #${nth} ${JSON.stringify(action)}${second ? `, ${second.call.path} ${second.action.kind}` : ""}`,
    disturb: async ({ stage }, apply) => {
      stage.board.control.setFaults([
        {
          match: { method: call.method, path: call.path, ...(times === 1 ? { nth } : { times }) },
          do: action,
        },
        ...(second ? [{ match: { path: second.call.path, times: 1 }, do: second.action }] : []),
      ]);
      await apply();
    },
  };
}

/** The remote takes so many pushes and no more. */
const refused = (base: Base, after: number): Scenario => ({
  ...base,
  name: `pushes refused after ${after}`,
  disturb: async (ground, apply) => {
    await ground.refuseAfter(after);
    await apply();
    await ground.refuseAfter(undefined);
  },
});

/** kill -9 as soon as the log has so many lines, or after so many milliseconds. */
function killed(base: Base, by: string, at: number): Scenario {
  return {
    ...base,
    name: `kill -9 ${by === "log" ? `at line ${at} of the log` : `after ${at * 12} ms`}`,
    disturb: async ({ stage }) => {
      const running = stage.start("apply", "--auto-approve");
      let ended = false;
      const end = running.ended.then(() => {
        ended = true;
      });
      const started = Date.now();
      const isTime = async (): Promise<boolean> =>
        by === "log" ? (await logLines(stage)) >= at : Date.now() - started >= at * 12;
      while (!ended && !(await isTime())) await new Promise((resolve) => setImmediate(resolve));
      running.child.kill("SIGKILL");
      await end;
    },
  };
}

async function logLines(stage: Stage): Promise<number> {
  const folder = join(stage.dir, ".vac");
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const logs = names.filter((name) => name.endsWith(".log"));
  const texts = await Promise.all(logs.map((log) => readFile(join(folder, log), "utf8").catch(() => "")));
  return texts.join("").split("\n").length - 1;
}

async function twoAtOnce(ground: Ground): Promise<void> {
  const other = ground.another();
  await Promise.all([
    ground.stage.start("apply", "--auto-approve").ended,
    other.start("apply", "--auto-approve").ended,
  ]);
}
