// Runs one change: its steps in their order, each with its line in the log before and after.
import { randomUUID } from "node:crypto";
import type { Board, SendOptions } from "../board/port.ts";
import type { Attributes } from "../model/attributes.ts";
import { type Call, isUnrepeatable, type JobView, type Outcome, refId, refKey } from "../model/job.ts";
import type { PlanChange, Step, StepResult } from "../model/plan.ts";
import { completeDraft, draftOf, type EntryDraft, type Intent, type StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { statusOf } from "../plan/situation.ts";
import type { StateSession } from "../state/store.ts";
import { callOf } from "./calls.ts";
import { draftAfter } from "./draft.ts";
import { assumedOf, codesOf } from "./evidence.ts";
import { chargeOf, markOf } from "./mark.ts";
import { entryAfter, observedAfter } from "./observed.ts";
import type { Purse } from "./purse.ts";
import { ownJob, settleCall } from "./recognise.ts";
import type { Told } from "./told.ts";

/** What all changes of a run share. */
export interface Run {
  readonly board: Board;
  readonly session: StateSession;
  readonly desired: ReadonlyMap<string, Vacancy>;
  /** What the board showed when the plan was made, by `refKey`. */
  readonly jobs: ReadonlyMap<string, JobView>;
  readonly plan: string;
  readonly commit: string | null;
  /** Files of the workspace that aren't in that commit as they are here. */
  readonly uncommitted: ReadonlySet<string>;
  /** Whose marks are believed, as the state's store says. */
  readonly machine: string;
  /** Calls that were told to those who can't see the log, and not made yet. */
  readonly told: Told;
  /** Ids that were on the board, or are the state's, before the run. */
  readonly before: ReadonlySet<string>;
  /** Ids of jobs that were there before the run and show what a create would make. */
  readonly likeBefore: (attributes: Attributes) => string[];
  /** Ids of the jobs that creates of this run have made. */
  readonly found: Set<string>;
  /** Runs what it is given one after the other. */
  readonly settling: <T>(task: () => Promise<T>) => Promise<T>;
  /** What is taken while it runs. */
  readonly purse: Purse;
  /** Reads a background picture by the hash that it was planned with; rejects where the file has changed since. */
  readonly picture?: NonNullable<SendOptions["picture"]>;
  /** Aborted when nothing more may be started. */
  readonly stop: AbortController;
}

type Status = StepResult["status"];

/** Runs one step and tells what became of it. */
export async function runStep(run: Run, change: PlanChange, step: Step): Promise<StepResult> {
  const entry = run.session.state.entries[step.from ?? change.key];
  const view = viewOf(run, change, entry);
  const vacancy = run.desired.get(change.key);
  const now = run.board.now();
  const result = (status: Status, job: string | null, error?: string): StepResult => ({
    key: change.key,
    step: step.step,
    status,
    job_id: job,
    ...(error !== undefined && { error }),
  });
  if (step.step === "forget") {
    await run.session.append({ event: "drop", key: change.key });
    return result("applied", change.job_id);
  }
  const draft = draftAfter({
    traits: run.board.traits,
    step,
    vacancy,
    entry,
    view,
    commit: run.commit,
    uncommitted: vacancy !== undefined && run.uncommitted.has(vacancy.file),
    now,
  });
  const call = callOf(step, entry, view && statusOf(view, entry, now));
  if (call === undefined) {
    await note(run, change, step, draft, entry, view);
    return result("applied", change.job_id);
  }
  const { outcome, id, recognised } = await makeCall(run, change.key, call, draft, chargeOf(step));
  switch (outcome.is) {
    case "done": {
      const after = await keep(run, {
        id,
        key: change.key,
        call,
        draft,
        entry,
        view: outcome.job,
        recognised,
      });
      if (recognised && call.do === "create") await sendUnconfirmed(run, change.key, vacancy, after);
      return result("applied", refId(after.job));
    }
    case "accepted": {
      const job = { ticket: outcome.ticket };
      const observed = { at: now, attributes: {}, status: "pending" as const };
      await run.session.append({
        event: "done",
        id,
        key: change.key,
        entry: completeDraft(draft, job, observed),
        assumed: true,
      });
      return result("pending", null);
    }
    case "refused":
      await run.session.append({ event: "refused", id });
      if (outcome.stop) run.stop.abort();
      return result("failed", change.job_id, outcome.message);
    case "unclear":
      await run.session.append({ event: "unclear", id, cause: outcome.cause });
      return result("unknown", change.job_id, outcome.cause);
  }
}

/**
 * Sends what a job that was recognised by its content doesn't show to be ours: it costs nothing, and whichever of
 * several alike it is, it becomes this one. What doesn't succeed is left to the next plan.
 */
async function sendUnconfirmed(
  run: Run,
  key: string,
  vacancy: Vacancy | undefined,
  entry: StateEntry,
): Promise<void> {
  if (vacancy === undefined) return;
  const attributes = Object.fromEntries(
    Object.entries(vacancy.attributes).filter(
      ([name, value]) => value !== null && entry.applied[name] === undefined,
    ),
  );
  if (Object.keys(attributes).length === 0) return;
  const call: Call = { do: "update", job: entry.job, attributes };
  const draft = { ...draftOf(entry), applied: { ...entry.applied, ...attributes } };
  const { outcome, id } = await makeCall(run, key, call, draft);
  if (outcome.is !== "done") return run.session.append({ event: "refused", id });
  await keep(run, { id, key, call, draft, entry, view: outcome.job, recognised: false });
}

/** A call that is known to be done, with what showed it. */
interface Done {
  readonly id: string;
  readonly key: string;
  readonly call: Call;
  readonly draft: EntryDraft;
  readonly entry: StateEntry | undefined;
  readonly view: JobView | undefined;
  readonly recognised: boolean;
}

/** Writes what a call has led to, and returns it. */
async function keep(run: Run, { id, key, ...done }: Done): Promise<StateEntry> {
  const entry = entryAfter({ ...done, traits: run.board.traits, now: run.board.now() });
  await run.session.append({ event: "done", id, key, entry, ...assumedOf(done) });
  return entry;
}

/** What the board showed of a change's job: by the state's reference, or for an adoption by the plan's. */
export function viewOf(run: Run, change: PlanChange, entry: StateEntry | undefined): JobView | undefined {
  return run.jobs.get(entry ? refKey(entry.job) : (change.job_id ?? ""));
}

/** A step that changes only the state. */
async function note(
  run: Run,
  change: PlanChange,
  step: Step,
  draft: EntryDraft,
  entry: StateEntry | undefined,
  view: JobView | undefined,
): Promise<void> {
  const job = view?.ref ?? entry?.job;
  if (job === undefined) throw new Error(`a ${step.step} of ${change.key} without a job`);
  const observed = observedAfter(
    run.board.traits,
    draft,
    entry?.observed,
    view,
    run.board.now(),
    new Set<string>(),
  );
  if (step.from !== undefined) {
    // What is remembered of another vacancy under this key makes way.
    if (run.session.state.entries[change.key]) await run.session.append({ event: "drop", key: change.key });
    await run.session.append({ event: "rename", from: step.from, to: change.key });
  }
  await run.session.append({ event: "put", key: change.key, entry: completeDraft(draft, job, observed) });
}

/** Logs the intent, makes the call, and where its outcome is unclear reads what became of it. */
async function makeCall(
  run: Run,
  key: string,
  call: Call,
  entry: EntryDraft,
  charge?: Intent["charge"],
): Promise<{ outcome: Outcome; id: string; recognised: boolean }> {
  const { session, board } = run;
  const promised = run.told.take(key, call);
  const id = promised?.id ?? randomUUID();
  const base = { id, key, call, entry, at: board.now(), machine: run.machine, plan: run.plan };
  const mark = markOf(run.purse, codesOf([call]));
  const there = call.do === "create" ? run.likeBefore(call.attributes) : [];
  // Results of others that were told with it may be lost: what was taken since then is told of all of them.
  const together = promised && { batch: run.plan, ...(promised.funds && { funds: promised.funds }) };
  const known = { ...(there.length > 0 && { there }), ...(charge && { charge }) };
  const intent: Intent = { ...base, ...known, ...mark, ...together };
  await session.append({ event: "intent", intent }, isUnrepeatable(call) ? "fsync" : undefined);
  let sent = false;
  const onSend = (): void => {
    if (isUnrepeatable(call)) session.shared?.check();
    if (!sent) session.appendNow({ event: "sent", id });
    sent = true;
  };
  const [first = { is: "unclear", cause: "the board gave no outcome" } as const] = await board.send([call], {
    onSend,
  });
  if (first.is === "unclear")
    return { outcome: await run.settling(() => settleCall(run, call, first)), id, recognised: true };
  return { outcome: call.do === "create" ? ownJob(run, first) : first, id, recognised: false };
}
