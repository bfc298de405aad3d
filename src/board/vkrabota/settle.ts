// What became of calls whose outcome is unclear, found out by reads alone.
import { equalAttribute, sameContent } from "../../model/equality.ts";
import {
  type Call,
  type CreateCall,
  chargedCode,
  type Funds,
  type JobView,
  type Outcome,
  refKey,
  type UpdateCall,
} from "../../model/job.ts";
import type { Before } from "../port.ts";
import type { Client } from "./client.ts";
import { readFunds } from "./funds.ts";
import { getJob, listJobs } from "./jobs.ts";
import { isRevived, isShut } from "./send.ts";
import { chargedOf } from "./settle-funds.ts";
import { traits } from "./traits.ts";

/** Milliseconds before each further look: a slow board is often done a moment later. */
const looks = [1000, 3000];

type Unclear = Extract<Outcome, { is: "unclear" }>;

export interface SettleOptions {
  readonly concurrency: number;
  readonly wait: (ms: number) => Promise<void>;
  /** Milliseconds since 1970 on the board's clock. */
  readonly now: () => number;
}

const runsLonger = (call: Call, job: JobView | undefined): boolean =>
  call.do === "revive" &&
  call.expiresAt !== undefined &&
  job?.expiresAt !== undefined &&
  job.expiresAt > call.expiresAt;

/** Looks until all is clear or the looks are used up; outcomes by index. */
export async function settleCalls(
  ask: Client,
  calls: readonly Call[],
  before: Before,
  options: SettleOptions,
): Promise<Outcome[]> {
  const pauses = before.longAgo ? [] : looks;
  const outcomes = await lookOnce(ask, calls, before, options, pauses.length === 0);
  for (const [look, pause] of pauses.entries()) {
    const open = outcomes.flatMap((outcome, index) => (outcome.is === "unclear" ? [index] : []));
    if (open.length === 0) break;
    await options.wait(pause);
    const found = new Set(before.jobs);
    for (const outcome of outcomes)
      if (outcome.is === "done" && outcome.job) found.add(refKey(outcome.job.ref));
    const again = await lookOnce(
      ask,
      open.map((index) => calls[index] as Call),
      { ...before, jobs: found, ...withDone(before, calls, outcomes) },
      options,
      look === pauses.length - 1,
    );
    for (const [position, index] of open.entries())
      outcomes[index] = again[position] ?? (outcomes[index] as Outcome);
  }
  return outcomes;
}

/** What was found to be done was charged as well: a new job for certain, and a job that runs for longer than before. */
function withDone(
  before: Before,
  calls: readonly Call[],
  outcomes: readonly Outcome[],
): Pick<Before, "charged" | "maybe"> {
  const isCharged = (call: Call, index: number): boolean => {
    const outcome = outcomes[index];
    return outcome?.is === "done" && (call.do === "create" || runsLonger(call, outcome.job));
  };
  const charged = calls.filter(isCharged);
  const maybe = calls.filter(
    (call, index) =>
      outcomes[index]?.is === "done" && !isCharged(call, index) && chargedCode(call) !== undefined,
  );
  return {
    charged: [...(before.charged ?? []), ...charged],
    maybe: [...(before.maybe ?? []), ...maybe],
  };
}

async function lookOnce(
  ask: Client,
  calls: readonly Call[],
  before: Before,
  options: SettleOptions,
  last: boolean,
): Promise<Outcome[]> {
  try {
    const candidates = calls.some((call) => call.do === "create")
      ? await newJobs(ask, before, options.concurrency)
      : [];
    const outcomes: Outcome[] = [];
    for (const call of calls) outcomes.push(await look(ask, call, candidates));
    return await countMoney(ask, calls, outcomes, before, options, last);
  } catch (error) {
    return calls.map(() => ({ is: "unclear", cause: (error as Error).message }));
  }
}

/**
 * Lets the funds tell what jobs don't show. That all units of a service are gone is believed at once; that none is only
 * at the last look, and where no board can still be at it: a slow one may take them minutes later.
 */
