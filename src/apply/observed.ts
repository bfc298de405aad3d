// What is known of a job after a step: what the board showed, without taking anybody else's change for an answer.
import { type Attributes, firstKnown, type Traits } from "../model/attributes.ts";
import { equalAttribute } from "../model/equality.ts";
import { type Call, type JobView, jobOf } from "../model/job.ts";
import { completeDraft, type EntryDraft, type Observed, observe, type StateEntry } from "../model/state.ts";

/**
 * What is observed after a step that sent the values of `sent`. What else of ours has changed on the board is nobody's
 * answer to it: that difference stays, for the next plan to show. Neither is a value that the board put back after it
 * was overwritten taken for what it made of our text, until a person decides.
 */
export function observedAfter(
  traits: Traits,
  draft: EntryDraft,
  before: Observed | undefined,
  view: JobView | undefined,
  now: number,
  sent: ReadonlySet<string>,
): Observed {
  const observed = observe(before, view, now);
  for (const [name, applied] of Object.entries(before === undefined ? {} : draft.applied)) {
    const shown = view?.attributes[name];
    if (shown === undefined || sent.has(name) || equalAttribute(traits, name, applied, shown)) continue;
    const last = before?.attributes[name];
    if (equalAttribute(traits, name, last ?? applied, shown)) continue;
    if (last === undefined) delete observed.attributes[name];
    else observed.attributes[name] = last;
  }
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
  const sent = new Set("attributes" in call ? Object.keys(call.attributes) : []);
  const observed = observedAfter(traits, draft, before, view, now, sent);
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
