// What can happen to a state. The log is a list of these; the state is what they add up to.
import { refId } from "../model/job.ts";
import { accountKey } from "../model/plan.ts";
import {
  type Contact,
  contactsKey,
  type GivenPicture,
  type Intent,
  type LedgerCharge,
  type State,
  type StateEntry,
} from "../model/state.ts";

export type StateEvent =
  /** First line of a log that no snapshot precedes. It and `base` tell where a log starts, and don't count. */
  | { readonly event: "begin"; readonly lineage: string; readonly board: string; readonly account: string }
  /** First line of a log that continues the snapshot of this serial. */
  | { readonly event: "base"; readonly lineage: string; readonly serial: number }
  | { readonly event: "put"; readonly key: string; readonly entry: StateEntry }
  /** Of the account's key: its background is none of ours any more. */
  | { readonly event: "drop"; readonly key: string }
  /** The account's own background, by itself: it has neither job nor intent. */
  | { readonly event: "background"; readonly background: GivenPicture }
  /** Open intents of the key go with it. */
  | { readonly event: "rename"; readonly from: string; readonly to: string }
  /** A call is meant to be made by a run whose log others can't see: it may be made without a further word. */
  | { readonly event: "planned"; readonly intent: Intent }
  /**
   * The run that meant to make calls is gone: they may have been made until this instant (milliseconds since 1970). An
   * empty plan stands for any.
   */
  | { readonly event: "orphaned"; readonly plan: string; readonly at: number }
  /** A call is about to be made. */
  | { readonly event: "intent"; readonly intent: Intent }
  /** Bytes of the call may have left. */
  | { readonly event: "sent"; readonly id: string }
  | { readonly event: "unclear"; readonly id: string; readonly cause: string }
  /**
   * The call was done: the intent goes and the entry comes, in one line. Null leaves the key's entry as it is. `assumed`
   * where it may not have been charged.
   */
  | {
      readonly event: "done";
      readonly id: string;
      readonly key: string;
      readonly entry: StateEntry | null;
      readonly assumed?: true;
    }
  /** A candidate's contact is about to be bought, or the call has left. */
  | { readonly event: "contact"; readonly id: string; readonly contact: Contact }
  /** What became of it: charged now, bought already, or certainly not done. */
  | { readonly event: "contact-settled"; readonly id: string; readonly as: "charged" | "owned" | "refused" }
  /** The call was certainly not done. */
  | { readonly event: "refused"; readonly id: string }
  /** The ledger holds everything from this instant on (milliseconds since 1970), with what was spent before its own charges. */
  | { readonly event: "ledger"; readonly since: number; readonly charges: readonly LedgerCharge[] }
  /** A plan was applied, with this commit checked out; `whole` where it wasn't about a part, `used` are commits that lifted a guard. */
  | {
      readonly event: "plan";
      readonly id: string;
      readonly commit?: string;
      readonly whole?: true;
      readonly used?: readonly string[];
    };

/** Milliseconds for which the ledger is kept: more than a year, for comparisons with the year before. */
const ledgerKept = 400 * 86_400_000;

/** The most plan ids that are remembered. */
const plansKept = 200;

/** The state after an event; the one before it is left as it was. */
export function reduce(state: State, event: StateEvent): State {
  const next = copyState(state);
  applyEvent(next, event);
  return next;
}

