// Reads what a plan needs of the board and makes it: the one way to a plan, for `plan` and for `apply`.
import pLimit from "p-limit";
import type { Board } from "../board/port.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { BoardError } from "../model/errors.ts";
import { type Funds, type JobRef, refKey } from "../model/job.ts";
import type { Plan } from "../model/plan.ts";
import type { LedgerDoubt, Spent } from "../model/spent.ts";
import type { State, StateEntry } from "../model/state.ts";
import { timed, timedTask } from "../model/timings.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { isLimited } from "../plan/budget.ts";
import type { Doubt, Live, PlanInput } from "../plan/input.ts";
import { makePlan } from "../plan/plan.ts";
import { isWantedClosed } from "../plan/situation.ts";
import type { StateEvent } from "../state/events.ts";
import { settleIntents } from "./intents.ts";
import { beginLedger } from "./ledger.ts";
import { type Jobs, readList, readUntilAtRest } from "./reads.ts";

export interface PrepareInput
  extends Omit<PlanInput, "now" | "live" | "traits" | "unprocessed" | "ledgerDoubt"> {
  readonly board: Board;
  /** Whose marks are believed, as the state's store says. */
  readonly machine: string;
  /** Counts the applications of jobs that nobody has dealt with; asked only about jobs that would be closed. */
  readonly countUnprocessed?: (jobs: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Reads what was taken from the account; asked only where a limit of the month has to know more than the ledger. */
  readonly readSpent?: () => Promise<Spent>;
}

export interface Prepared {
  readonly plan: Plan;
  readonly live: Live;
  /** What there is to pay with, read where something is to be bought. */
  readonly funds: Funds | undefined;
  /** What the state learns, from settled calls and of the ledger's begin: an apply logs it, a plan only reckons with it. */
  readonly events: readonly StateEvent[];
}

/** Reads the board as completely as the plan needs, settles what was left open, and plans. */
export async function prepare(input: PrepareInput): Promise<Prepared> {
  const { board, config } = input;
  let list = await timedTask("list", () => readList(board, Object.keys(input.state.entries).length));
  const settled =
    input.busy || input.offline
      ? { state: input.state, events: [], notes: [] }
      : await settleIntents(board, input.state, {
          machine: input.machine,
          settleAfterMs: config.settleAfterMs,
          // What another workspace manages isn't what a call of this one has made.
          ignore: [...config.ignore, ...(input.elsewhere?.keys() ?? [])],
        });
  let { state } = settled;
  const diagnostics = [...input.diagnostics, ...settled.notes.map(interrupted)];
  const events = [...settled.events];
  let funds: Funds | undefined;
  let fundsUnread: string | undefined;
  let ledgerDoubt: LedgerDoubt | undefined;
  const planFrom = (live: Live, unprocessed?: ReadonlyMap<string, number>): Plan => {
    const renew = input.renew && unlessRevived(input.renew, input.state, settled.events);
    const about = {
      ...input,
      ...(renew && { renew }),
      state,
      diagnostics,
      live,
      traits: board.traits,
      now: board.now(),
    };
    const all = {
      ...about,
      ...(unprocessed && { unprocessed }),
      ...(funds && { funds }),
      ...(fundsUnread !== undefined && { fundsUnread }),
      ...(ledgerDoubt && { ledgerDoubt }),
    };
    return timed("diff", () => makePlan(all));
  };
  let live = await lookUpAbsent(input, state, list);
  if (live.doubt !== undefined) {
    // Pages are no snapshot: what one pass missed, another may show.
    list = await timedTask("list", () => readList(board, list.size));
    live = await lookUpAbsent(input, state, list);
  }
  let plan = planFrom(live);
  if (plan.summary.create > 0) {
    // Before anything is created, the list has to be complete twice over.
    const rested = await timedTask("list", () => readUntilAtRest(board, list));
    if (rested !== list) {
      live = await lookUpAbsent(input, state, rested);
      plan = planFrom(live);
    }
  }
  if (!input.offline && plan.cost.codes.length > 0) {
    // Read last: funds are what changes fastest.
    try {
      funds = await board.funds();
    } catch (error) {
      // Without prices a plan is still a plan; only it can't be applied, unless the board has no funds to ask for.
      const missing = error instanceof BoardError && error.status === 404;
      if (missing && !isLimited(input)) diagnostics.push(fundsMissing(error));
      else fundsUnread = (error as Error).message;
    }
    const { readSpent } = input;
    const hasJobs = live.jobs.size > 0;
    const begun = await beginLedger({ state, config, now: board.now(), funds, hasJobs, readSpent });
    events.push(...begun.events);
    diagnostics.push(...begun.notes);
    ledgerDoubt = begun.doubt;
    state = begun.state;
    plan = planFrom(live);
  }
  const closed = jobsToClose(plan);
  if (closed.length > 0 && input.countUnprocessed)
    plan = planFrom(live, await input.countUnprocessed(closed));
  return { plan, live, funds, events };
}

/** A revival that was asked for and was found to be done just now isn't made once more. */
function unlessRevived(
  renew: NonNullable<PlanInput["renew"]>,
  { intents }: State,
  events: readonly StateEvent[],
): NonNullable<PlanInput["renew"]> {
  const revived = new Set(
    events.flatMap((event) =>
      event.event === "done" && intents[event.id]?.call.do === "revive" ? [event.key] : [],
    ),
  );
  return { ...renew, covers: (key) => !revived.has(key) && renew.covers(key) };
}

function jobsToClose({ changes }: Plan): string[] {
  const closing = changes.filter(({ steps }) => steps.some(({ step }) => step === "close"));
  return closing.flatMap(({ job_id }) => (job_id === null ? [] : [job_id]));
}

/** Asks one by one for jobs that the list doesn't show: from an absence alone nothing follows. */
async function lookUpAbsent(input: PrepareInput, state: State, list: Jobs): Promise<Live> {
  const { board, config } = input;
  const desired = new Map(input.desired.map((vacancy) => [vacancy.key, vacancy]));
  const jobs: Jobs = new Map(list);
  const gone = new Set<string>();
  const limit = pLimit(config.concurrency);
  const absent = Object.entries(state.entries).filter(
    ([key, entry]) => !list.has(refKey(entry.job)) && isAsked(entry, desired.get(key), board.now()),
  );
  const leftOut: string[] = [];
  await Promise.all(
    absent.map(([key, entry]) =>
      limit(async () => {
        const view = await board.job(entry.job);
        if (view === "gone") gone.add(refKey(entry.job));
        else jobs.set(refKey(entry.job), view);
        if (view !== "gone" && view.status === "active" && !isTicket(entry.job))
          leftOut.push(`${key} (job ${refKey(entry.job)})`);
      }),
    ),
  );
  const seen = Object.values(state.entries).filter((entry) => jobs.has(refKey(entry.job))).length;
  const doubt = doubtOf(leftOut, seen, gone.size);
  return doubt === undefined ? { jobs, gone } : { jobs, gone, doubt };
}

/** Jobs that a doubt names. */
const named = 3;

const isTicket = (ref: JobRef): boolean => "ticket" in ref;

/** Tombstones, and vacancies that we closed and that are wanted closed, lead to nothing whatever became of them. */
function isAsked(entry: StateEntry, vacancy: Vacancy | undefined, now: number): boolean {
  if (vacancy === undefined) return entry.tombstone === undefined;
  return !(entry.closed && isWantedClosed(vacancy, now));
}

/**
 * Why what the board shows can't be believed: it contradicts itself, or none of the jobs that are known is there, as on
 * another account. A list that is empty because all jobs have expired can be: they are there, asked for by id.
 */
function doubtOf(leftOut: readonly string[], seen: number, gone: number): Doubt | undefined {
  if (leftOut.length > 0) {
    const more = leftOut.length > named ? ` and ${leftOut.length - named} more` : "";
    const jobs = [...leftOut].sort().slice(0, named).join(", ");
    return {
      why: `the board's list leaves out what it shows as active one by one: ${jobs}${more}`,
      isList: true,
    };
  }
  if (seen === 0 && gone > 0)
    return { why: `none of the jobs that are known (${gone}) is on the board`, isList: false };
  return undefined;
}

const fundsMissing = (error: Error): Diagnostic => ({
  severity: "warning",
  code: "prices-unread",
  message: `what it costs can't be told, since the board has nothing that tells it: ${error.message}`,
  file: "",
  line: 0,
  column: 0,
  hint: "with a wallet limit in budget, or --max-cost, such a plan isn't applied",
});

function interrupted(note: { key: string; text: string }): Diagnostic {
  return {
    severity: "warning",
    code: "interrupted",
    message: note.text,
    file: "",
    line: 0,
    column: 0,
    key: note.key,
  };
}
