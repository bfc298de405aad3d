import { firstKnown, type Traits, type Value } from "../model/attributes.ts";
import { equalAttribute } from "../model/equality.ts";
import type { Field, Step } from "../model/plan.ts";
import type { StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { isAwaited } from "./awaited.ts";
import type { History } from "./input.ts";

/** The three sides of one attribute; undefined is "not ours" (desired, applied) or "unknown" (observed, live). */
export interface Sides {
  readonly name: string;
  readonly desired: Value | undefined;
  readonly applied: Value | undefined;
  readonly observed: Value | undefined;
  readonly live: Value | undefined;
  /** Values of the board that were overwritten once already. */
  readonly overwritten: readonly Value[];
  /** The file states what it stated before the board's value was accepted elsewhere. */
  readonly awaited?: boolean;
}

/** What becomes of one attribute: the rows of the three-way table. */
export type Verdict =
  | "same"
  | "record"
  | "edited"
  | "drift"
  | "edited+drift"
  | "insists"
  | "fixed"
  | "awaited";

/** Judges one attribute. `fixed` is an edit of what the board takes at a create only. */
export function judge(traits: Traits, sides: Sides): Verdict {
  const { name, applied, live, observed } = sides;
  const equal = (a: Value | undefined, b: Value | undefined): boolean =>
    a !== undefined && b !== undefined && equalAttribute(traits, name, a, b);
  const removed = sides.desired === undefined;
  if (removed && (applied === undefined || equal(applied, null))) return "same";
  // Removing what the board requires can't clear it; from then on it isn't ours.
  if (removed && traits.attributes[name]?.required) return "record";
  const desired = sides.desired ?? null;
  if (equal(desired, live)) {
    return removed || !equal(desired, applied) || (observed !== undefined && !equal(observed, live))
      ? "record"
      : "same";
  }
  if (sides.awaited) return "awaited";
  const edited = removed || !equal(desired, applied);
  const moved = observed !== undefined && live !== undefined && !equal(observed, live);
  if (!edited && !moved) return "same";
  if (!edited && sides.overwritten.some((value) => equal(value, live))) return "insists";
  if (traits.attributes[name]?.write === "create") return "fixed";
  return edited ? (moved ? "edited+drift" : "edited") : "drift";
}

export interface Difference {
  /** The update that brings the job in line; undefined where nothing is to be sent. */
  readonly update?: Step;
  /** The state says something else than what both sides agree on. */
  readonly record: boolean;
  /** Attributes that are left alone, with the board's value. */
  readonly insists: readonly Field[];
  readonly fixed: readonly Field[];
  readonly awaited: readonly Field[];
}

const noDifference: Difference = { record: false, insists: [], fixed: [], awaited: [] };

/** One attribute with what is made of it. */
export interface Judged {
  readonly sides: Sides;
  readonly verdict: Verdict;
}

/** Every attribute that is or was ours, judged, in no particular order. */
export function judgeAll(
  traits: Traits,
  vacancy: Vacancy,
  entry: StateEntry,
  live: StateEntry["applied"],
  history?: History,
): Judged[] {
  return sidesOf(vacancy, entry, live, history).map((sides) => ({ sides, verdict: judge(traits, sides) }));
}

/**
 * The three-way difference of a vacancy and its job (design: Diff). `live` are the attributes that the board shows;
 * where it doesn't show one, what was last observed, else applied, stands for it.
 */
export function difference(
  traits: Traits,
  vacancy: Vacancy,
  entry: StateEntry,
  live: StateEntry["applied"],
  history?: History,
): Difference {
  const verdicts = judgeAll(traits, vacancy, entry, live, history);
  if (verdicts.every(({ verdict }) => verdict === "same")) return noDifference;
  const fields = (...wanted: Verdict[]): Field[] =>
    verdicts
      .filter(({ verdict }) => wanted.includes(verdict))
      .map(({ sides, verdict }) => fieldOf(sides, verdict));
  const update = updateStep(
    fields("edited", "drift", "edited+drift"),
    verdicts.map(({ verdict }) => verdict),
  );
  return {
    ...(update && { update }),
    record: verdicts.some(({ verdict }) => verdict === "record"),
    insists: fields("insists"),
    fixed: fields("fixed"),
    awaited: fields("awaited"),
  };
}

/** The sides of every attribute that is or was ours, sorted as the board's traits list them. */
function sidesOf(
  vacancy: Vacancy,
  entry: StateEntry,
  live: StateEntry["applied"],
  history: History | undefined,
): Sides[] {
  const names = new Set([...Object.keys(vacancy.attributes), ...Object.keys(entry.applied)]);
  return [...names].map((name) => {
    const applied = entry.applied[name];
    const observed = firstKnown(entry.observed.attributes[name], applied);
    const desired = vacancy.attributes[name];
    return {
      name,
      desired,
      applied,
      observed,
      live: firstKnown(live[name], observed),
      overwritten: entry.overwritten?.[name] ?? [],
      awaited: history !== undefined && isAwaited({ entry }, name, desired ?? null, { history }),
    };
  });
}

function fieldOf(sides: Sides, verdict: Verdict): Field {
  const field: Field = { name: sides.name, prior: sides.applied ?? null, desired: sides.desired ?? null };
  return verdict === "edited" || sides.live === undefined ? field : { ...field, live: sides.live };
}

function updateStep(fields: Field[], verdicts: readonly Verdict[]): Step | undefined {
  if (fields.length === 0) return undefined;
  const drift = verdicts.includes("drift") || verdicts.includes("edited+drift");
  const edited = verdicts.includes("edited") || verdicts.includes("edited+drift");
  const reason = edited ? (drift ? "edited+drift" : "edited") : "drift";
  return { step: "update", reason, cause: edited ? "commit" : "board", fields };
}