/** Adds one event to a state, in place: states are large and events many. */
export function applyEvent(state: State, event: StateEvent): void {
  if (event.event !== "begin" && event.event !== "base") state.serial += 1;
  switch (event.event) {
    case "begin":
    case "base":
      return;
    case "put":
      state.entries[event.key] = event.entry;
      return;
    case "drop":
      delete state.entries[event.key];
      if (event.key === accountKey) delete state.background;
      return;
    case "background":
      state.background = event.background;
      return;
    case "rename": {
      const entry = state.entries[event.from];
      delete state.entries[event.from];
      if (entry) state.entries[event.to] = entry;
      // What it takes stays with the key that it was made under.
      for (const { id, key, charge } of Object.values(state.intents))
        if (key === event.from)
          changeIntent(state, id, { key: event.to, ...(charge && { charge: { key, ...charge } }) });
      return;
    }
    case "planned":
      state.intents[event.intent.id] = { ...event.intent, planned: true, serial: state.serial };
      return;
    case "orphaned":
      for (const { id, plan, at } of Object.values(state.intents))
        if ((event.plan === "" || plan === event.plan) && at < event.at)
          changeIntent(state, id, { at: event.at });
      return;
    case "intent":
      state.intents[event.intent.id] = { ...event.intent, serial: state.serial };
      return;
    case "sent":
      changeIntent(state, event.id, { sent: true });
      return;
    case "unclear":
      changeIntent(state, event.id, { unclear: event.cause });
      return;
    case "done":
      charge(state, event.id, event.entry, event.assumed);
      delete state.intents[event.id];
      if (event.entry) state.entries[event.key] = event.entry;
      return;
    case "refused":
      delete state.intents[event.id];
      return;
    case "contact":
      state.contacts = { ...bare(state.contacts ?? {}), [event.id]: event.contact };
      return;
    case "contact-settled":
      settleContact(state, event.id, event.as);
      return;
    case "ledger":
      state.ledgerSince = event.since;
      if (event.charges.length > 0) state.ledger = [...event.charges, ...(state.ledger ?? [])];
      return;
    case "plan":
      state.plans = [...(state.plans ?? []), event.id].slice(-plansKept);
      if (event.commit !== undefined) state.commit = event.commit;
      forgetOld(state);
      if (event.commit !== undefined && event.whole) state.whole = event.commit;
      if (event.used) state.used = [...(state.used ?? []), ...event.used].slice(-plansKept);
      return;
  }
}

/** What a call took goes into the ledger with the call's end, in one line of the log. */
function charge(state: State, id: string, entry: StateEntry | null, assumed: true | undefined): void {
  const intent = state.intents[id];
  if (intent?.charge === undefined) return;
  const { at, key, serial: begun } = intent;
  const job = entry?.job ?? ("job" in intent.call ? intent.call.job : undefined);
  state.ledger ??= [];
  state.ledger.push({
    ...{ at, key, job: job ? refId(job) : null, ...intent.charge },
    ...(assumed && { assumed: true as const }),
    ...(begun !== undefined && { begun, ended: state.serial }),
  });
}

/** A contact that was charged goes into the ledger; one that wasn't done is forgotten. */
function settleContact(state: State, id: string, as: "charged" | "owned" | "refused"): void {
  const contact = state.contacts?.[id];
  if (contact === undefined) return;
  const contacts = bare(state.contacts ?? {});
  if (as === "refused") delete contacts[id];
  else contacts[id] = { at: contact.at };
  state.contacts = contacts;
  if (as !== "charged" || contact.charge === undefined) return;
  state.ledger ??= [];
  state.ledger.push({
    ...{ at: contact.at, key: contactsKey, job: null, code: "contact_view", units: 1 },
    ...contact.charge,
  });
}

function forgetOld(state: State): void {
  const newest = state.ledger?.at(-1)?.at;
  if (state.ledger && newest !== undefined)
    state.ledger = state.ledger.filter(({ at }) => at > newest - ledgerKept);
}

function changeIntent(state: State, id: string, change: Partial<Intent>): void {
  const intent = state.intents[id];
  if (intent) state.intents[id] = { ...intent, ...change };
}

/**
 * A copy that events may be added to without touching the original; entries are shared, since events replace them
 * whole. Its maps have no prototype, so that a vacancy may have the key `constructor`.
 */
export function copyState(state: State): State {
  return {
    ...state,
    entries: bare(state.entries),
    intents: bare(state.intents),
    ...(state.ledger && { ledger: [...state.ledger] }),
    ...(state.contacts && { contacts: bare(state.contacts) }),
  };
}

function bare<T>(map: Record<string, T>): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, map);
}
