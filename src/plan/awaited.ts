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
  const before: readonly Value[] = entry.accepted?.[name]?.before ?? [];
  return before.includes(desired) && history.accepts(refKey(entry.job), name) !== "yes";
}

/** Left alone until the edit arrives, or until the history is long enough to tell that it has. */
export function awaited(
  { key, entry }: Pick<Situation, "key" | "entry">,
  name: string,
  { history }: Pick<Circumstances, "history">,
): Decision {
  const giveUp = `to give it up: vac state resolve ${key} --not-done`;
  if (history.accepts(refKey(entry.job), name) === "unknown") {
    return hold(
      `the board's ${name} was accepted into a file, and the history is too short to tell whether that edit is here`,
      `fetch the whole history (git fetch --unshallow) and plan again; ${giveUp}`,
    );
  }
  return hold(
    `the board's ${name} was accepted into a file, in an edit that isn't here yet`,
    `merge the branch that has it; ${giveUp}`,
  );
}
