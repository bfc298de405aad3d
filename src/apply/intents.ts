// Calls that an earlier run left open: settled by what the log knows and by what the board shows.
import type { Board } from "../board/port.ts";
import { sameContent } from "../model/equality.ts";
import { type BuyCall, isUnrepeatable, type JobView, type Outcome, refKey } from "../model/job.ts";
import { type Intent, openIntents, type State, type StateEntry } from "../model/state.ts";
import type { StateEvent } from "../state/events.ts";
import { entryAfter } from "./observed.ts";
import { boughtBy, boughtEntry, isForTime, mergePromoted } from "./promoted.ts";
import { unsureAfter } from "./unsure.ts";

/** Milliseconds in which a slow board may still be at a call. */
const recentMs = 60_000;

export interface Settled {
  /** What the state learns. */
  readonly events: StateEvent[];
  /** One sentence for each call, for the person who reads the plan. */
  readonly notes: { readonly key: string; readonly text: string }[];
}

export interface SettleOptions {
  /** Marks of others may be lost, as their logs may be: they aren't missed. */
  readonly machine: string;
  /** Milliseconds after which a create that nothing shows counts as not done. */
  readonly settleAfterMs: number;
  /** Ids of jobs that are none of ours. */
  readonly ignore: readonly string[];
}

/** Finds out what became of each open call. What can't be told stays open, and holds its vacancy. */
export async function settleIntents(board: Board, state: State, options: SettleOptions): Promise<Settled> {
  const settled: Settled = { events: [], notes: [] };
  const intents = openIntents(state);
  const asked = intents.filter((intent) => mayHaveBeenSent(intent, options.machine));
  for (const intent of intents.filter((intent) => !asked.includes(intent)))
    drop(settled, intent, "before it was sent");
  // Nothing shows which picture a job has, and sending one again is free.
  const open = asked.filter((intent) => !sendAgain(state, settled, intent));
  if (open.length === 0) return settled;
  const jobs = new Set([
    ...Object.values(state.entries).map((entry) => refKey(entry.job)),
    ...options.ignore,
  ]);
  const late: Intent[] = [];
  for (const { intent, outcome } of await settleBatches(board, state, open, jobs, options)) {
    if (outcome.is === "done") keep(board, state, settled, intent, outcome.job);
    else if (outcome.is === "unclear" && outcome.waits) continue;
    // Whether a repeated promotion was bought can't be told any more: it counts as bought until its period has run.
    else if (intent.call.do === "buy" && outcome.is === "unclear" && !isForTime(intent))
      assumeBought(state, settled, intent);
    // What may be sent again is: the next plan decides from what the board shows.
    else if (outcome.is === "refused" || !isUnrepeatable(intent.call))
      drop(settled, intent, "and wasn't done");
    else if (intent.call.do === "create" && board.now() - intent.at >= options.settleAfterMs)
      late.push(intent);
  }
  if (late.length > 0) {
    const passes = [await readAll(board), await readAll(board)];
    for (const intent of late)
      if (passes.every((pass) => lacks(board, pass, intent, jobs)))
        drop(settled, intent, "and never arrived");
  }
  return settled;
}

/** A call whose `sent` mark is missing never left, as long as marks can be believed. */
function mayHaveBeenSent(intent: Intent, machine: string): boolean {
  return intent.sent === true || intent.unclear !== undefined || intent.machine !== machine;
}

interface Found {
  readonly intent: Intent;
  readonly outcome: Outcome;
}

/** Paid services by batch, with the funds before it; everything else together. */
async function settleBatches(
  board: Board,
  state: State,
  asked: readonly Intent[],
  jobs: ReadonlySet<string>,
  { settleAfterMs }: SettleOptions,
): Promise<Found[]> {
  const groups = new Map<string, Intent[]>();
  for (const intent of asked) {
    // A revival has a mark of its own, and is told by it alone.
    const word = intent.batch ?? (intent.funds || intent.there ? intent.id : "");
    groups.set(word, [...(groups.get(word) ?? []), intent]);
  }
  const found: Found[] = [];
  const taken = new Set(jobs);
  for (const intents of groups.values()) {
    const last = Math.max(...intents.map(({ at }) => at));
    const funds = intents.find((intent) => intent.funds)?.funds;
    const outcomes = await board.settle(
      intents.map(({ call }) => call),
      {
        jobs: new Set([...taken, ...intents.flatMap(({ there = [] }) => there)]),
        longAgo: board.now() - last > recentMs,
        final: board.now() - last >= settleAfterMs,
        ...(funds && { funds, charged: chargedSince(state, funds.at ?? last) }),
      },
    );
    for (const [index, intent] of intents.entries()) {
      const outcome = outcomes[index] ?? { is: "unclear", cause: "" };
      if (outcome.is === "done" && outcome.job) taken.add(refKey(outcome.job.ref));
      found.push({ intent, outcome });
    }
  }
  return found;
}

