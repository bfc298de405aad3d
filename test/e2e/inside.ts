// Commands in this very process, for stories of hundreds of runs: all that a process of its own would do but its start.
import { Writable } from "node:stream";
import { type ApplyFlags, applyCommand } from "../../src/commands/apply.ts";
import { type ExitCode, exit, type Globals, type Io } from "../../src/commands/io.ts";
import { planCommand } from "../../src/commands/plan.ts";
import type { PlanFlags } from "../../src/commands/planning.ts";
import type { ApplyResult, Plan } from "../../src/model/plan.ts";
import { newSecrets } from "../../src/model/secrets.ts";
import { errorText } from "../../src/view/error.ts";
import type { Stage } from "./harness.ts";
import { keepText } from "./traces.ts";

interface Heard {
  out: string;
  err: string;
}

/** Any command: what it ended with and what it said. `ask` answers its questions, where a person is there. */
export async function commandInside<F extends Globals>(
  stage: Stage,
  command: (io: Io, flags: F) => Promise<ExitCode>,
  flags: Omit<F, keyof Globals> & Partial<Globals>,
  ask?: Io["ask"],
): Promise<Heard & { code: ExitCode }> {
  const { io, heard } = hearing(stage);
  const { target: _target, allow: _allow, renew: _renew, ...globals } = flagsOf(stage);
  const all = { ...globals, ...(ask && { input: true }), ...flags } as unknown as F;
  try {
    return { code: await command({ ...io, ask }, all), ...heard };
  } catch (error) {
    // As the command line tells it.
    return { code: exit.failed, out: heard.out, err: `${heard.err}${errorText(error, { colour: false })}\n` };
  }
}

function hearing(stage: Stage, edges: Partial<Io> = {}): { io: Io; heard: Heard } {
  const heard: Heard = { out: "", err: "" };
  const into = (name: keyof Heard): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        heard[name] += chunk.toString();
        done();
      },
    });
  const io: Io = {
    out: into("out"),
    err: into("err"),
    env: stage.env,
    secrets: newSecrets(),
    ask: undefined,
    guarded: async (_stop, task) => task(),
    pace: { wait: async () => undefined, backoffMs: 1, requestMs: 20_000 },
    ...edges,
  };
  return { io, heard };
}

function kept({ out, err }: Heard): void {
  keepText("out", out);
  keepText("err", err);
}

const flagsOf = (stage: Stage): PlanFlags => ({
  dir: stage.dir,
  board: stage.board.url,
  format: "json",
  color: false,
  input: false,
  logLevel: "warn",
  verbose: false,
  target: [],
  allow: [],
  renew: [],
});

/** The plan; fails where there is none. */
export async function planInside(
  stage: Stage,
  more: Partial<PlanFlags> = {},
  edges: Partial<Io> = {},
): Promise<Plan> {
  const { io, heard } = hearing(stage, edges);
  const flags = { ...flagsOf(stage), ...more, detailedExitcode: false, offline: false };
  const code = await planCommand(io, flags).finally(() => kept(heard));
  if (code !== 0) throw new Error(`plan ended with ${code}: ${heard.err}`);
  return JSON.parse(heard.out) as Plan;
}

/** An apply without questions, with what it printed. */
export async function applyInside(
  stage: Stage,
  more: Partial<ApplyFlags> = {},
  edges: Partial<Io> = {},
): Promise<{ code: number; result: ApplyResult; err: string }> {
  const { io, heard } = hearing(stage, edges);
  const applied = applyCommand(io, { ...flagsOf(stage), ...more, autoApprove: true });
  const code = await applied.finally(() => kept(heard));
  if (heard.out === "") throw new Error(`apply ended with ${code}: ${heard.err}`);
  return { code, result: JSON.parse(heard.out) as ApplyResult, err: heard.err };
}
