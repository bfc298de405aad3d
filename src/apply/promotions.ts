// The promotions of a plan: what is left of each change once it is published, in batches.

import { OpenCalls } from "../model/open.ts";
import type { Step, StepResult } from "../model/plan.ts";
import { batchesOf, buyBatch, type Purchase } from "./batches.ts";
import { type Course, isBad, notStarted, type Tell } from "./course.ts";
import type { Run } from "./run.ts";

/** Buys what is left of each change: promotions, in batches. One that fails doesn't keep the others from being bought. */
export async function promote(run: Run, courses: readonly Course[], tell: Tell): Promise<void> {
  const ready = courses.filter(({ change, results }) => {
    const next = change.steps[results.length];
    // A picture that couldn't be given keeps nothing else from being done.
    const isStuck = results.some((result) => isBad(result) && result.step !== "background");
    return next?.step === "promote" && !isStuck;
  });
  for (const course of ready) {
    const why = notYet(run, course);
    for (const step of why === undefined ? [] : course.change.steps.slice(course.results.length))
      tell(course, notStarted(course.change, step, why));
  }
  const purchases = ready.flatMap(({ change, results }) =>
    change.steps.slice(results.length).map((step): Purchase => ({ change, step })),
  );
  const came = new Map<Step, StepResult>();
  // The funds right before the first batch: publications have taken of them since the plan was made.
  if (purchases.length > 0) await run.purse.check();
  for (const batch of batchesOf(purchases, run.board.traits.batch)) {
    if (run.stop.signal.aborted || run.purse.stopped !== undefined) break;
    for (const { step } of batch) run.purse.begin(step);
    const results = await buy(run, batch);
    for (const [index, { change, step }] of batch.entries()) {
      const result = results[index] ?? notStarted(change, step);
      came.set(step, result);
      run.purse.end(step, result.status);
    }
    const unclear = batch.find(
      ({ step }) => came.get(step)?.status === "unknown" && step.account !== "bonus",
    );
    // What it takes yet couldn't be told from what the next one takes.
    if (unclear)
      run.purse.halt(`it isn't known what became of ${unclear.step.action}, so nothing more was bought`);
    await run.purse.check();
  }
  for (const course of ready) {
    for (const step of course.change.steps.slice(course.results.length)) {
      const result = came.get(step);
      tell(course, result ?? notStarted(course.change, step, run.purse.stopped));
    }
  }
}

/** Why a vacancy can't be promoted in this run, whatever the plan said. */
function notYet({ session, plan }: Run, { change, results }: Course): string | undefined {
  if (results.some(({ status }) => status === "pending")) return "the board is still taking it in";
  const job = session.state.entries[change.key]?.job;
  const open = new OpenCalls(session.state, plan).paidAbout(change.key, job);
  return open ? "what became of an earlier call of it isn't known" : undefined;
}

/** A batch whatever happens: what is thrown ends the run, and nothing is known of what was under way. */
async function buy(run: Run, batch: readonly Purchase[]): Promise<StepResult[]> {
  try {
    return await buyBatch(run, batch);
  } catch (error) {
    run.stop.abort();
    const message = error instanceof Error ? error.message : String(error);
    return batch.map(({ change, step }) => ({
      key: change.key,
      step: step.step,
      status: "unknown",
      job_id: change.job_id,
      error: message,
    }));
  }
}
