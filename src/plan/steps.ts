// The steps that a plan is made of, each written once.
import type { Value } from "../model/attributes.ts";
import type { Cause, Charge, Step } from "../model/plan.ts";
import type { Vacancy } from "../model/vacancy.ts";
import type { Due } from "./promotion.ts";

/** One unit of a publication type; its price is told by the board's funds, which plans without prices don't read. */
const publish = (publication: string): Charge[] => [{ code: publication, units: 1, wallet: null }];

/** A new publication with everything that is ours and isn't empty. */
export function createStep(vacancy: Vacancy, reason: string): Step {
  const fields = Object.entries(vacancy.attributes)
    .filter(([, value]) => value !== null)
    .map(([name, desired]) => ({ name, prior: null, desired }));
  const publication = vacancy.publication;
  return { step: "create", reason, cause: "commit", fields, publication, cost: publish(publication) };
}

/** A paid revival; `expiresAt` is the expiry that it answers to, in milliseconds. */
export function reviveStep(
  vacancy: Vacancy,
  reason: string,
  cause: Cause,
  expiresAt: number | undefined,
): Step {
  const publication = vacancy.publication;
  const step: Step = { step: "revive", reason, cause, publication, cost: publish(publication) };
  return expiresAt === undefined ? step : { ...step, expires_at: new Date(expiresAt).toISOString() };
}

/** A paid service on a job. */
export function promoteStep({ action, account, words, reason, cause }: Due): Step {
  const cost: Charge[] = [{ code: action, units: 1, wallet: null }];
  return { step: "promote", reason, cause, action, account, words: [...words], cost };
}

/** A close with the reason that the board is told. */
export function closeStep(reason: string, cause: Cause, closeReason: string): Step {
  return { step: "close", reason, cause, close_reason: closeReason };
}

/** A change of the state alone. */
export function recordStep(reason: string): Step {
  return { step: "record", reason, cause: "commit" };
}

/** Drops what the state knows of a key. */
export function forgetStep(reason: string): Step {
  return { step: "forget", reason, cause: "commit" };
}

/** Gives a vacancy the key that its file now has. */
export function moveStep(from: string): Step {
  return { step: "move", reason: `was ${from}`, cause: "commit", from };
}

/** The update that sends what an adopted job doesn't show. */
export function unseenStep(vacancy: Vacancy, shown: Readonly<Record<string, Value>>): Step | undefined {
  const fields = Object.entries(vacancy.attributes)
    .filter(([name, value]) => shown[name] === undefined && value !== null)
    .map(([name, desired]) => ({ name, prior: null, desired }));
  if (fields.length === 0) return undefined;
  return { step: "update", reason: "not shown by the board", cause: "commit", fields };
}
