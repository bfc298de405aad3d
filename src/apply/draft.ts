// What an entry of the state becomes by a step: pure, and known before the call is made, so that the log can hold it.
import { type Attributes, firstKnown, type Traits, type Value } from "../model/attributes.ts";
import { equalAttribute } from "../model/equality.ts";
import { type Call, type JobView, jobOf } from "../model/job.ts";
import type { Step } from "../model/plan.ts";
import {
  completeDraft,
  draftOf,
  type EntryDraft,
  type Observed,
  observe,
  type StateEntry,
} from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { isWantedClosed } from "../plan/situation.ts";
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
        background: _____,
        ...fresh
      } = draft;
      const { attributes } = vacancy;
      return { ...fresh, ...broughtBy(input), applied: { ...attributes }, ...published(input, undefined) };
    }
    case "adopt":
      return { ...draft, applied: shownOf(vacancy, input.view), promoted: startedNow(vacancy, now) };
    case "update":
      return { ...keepMarks(draft, input), ...updated(input, vacancy) };
    case "revive":
      return { ...revived(draft, entry, step), ...published(input, entry) };
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
  };
}

function revived(draft: EntryDraft, entry: StateEntry | undefined, step: Step): EntryDraft {
  const expiry = step.expires_at === undefined ? entry?.revivedFor : Date.parse(step.expires_at);
  return expiry === undefined ? draft : { ...draft, revivedFor: expiry };
}

/** The file is gone: the entry stays as a tombstone, so that a restored file keeps its job. */
function withoutFile(step: Step, entry: StateEntry | undefined, now: number): EntryDraft {
  if (entry === undefined) throw new Error(`a ${step.step} without a file and without an entry`);
  const draft = draftOf(entry);
  if (step.step !== "close")
    return { ...draft, tombstone: entry.keep.onDelete === "detach" ? "detached" : "closed" };
  return { ...draft, closed: { at: now, reason: step.close_reason ?? "" }, tombstone: "closed" };
}

/**
 * What is observed after a step. A value that the board put back after it was overwritten isn't taken for what it
 * made of our text: the difference stays, until a person decides.
 */
export function observedAfter(
  traits: Traits,
  draft: EntryDraft,
  before: Observed | undefined,
  view: JobView | undefined,
  now: number,
): Observed {
  const observed = observe(before, view, now);
  for (const [name, values] of Object.entries(draft.overwritten ?? {})) {
    const shown = view?.attributes[name];
    const last = firstKnown(before?.attributes[name], draft.applied[name]);
    const insists = shown !== undefined && values.some((value) => equalAttribute(traits, name, value, shown));
    if (insists && last !== undefined) observed.attributes[name] = last;
  }
  return observed;
}

/**
 * The entry once a call is known to be done; `view` is what showed it, where something did. A create that was
 * `recognised` by a read counts as applied only as far as the job shows it: the rest is sent once more.
 */
export function entryAfter(input: {
  readonly traits: Traits;
  readonly draft: EntryDraft;
  readonly call: Call;
  readonly entry: StateEntry | undefined;
  readonly view: JobView | undefined;
  readonly recognised: boolean;
  readonly now: number;
}): StateEntry {
  const { traits, call, entry, view, now } = input;
  const draft = input.recognised && call.do === "create" ? confirmed(traits, input.draft, view) : input.draft;
  const job = view?.ref ?? jobOf(call);
  if (job === undefined) throw new Error("a create was done, and the board named no job");
  // A new publication starts with nothing seen of another job that had the key.
  const before = call.do === "create" ? undefined : entry?.observed;
  const observed = observedAfter(traits, draft, before, view, now);
  if (call.do === "update") forgetUnseen(observed, call.attributes, view);
  if (view?.status === undefined && (call.do === "create" || call.do === "revive"))
    observed.status = "active";
  if (view?.status === undefined && call.do === "close") observed.status = "closed";
  // A job that came back within the time that was paid for expires later, for the first time.
  const cameBack = call.do === "revive" && view?.expiresAt !== undefined && view.expiresAt === call.expiresAt;
  const { revivedFor: _, ...rest } = draft;
  return completeDraft(cameBack ? rest : draft, job, observed);
}

/** What was seen of an attribute before it was sent says nothing any more, where the answer doesn't show it. */
function forgetUnseen(observed: Observed, sent: Attributes, view: JobView | undefined): void {
  for (const name of Object.keys(sent))
    if (view?.attributes[name] === undefined) delete observed.attributes[name];
}

function confirmed(traits: Traits, draft: EntryDraft, view: JobView | undefined): EntryDraft {
  const applied = Object.entries(draft.applied).filter(([name, value]) => {
    const shown = view?.attributes[name];
    return value === null || (shown !== undefined && equalAttribute(traits, name, value, shown));
  });
  return { ...draft, applied: Object.fromEntries(applied) };
}
