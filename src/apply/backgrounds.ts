// Background pictures: one call for all that share picture and crop, one for all removals; free, and repeatable.
import { randomUUID } from "node:crypto";
import pLimit from "p-limit";
import { addTo } from "../model/groups.ts";
import { type Outcome, type PictureCall, refId, type UnpictureCall } from "../model/job.ts";
import { accountKey, type PlanChange, type Step, type StepResult } from "../model/plan.ts";
import type { EntryDraft, GivenPicture, StateEntry } from "../model/state.ts";
import { callOf } from "./calls.ts";
import { type Course, isBad, type Tell } from "./course.ts";
import { draftAfter } from "./draft.ts";
import { type Run, viewOf } from "./run.ts";
import { unsureAfter } from "./unsure.ts";

/** One background step of a plan, with what it belongs to. */
interface Giving {
  readonly course: Course;
  readonly change: PlanChange;
  readonly step: Step;
}

interface Item extends Giving {
  readonly id: string;
  readonly call: PictureCall | UnpictureCall;
  /** Undefined for the account. */
  readonly job: { readonly entry: StateEntry; readonly draft: EntryDraft } | undefined;
}

/** Gives each change whose next step it is its background. What isn't told of wasn't started. */
export async function giveBackgrounds(
  run: Run,
  courses: readonly Course[],
  concurrency: number,
  tell: Tell,
): Promise<void> {
  const items = courses.filter(isNext).flatMap((course) => {
    const { change, results } = course;
    const giving = { course, change, step: change.steps[results.length] as Step };
    const item = itemOf(run, giving);
    if (item) return [item];
    tell(course, result(giving, "not_started", null, "the board has given its job no id yet"));
    return [];
  });
  const groups = new Map<string, Item[]>();
  for (const item of items) addTo(groups, wordOf(item), item);
  const limit = pLimit(concurrency);
  await Promise.all([...groups.values()].map((group) => limit(() => giveGroup(run, group, tell))));
}

const isNext = ({ change, results }: Course): boolean =>
  change.steps[results.length]?.step === "background" && !results.some(isBad);

/** The same for what one call can hold. */
function wordOf({ call }: Item): string {
  const isAccount = call.target === "account";
  if (call.do === "unpicture") return JSON.stringify([isAccount]);
  const { x, y, w, h } = call.crop ?? {};
  return JSON.stringify([isAccount, call.hash, x, y, w, h]);
}

/** Undefined for a job that has only a ticket: pictures are given to ids. */
function itemOf(run: Run, { course, change, step }: Giving): Item | undefined {
  const giving = { course, change, step, id: randomUUID() };
  if (change.key === accountKey) {
    const call = accountCall(step, run.session.state.background);
    return { ...giving, call, job: undefined };
  }
  const entry = run.session.state.entries[change.key];
  if (!entry) throw new Error(`a background of ${change.key}, which has no job`);
  if (refId(entry.job) === null) return undefined;
  const vacancy = run.desired.get(change.key);
  const draft = draftAfter({
    traits: run.board.traits,
    step,
    vacancy,
    uncommitted: vacancy !== undefined && run.uncommitted.has(vacancy.file),
    entry,
    view: viewOf(run, change, entry),
    commit: run.commit,
    now: run.board.now(),
  });
  return { ...giving, call: callOf(step, entry, undefined) as Item["call"], job: { entry, draft } };
}

function accountCall({ picture }: Step, given: GivenPicture | undefined): Item["call"] {
  if (picture) return { do: "picture", target: "account", ...picture };
  return { do: "unpicture", target: "account", ...(given?.unsure && { again: true }) };
}

/** Never throws: what is thrown ends the run, and nothing is known of what was under way. */
async function giveGroup(run: Run, group: readonly Item[], tell: Tell): Promise<void> {
  if (run.stop.signal.aborted) return;
  const told = new Set<Item>();
  try {
    const before = run.session.state.background;
    for (const item of group) await logIntent(run, item);
    const sent = new Set<number>();
    const onSend = (position: number): void => {
      const item = group[position];
      // The account's own was marked as unsure already.
      if (item?.job && !sent.has(position)) run.session.appendNow({ event: "sent", id: item.id });
      sent.add(position);
    };
    const calls = group.map(({ call }) => call);
    const outcomes = await run.board.send(calls, { onSend, ...(run.picture && { picture: run.picture }) });
    for (const [position, item] of group.entries()) {
      const outcome = outcomes[position] ?? { is: "unclear", cause: "the board gave no outcome" };
      if (item.job) await keepJob(run, item, item.job, outcome);
      else await keepAccount(run, item, before, outcome);
      told.add(item);
      tell(item.course, resultOf(item, outcome));
      if (outcome.is === "refused" && outcome.stop) run.stop.abort();
    }
  } catch (error) {
    run.stop.abort();
    const message = error instanceof Error ? error.message : String(error);
    for (const item of group)
      if (!told.has(item)) tell(item.course, result(item, "unknown", jobId(item), message));
  }
}

async function logIntent(run: Run, { id, change, call, job }: Item): Promise<void> {
  if (job === undefined) {
    const unsure = unsureAfter(call, run.session.state.background);
    return unsure && run.session.append({ event: "background", background: unsure });
  }
  const { machine, plan } = run;
  await run.session.append({
    event: "intent",
    intent: { id, key: change.key, call, entry: job.draft, at: run.board.now(), machine, plan },
  });
}

/** What is known of a job's picture after a call, in one line of the log. */
async function keepJob(
  { session }: Run,
  { id, change: { key }, call }: Item,
  { entry, draft }: NonNullable<Item["job"]>,
  outcome: Outcome,
): Promise<void> {
  if (outcome.is === "done" || outcome.is === "accepted") {
    const { job, observed } = entry;
    return session.append({ event: "done", id, key, entry: { ...draft, job, observed } });
  }
  if (outcome.is === "refused" && !(call.do === "unpicture" && outcome.absent))
    return session.append({ event: "refused", id });
  const unsure = unsureAfter(call, entry.background);
  return session.append({
    event: "done",
    id,
    key,
    entry: { ...entry, ...(unsure && { background: unsure }) },
  });
}

/** The same of the account's own, which was marked as unsure before the call. */
async function keepAccount(
  { session }: Run,
  { call, step: { picture } }: Item,
  before: GivenPicture | undefined,
  outcome: Outcome,
): Promise<void> {
  if (outcome.is === "unclear" || (outcome.is === "refused" && call.do === "unpicture" && outcome.absent))
    return;
  const now = outcome.is === "refused" ? before : picture;
  return session.append(now ? { event: "background", background: now } : { event: "drop", key: accountKey });
}

function resultOf(item: Item, outcome: Outcome): StepResult {
  const job = jobId(item);
  switch (outcome.is) {
    case "done":
      return { ...result(item, "applied", job), ...(outcome.note !== undefined && { note: outcome.note }) };
    case "accepted":
      return result(item, "pending", job);
    case "refused":
      return result(
        item,
        "failed",
        job,
        outcome.absent && item.call.do === "unpicture"
          ? `${outcome.message}; if it does once more, there is none any more`
          : outcome.message,
      );
    case "unclear":
      return result(
        item,
        "unknown",
        job,
        `${outcome.cause}; the next apply sends it once more, which is free`,
      );
  }
}

const jobId = ({ job }: Item): string | null => (job ? refId(job.entry.job) : null);

function result(
  { change }: Giving,
  status: StepResult["status"],
  job: string | null,
  error?: string,
): StepResult {
  return { key: change.key, step: "background", status, job_id: job, ...(error !== undefined && { error }) };
}
