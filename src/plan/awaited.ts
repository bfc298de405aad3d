// Values of the board that were accepted into a file, seen from a history that doesn't have that edit yet.
import type { Value } from "../model/attributes.ts";
import { refKey } from "../model/job.ts";
import { type Decision, hold } from "./decision.ts";
import type { Circumstances, Situation } from "./situation.ts";

/** Whether a file states what it stated before an acceptance that this history never had: that is no edit. */
export function isAwaited(
  { entry }: Pick<Situation, "entry">,
  name: string,
  desired: Value,
  { history }: Pick<Circumstances, "history">,
): boolean {
  const accepted = entry.accepted?.[name];
  return (
    accepted !== undefined &&
    accepted.before === desired &&
    history.accepts(refKey(entry.job), name) !== "yes"
  );
}

/** Left alone until the edit arrives. */
export function awaited(key: string, name: string): Decision {
  return hold(
    `the board's ${name} was accepted into a file, in an edit that isn't here yet`,
    `merge the branch that has it; to give it up: vac state resolve ${key} --not-done`,
  );
}
