// What an entry of the state becomes by a step: pure, and known before the call is made, so that the log can hold it.
import { type Attributes, firstKnown, type Traits, type Value } from "../model/attributes.ts";
import { equalAttribute } from "../model/equality.ts";
import type { JobView } from "../model/job.ts";
import type { Step } from "../model/plan.ts";
import { draftOf, type EntryDraft, type StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { isWantedClosed, statusOf } from "../plan/situation.ts";
import { declaredBy, published, startedNow } from "./promoted.ts";

export interface DraftInput {
  readonly traits: Traits;
  readonly step: Step;
  readonly vacancy: Vacancy | undefined;
  readonly entry: StateEntry | undefined;
  /** What the board shows, where it was read. */
  readonly view: JobView | undefined;
  /** The checked-out commit. */
  readonly commit: string | null;
  /** The vacancy's file isn't in it as it is here. */
  readonly uncommitted?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The entry that a step leads to, but for its job and what is observed after it. */
export function draftAfter(input: DraftInput): EntryDraft {
  const { step, vacancy, entry, now } = input;
  if (vacancy === undefined) return withoutFile(step, entry, now);
  const draft = ofFile(input, vacancy);
  switch (step.step) {
    case "create": {
      // A new job has nothing of what another job under this key went through.
      const {
        overwritten: _,
        accepted: __,
        uncommitted: ___,
        promoted: ____,
        adoptedAt: _____,
        background: ______,
        ...fresh
      } = draft;
      const { attributes } = vacancy;
      return { ...fresh, ...broughtBy(input), applied: { ...attributes }, ...published(input, undefined) };
    }
    case "adopt":
      return {
        ...draft,
        applied: shownOf(vacancy, input.view),
        promoted: startedNow(vacancy, now),
        adoptedAt: now,
      };
    case "update":
      return { ...keepMarks(draft, input), ...updated(input, vacancy) };
    case "revive":
      return { ...revived(draft, input), ...published(input, entry) };
    case "background": {
      const { background: _, ...rest } = keepMarks(draft, input);
      return step.picture ? { ...rest, background: step.picture } : rest;
    }
    case "close":
      return { ...keepMarks(draft, input), closed: { at: now, reason: step.close_reason ?? "" } };
    default:
      return keepMarks(draft, input);
  }
}

/** What comes of the file; what was applied stays as far as this step doesn't say otherwise. */
function ofFile(input: DraftInput, vacancy: Vacancy): EntryDraft {
  const { traits, entry, view } = input;
  return {
    file: vacancy.file,
    ...(vacancy.location !== undefined && { location: vacancy.location }),
    textHash: vacancy.textHash,
    ...(entry && entry.commit !== null
      ? { commit: entry.commit, ...(entry.uncommitted && { uncommitted: entry.uncommitted }) }
      : broughtBy(input)),
    applied: entry ? agreed(traits, vacancy, entry, view) : {},
    ...overwrittenStill(traits, vacancy, entry),
    ...acceptedStill(entry, input.step),
    ...(entry?.promoted && { promoted: entry.promoted }),
    ...(entry?.adoptedAt !== undefined && { adoptedAt: entry.adoptedAt }),
    ...declaredBy(vacancy),
    ...(entry?.background && { background: entry.background }),
    keep: vacancy.keep,
  };
}

function broughtBy({
  commit,
  uncommitted,
}: Pick<DraftInput, "commit" | "uncommitted">): Pick<EntryDraft, "commit" | "uncommitted"> {
  return { commit, ...(uncommitted && commit !== null && { uncommitted }) };
}

/** What was accepted from the board, but for what this step sends. */
function acceptedStill(entry: StateEntry | undefined, { fields = [] }: Step): Pick<EntryDraft, "accepted"> {
  const still = Object.entries(entry?.accepted ?? {}).filter(([name]) =>
    fields.every((field) => field.name !== name),
  );
  return still.length > 0 ? { accepted: Object.fromEntries(still) } : {};
}

/** What is applied once both sides agree: desired where the board has it, else what was applied before. */
function agreed(traits: Traits, vacancy: Vacancy, entry: StateEntry, view: JobView | undefined): Attributes {
  const applied: Record<string, Value> = {};
  for (const name of new Set([...Object.keys(entry.applied), ...Object.keys(vacancy.attributes)])) {
    const before = entry.applied[name];
    const desired = vacancy.attributes[name];
    const live = firstKnown(view?.attributes[name], entry.observed.attributes[name], before);
    const wanted = desired === undefined ? null : desired;
    const equal = live !== undefined && equalAttribute(traits, name, wanted, live);
    const released = desired === undefined && (equal || traits.attributes[name]?.required === true);
    if (released) continue;
    if (desired !== undefined && equal) applied[name] = desired;
    else if (before !== undefined) applied[name] = before;
  }
  return applied;
}

/** Values that were overwritten once, but for those that the file has come round to. */
function overwrittenStill(
  traits: Traits,
  vacancy: Vacancy,
  entry: StateEntry | undefined,
): Pick<EntryDraft, "overwritten"> {
  const still = Object.entries(entry?.overwritten ?? {}).filter(([name, values]) => {
    const desired = vacancy.attributes[name];
    return desired !== undefined && !values.some((value) => equalAttribute(traits, name, value, desired));
  });
  return still.length > 0 ? { overwritten: Object.fromEntries(still) } : {};
}

function shownOf(vacancy: Vacancy, view: JobView | undefined): Attributes {
  const shown = Object.entries(vacancy.attributes).filter(
    ([name, value]) => value === null || view?.attributes[name] !== undefined,
  );
  return Object.fromEntries(shown);
}

/** After an update every field of it is applied; a removed one isn't ours any more. */
function updated(
  { step, entry, traits, view }: DraftInput,
  vacancy: Vacancy,
): Pick<EntryDraft, "applied" | "overwritten"> {
  const applied: Record<string, Value> = entry ? { ...agreed(traits, vacancy, entry, view) } : {};
  const overwritten: Record<string, Value[]> = { ...overwrittenStill(traits, vacancy, entry).overwritten };
  for (const { name, desired, live, prior } of step.fields ?? []) {
    if (vacancy.attributes[name] === undefined) delete applied[name];
    else applied[name] = desired;
    const drifted = live !== undefined && equalAttribute(traits, name, prior, desired);
    if (drifted) overwritten[name] = [...(overwritten[name] ?? []), live];
    else delete overwritten[name];
  }
  return { applied, ...(Object.keys(overwritten).length > 0 && { overwritten }) };
}

/** Marks that outlive a step; that we closed it counts until it is wanted active and seen active again. */
function keepMarks(draft: EntryDraft, { entry, view, vacancy, now }: DraftInput): EntryDraft {
  const reopened = view?.status === "active" && vacancy !== undefined && !isWantedClosed(vacancy, now);
  return {
    ...draft,
    ...(entry?.closed && !reopened && { closed: entry.closed }),
    ...(entry?.revivedFor !== undefined && { revivedFor: entry.revivedFor }),
    ...(entry?.reopenedAt !== undefined && { reopenedAt: entry.reopenedAt }),
  };
}

function revived(draft: EntryDraft, { entry, view, step, now }: DraftInput): EntryDraft {
  const expiry = step.expires_at === undefined ? entry?.revivedFor : Date.parse(step.expires_at);
  const isReopened = entry && !entry.closed && view && statusOf(view, entry, now) === "closed";
  return {
    ...draft,
    ...(expiry !== undefined && { revivedFor: expiry }),
    ...(isReopened && { reopenedAt: now }),
  };
}

/** The file is gone: the entry stays as a tombstone, so that a restored file keeps its job. */
function withoutFile(step: Step, entry: StateEntry | undefined, now: number): EntryDraft {
  if (entry === undefined) throw new Error(`a ${step.step} without a file and without an entry`);
  const draft = draftOf(entry);
  if (step.step !== "close")
    return { ...draft, tombstone: entry.keep.onDelete === "detach" ? "detached" : "closed" };
  return { ...draft, closed: { at: now, reason: step.close_reason ?? "" }, tombstone: "closed" };
}
