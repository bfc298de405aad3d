// Calls that an earlier run left open: settled by what the log knows and by what the board shows.
import type { Board } from "../board/port.ts";
import { sameContent } from "../model/equality.ts";
import { addTo } from "../model/groups.ts";
import {
  type BuyCall,
  type Call,
  isUnrepeatable,
  type JobRef,
  type JobView,
  type Outcome,
  refKey,
} from "../model/job.ts";
import { type Intent, openIntents, type State, type StateEntry } from "../model/state.ts";
import { applyEvent, copyState, type StateEvent } from "../state/events.ts";
import { assumedOf, codesOf, takenSince } from "./evidence.ts";
import { entryAfter } from "./observed.ts";
import { boughtBy, boughtEntry, isForTime, mergePromoted } from "./promoted.ts";
import { unsureAfter } from "./unsure.ts";

/** Milliseconds in which a slow board may still be at a call. */
const recentMs = 60_000;

export interface Settled {
  /** What the state is by these events. */
  readonly state: State;
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

function learn({ state, events, notes }: Settled, event: StateEvent, key: string, text: string): void {
  events.push(event);
  applyEvent(state, event);
  notes.push({ key, text });
}

/** Finds out what became of each open call. What can't be told stays open, and holds its vacancy. */
export async function settleIntents(board: Board, state: State, options: SettleOptions): Promise<Settled> {
  const settled: Settled = { state: copyState(state), events: [], notes: [] };
  const intents = openIntents(state);
  const asked = intents.filter((intent) => mayHaveBeenSent(intent, options.machine));
  for (const intent of intents.filter((intent) => !asked.includes(intent)))
    drop(settled, intent, "before it was sent");
  // Nothing shows which picture a job has, and sending one again is free.
  const open = asked.filter((intent) => !sendAgain(settled, intent));
  if (open.length === 0) return settled;
  const jobs = new Set([
    ...Object.values(state.entries).map((entry) => refKey(entry.job)),
    ...options.ignore,
  ]);
  const late: Intent[] = [];
  for (const intents of batchesOf(open)) {
    const outcomes = await settleBatch(board, settled.state, intents, jobs, options);
    for (const [index, intent] of intents.entries()) {
      const outcome = outcomes[index] ?? { is: "unclear", cause: "" };
      if (outcome.is === "done") jobs.add(refKey(keep(board, settled, intent, outcome.job)));
      else if (outcome.is === "unclear" && outcome.waits) continue;
      else if (intent.call.do === "create") {
        // That more was taken than is known to be charged may be for it, though no list shows it yet.
        const mayBeThere = outcome.is === "unclear" && outcome.taken;
        if (!mayBeThere && board.now() - intent.at >= options.settleAfterMs) late.push(intent);
      }
      // Whether a repeated promotion was bought can't be told any more: it counts as bought until its period has run.
      else if (intent.call.do === "buy" && outcome.is === "unclear" && !isForTime(intent))
        assumeBought(settled, intent);
      // What may be sent again is: the next plan decides from what the board shows.
      else if (outcome.is === "refused" || !isUnrepeatable(intent.call))
        drop(settled, intent, "and wasn't done");
    }
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

/** What is settled together: paid services by batch, creates by run, before what these have taken is asked about. */
function batchesOf(asked: readonly Intent[]): Intent[][] {
  const groups = new Map<string, Intent[]>();
  for (const intent of asked) {
    // A revival has a mark of its own, and is told by it alone.
    const alone = intent.funds ? intent.id : "";
    const word = intent.batch ?? (intent.call.do === "create" ? `creates of ${intent.plan}` : alone);
    addTo(groups, word, intent);
  }
  const creates = (intents: readonly Intent[]): number =>
    intents.some(({ call }) => call.do === "create") ? 0 : 1;
  return [...groups.values()].sort((a, b) => creates(a) - creates(b));
}

function settleBatch(
  board: Board,
  state: State,
  intents: readonly Intent[],
  jobs: ReadonlySet<string>,
  { settleAfterMs }: SettleOptions,
): Promise<readonly Outcome[]> {
  const calls = intents.map(({ call }) => call);
  const last = Math.max(...intents.map(({ at }) => at));
  // The first mark comes before all of them.
  const { funds } = intents.find((intent) => intent.funds) ?? {};
  const except = new Set(intents.map(({ id }) => id));
  const about = { codes: codesOf(calls), except, at: last };
  return board.settle(calls, {
    jobs: new Set([...jobs, ...intents.flatMap(({ there = [] }) => there)]),
    longAgo: board.now() - last > recentMs,
    final: board.now() - last >= settleAfterMs,
    ...(funds && { funds, ...takenSince(state, funds, about) }),
  });
}

/** The entry once a purchase counts as done: all else is as it is known by now. */
export function afterPurchase(known: StateEntry, call: BuyCall, { words = [], at }: Intent): StateEntry {
  return boughtEntry(known, boughtBy(call, words, at), undefined, known.observed.at);
}

function assumeBought(settled: Settled, intent: Intent): void {
  const { id, key, call } = intent;
  const known = settled.state.entries[key];
  if (call.do !== "buy" || known === undefined) return;
  learn(
    settled,
    { event: "done", id, key, entry: afterPurchase(known, call, intent), assumed: true },
    key,
    `${call.action} of ${key} was interrupted, and whether it was bought can't be told: it counts as bought until its period has run`,
  );
}

/** Settles a call about a background picture: what may be there is noted, and the next plan sends it once more. */
function sendAgain(settled: Settled, { id, key, call }: Intent): boolean {
  if (call.do !== "picture" && call.do !== "unpicture") return false;
  const entry = settled.state.entries[key];
  const background = unsureAfter(call, entry?.background);
  learn(
    settled,
    entry && background
      ? { event: "done", id, key, entry: { ...entry, background } }
      : { event: "refused", id },
    key,
    `the background of ${key} was interrupted, and whether it arrived can't be told: it is sent once more`,
  );
  return true;
}

function drop(settled: Settled, { id, key, call }: Intent, how: string): void {
  learn(settled, { event: "refused", id }, key, `${nameOf(call)} of ${key} was interrupted ${how}`);
}

const nameOf = (call: Call): string => (call.do === "buy" ? call.action : call.do);

/** Notes that a call was done, and returns its job. */
function keep(board: Board, settled: Settled, intent: Intent, view: JobView | undefined): JobRef {
  const { key, call, id } = intent;
  const entry = entryOf(board, settled.state.entries[key], intent, view);
  const found = call.do === "create" ? `found as job ${refKey(entry.job)}` : "it was done";
  learn(
    settled,
    { event: "done", id, key, entry, ...assumedOf({ call, view, recognised: true }) },
    key,
    `${nameOf(call)} of ${key} was interrupted: ${found}`,
  );
  return entry.job;
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