async function countMoney(
  ask: Client,
  calls: readonly Call[],
  outcomes: Outcome[],
  before: Before,
  { now }: SettleOptions,
  last: boolean,
): Promise<Outcome[]> {
  const isOpen = (call: Call, index: number): boolean =>
    outcomes[index]?.is === "unclear" && chargedCode(call) !== undefined;
  if (before.funds === undefined || !calls.some(isOpen)) return outcomes;
  let funds: Funds;
  try {
    funds = await readFunds(ask);
  } catch (error) {
    // They may tell another time.
    const cause = (error as Error).message;
    return outcomes.map((outcome, index) =>
      isOpen(calls[index] as Call, index) ? { is: "unclear", cause, waits: true } : outcome,
    );
  }
  const money = { funds: before.funds, ...withDone(before, calls, outcomes) };
  const told = chargedOf(calls.filter(isOpen), money, funds, now());
  return outcomes.map((outcome, index) => {
    const call = calls[index] as Call;
    const verdict = isOpen(call, index) ? told(chargedCode(call) ?? "") : undefined;
    if (verdict === "none" && last)
      return before.final
        ? { is: "refused", message: "the funds show that nothing was taken" }
        : { is: "unclear", cause: "the funds show nothing taken so far", waits: true };
    if (verdict === "all" && call.do === "buy") return { is: "done" };
    return verdict === "all" || verdict === "some" ? { ...(outcome as Unclear), taken: true } : outcome;
  });
}

async function newJobs(ask: Client, before: Before, concurrency: number): Promise<JobView[]> {
  const jobs: JobView[] = [];
  for await (const job of listJobs(ask, concurrency)) if (!before.jobs.has(refKey(job.ref))) jobs.push(job);
  return jobs;
}

async function look(ask: Client, call: Call, candidates: JobView[]): Promise<Outcome> {
  if (call.do === "create") return recognise(call, candidates);
  if (call.do === "buy") return { is: "unclear", cause: "reads don't show paid services" };
  if (call.do === "picture" || call.do === "unpicture")
    return { is: "unclear", cause: "reads don't show background pictures" };
  const view = await getJob(ask, call.job);
  // One answer may be mistaken, and nothing follows from an absence.
  if (view === "gone") return { is: "unclear", cause: "the board doesn't know the job" };
  switch (call.do) {
    case "update":
      return updated(call, view);
    case "close":
      return isShut(view) ? { is: "done", job: view } : { is: "refused", message: "the job is still active" };
    case "revive":
      return isRevived(call, view)
        ? { is: "done", job: view }
        : { is: "unclear", cause: "the job isn't shown active for longer" };
  }
}

/** Takes the job that this create made, so that of n calls and m equal jobs no job serves twice. */
function recognise(call: CreateCall, candidates: JobView[]): Outcome {
  const { address } = traits.roles;
  const bare = candidates.filter((view) => isBare(call, view));
  const found =
    bare.find((view) => sameContent(traits, call.attributes, view)) ??
    bare.find((view) => sameContent(traits, call.attributes, view, [address]));
  if (!found) return { is: "unclear", cause: "no such job is on the board yet" };
  candidates.splice(candidates.indexOf(found), 1);
  return { is: "done", job: found };
}

/** What a create doesn't state is empty on the job that it makes. */
function isBare(call: CreateCall, view: JobView): boolean {
  return Object.entries(traits.attributes).every(([name, { read }]) => {
    const shown = view.attributes[name];
    return (
      read !== "always" ||
      name in call.attributes ||
      shown === undefined ||
      equalAttribute(traits, name, shown, null)
    );
  });
}

/** Done only where every value that was sent is shown: what reads hide can't be told, and is simply sent again. */
function updated(call: UpdateCall, view: JobView): Outcome {
  const sent = Object.entries(call.attributes).map(([name, value]) => ({
    name,
    value,
    shown: view.attributes[name],
  }));
  const differs = sent.some(
    ({ name, value, shown }) => shown !== undefined && !equalAttribute(traits, name, value, shown),
  );
  if (differs) return { is: "refused", message: "the board still shows the values before" };
  if (sent.some(({ shown }) => shown === undefined))
    return { is: "unclear", cause: "reads don't show what was sent" };
  return { is: "done", job: view };
}
