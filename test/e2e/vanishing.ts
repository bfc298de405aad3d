// Runs that are killed at a certain call, and what comes after them.
import * as assert from "uvu/assert";
import type { FaultAction } from "../../src/emulator/faults.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Running, Stage } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";

export const minute = 60_000;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

/** Waits until something is so; the test's own limit ends it where it never is. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause();
}

export async function kill({ child, ended }: Running): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}

/** Starts an apply, and kills it while the nth request like this is without an answer. */
export async function killAt(stage: Stage, path: RegExp, nth: number, after: boolean): Promise<void> {
  const { control } = stage.board;
  const seen = (): number =>
    control.requests().filter((one) => one.method === "POST" && path.test(one.path)).length;
  const before = seen();
  const action: FaultAction = { kind: "hang", after };
  control.setFaults([{ match: { method: "POST", path: path.source, nth }, do: action }]);
  const running = stage.start("apply", "--auto-approve");
  await Promise.race([until(() => seen() >= before + nth), running.ended]);
  // The board is in this process: it does its work right after it has taken the request in.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await kill(running);
  control.setFaults([]);
}

export const later = (ms: number) => (): number => Date.now() + ms;
export const created = ({ changes }: Plan): string[] =>
  changes.filter(({ steps }) => steps.some(({ step }) => step === "create")).map(({ key }) => key);
export const active = ({ board }: Stage): number =>
  board.control.state().jobs.filter(({ status }) => status === "active").length;
export const bought = ({ board }: Stage, code = "job_publish"): number =>
  board.control.state().ledger.filter((charge) => charge.code === code).length;
/** Runs on a clone until nothing is left to do; what is held by then is named. */
export async function quiet(stage: Stage, now = Date.now): Promise<string[]> {
  for (let round = 1; ; round += 1) {
    await applyInside(stage, {}, { now });
    const { changes, held } = await planInside(stage, {}, { now });
    if (changes.length + held.length === 0) return [];
    if (round < 4) stage.board.control.advance(11 * minute);
    else {
      assert.equal(changes, []);
      return held.map(({ key }) => key);
    }
  }
}
