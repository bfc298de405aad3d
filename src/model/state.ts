import type { EntryDraft, Intent, Observed, State, StateEntry } from "../generated/state.ts";
import type { JobRef, JobView } from "./job.ts";

export type {
  Contact,
  EntryDraft,
  GivenPicture,
  Intent,
  LedgerCharge,
  Observed,
  State,
  StateEntry,
} from "../generated/state.ts";

/** The lineage of a plan that is made before there is any state. */
export const noLineage = "new";

/** The key of a charge that nobody knows the vacancy of: it was read from the board's transactions. */
export const unknownKey = "";

/** The key of what contacts of candidates took: they are of no vacancy. */
export const contactsKey = "_contacts";

/**
 * A state that knows nothing yet, nor what was spent before it. `board` and `account` bind it; `lineage` is a random name that it keeps for life. Its
 * maps have no prototype, so that a vacancy may have the key `constructor`.
 */
export function emptyState(board: string, account: string, lineage: string): State {
  const map = (): Record<string, never> => Object.create(null) as Record<string, never>;
  return { format: 1, lineage, serial: 0, board, account, entries: map(), intents: map(), ledgerSince: null };
}

/** What is observed after an answer: what it shows laid over what was seen before, since an absent attribute is unknown. */
export function observe(before: Observed | undefined, view: JobView | undefined, at: number): Observed {
  const seen: Observed = { ...before, at, attributes: { ...before?.attributes, ...view?.attributes } };
  if (view?.status !== undefined) seen.status = view.status;
  if (view?.publication !== undefined) seen.publication = view.publication;
  if (view?.expiresAt !== undefined) seen.expiresAt = view.expiresAt;
  if (view?.services !== undefined) seen.services = { ...before?.services, ...view.services };
  return seen;
}

/** A draft made whole by the job that the call was about and by what was seen of it. */
export function completeDraft(draft: EntryDraft, job: JobRef, observed: Observed): StateEntry {
  return { ...draft, job, observed };
}

/** The draft of an entry that keeps everything it has. */
export function draftOf({ job: _job, observed: _observed, ...draft }: StateEntry): EntryDraft {
  return draft;
}

/** Open intents in the order in which they were logged. */
export function openIntents(state: Pick<State, "intents">): Intent[] {
  return Object.values(state.intents);
}