/** What was charged, as far as the ledger knows, since an instant: that isn't what an open call took. */
function chargedSince({ ledger = [] }: State, since: number): BuyCall[] {
  return ledger
    .filter(({ at }) => at >= since)
    .flatMap(({ code, units, job, account = "company" }) =>
      Array.from({ length: units }, () => ({
        do: "buy" as const,
        job: { id: job ?? "" },
        action: code,
        account,
      })),
    );
}

/** The entry once a purchase counts as done: all else is as it is known by now. */
export function afterPurchase(known: StateEntry, call: BuyCall, { words = [], at }: Intent): StateEntry {
  return boughtEntry(known, boughtBy(call, words, at), undefined, known.observed.at);
}

function assumeBought({ entries }: State, settled: Settled, intent: Intent): void {
  const { id, key, call } = intent;
  const known = entries[key];
  if (call.do !== "buy" || known === undefined) return;
  settled.events.push({ event: "done", id, key, entry: afterPurchase(known, call, intent) });
  settled.notes.push({
    key,
    text: `${call.action} of ${key} was interrupted, and whether it was bought can't be told: it counts as bought until its period has run`,
  });
}

/** Settles a call about a background picture: what may be there is noted, and the next plan sends it once more. */
function sendAgain({ entries }: State, settled: Settled, { id, key, call }: Intent): boolean {
  if (call.do !== "picture" && call.do !== "unpicture") return false;
  const entry = entries[key];
  const background = unsureAfter(call, entry?.background);
  settled.events.push(
    entry && background
      ? { event: "done", id, key, entry: { ...entry, background } }
      : { event: "refused", id },
  );
  settled.notes.push({
    key,
    text: `the background of ${key} was interrupted, and whether it arrived can't be told: it is sent once more`,
  });
  return true;
}

function drop(settled: Settled, intent: Intent, how: string): void {
  settled.events.push({ event: "refused", id: intent.id });
  settled.notes.push({ key: intent.key, text: `${nameOf(intent)} of ${intent.key} was interrupted ${how}` });
}

const nameOf = ({ call }: Intent): string => (call.do === "buy" ? call.action : call.do);

function keep(board: Board, state: State, settled: Settled, intent: Intent, view: JobView | undefined): void {
  const { key, call, id } = intent;
  const entry = entryOf(board, state.entries[key], intent, view);
  settled.events.push({ event: "done", id, key, entry });
  const found = call.do === "create" ? `found as job ${refKey(entry.job)}` : "it was done";
  settled.notes.push({ key, text: `${nameOf(intent)} of ${key} was interrupted: ${found}` });
}

/** What a call that was done long ago has led to, without taking back what came after it. */
function entryOf(
  { traits, now }: Board,
  known: StateEntry | undefined,
  intent: Intent,
  view: JobView | undefined,
): StateEntry {
  const { call, entry: draft } = intent;
  if (call.do === "buy" && known) return afterPurchase(known, call, intent);
  const entry = entryAfter({ traits, draft, call, entry: known, view, recognised: true, now: now() });
  if (!known?.promoted || refKey(known.job) !== refKey(entry.job)) return entry;
  return { ...entry, promoted: mergePromoted(known.promoted, entry.promoted) };
}

async function readAll(board: Board): Promise<JobView[]> {
  const jobs: JobView[] = [];
  for await (const job of board.jobs()) jobs.push(job);
  return jobs;
}

function lacks(
  board: Board,
  pass: readonly JobView[],
  { call, there = [] }: Intent,
  claimed: ReadonlySet<string>,
): boolean {
  if (call.do !== "create") return false;
  const { address } = board.traits.roles;
  return !pass.some(
    (view) =>
      !claimed.has(refKey(view.ref)) &&
      !there.includes(refKey(view.ref)) &&
      sameContent(board.traits, call.attributes, view, [address]),
  );
}
