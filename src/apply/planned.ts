// Calls that a run means to make, told before the first of them where others can't see the run's log: whoever comes after
// a run that vanished finds each call among them, and looks at the board what became of it.
import { randomUUID } from "node:crypto";
import { type Call, isUnrepeatable, jobOf } from "../model/job.ts";
import type { PlanChange, Step } from "../model/plan.ts";
import { completeDraft, type Intent, type StateEntry } from "../model/state.ts";
import { statusOf } from "../plan/situation.ts";
import { callOf } from "./calls.ts";
import type { Course } from "./course.ts";
import { draftAfter } from "./draft.ts";
import { chargeOf, markOf } from "./mark.ts";
import { type Run, viewOf } from "./run.ts";

/**
 * What is told beforehand. Promotions aren't: right before each batch its own intents are brought where others see them,
 * with the funds of then. Neither are pictures, which may be sent again.
 */
const announced: ReadonlySet<Step["step"]> = new Set(["create", "update", "revive", "close"]);

/**
 * Tells what the run is going to send, and takes the lease. Throws where that isn't possible: then nothing may be sent.
 * Nothing happens where the state isn't shared, or nothing is left to be sent.
 */
export async function announce(run: Run, courses: readonly Course[]): Promise<void> {
  const { session } = run;
  if (!session.shared || courses.every(({ change, results }) => results.length === change.steps.length))
    return;
  const intents = courses.flatMap((course) => intentsOf(run, course));
  const codes = intents.flatMap(({ charge }) => (charge ? [charge.code] : []));
  const mark = markOf(run.purse, codes);
  for (const intent of intents) {
    const whole = isUnrepeatable(intent.call) ? { ...intent, ...mark } : intent;
    run.told.add(whole);
    await session.append({ event: "planned", intent: whole });
  }
  await session.shared.begin(run.plan, Math.round(run.board.now() - Date.now()));
}

/** The calls of one change, each as if those before it were done. */
function intentsOf(run: Run, { change, results }: Course): Intent[] {
  const intents: Intent[] = [];
  const { state } = run.session;
  let entry: StateEntry | undefined = state.entries[change.key];
  for (const step of change.steps.slice(results.length)) {
    if (!announced.has(step.step)) continue;
    const intent = intentOf(run, change, step, entry);
    const job = jobOf(intent.call);
    if (entry && job) entry = completeDraft(intent.entry, job, entry.observed);
    intents.push(intent);
  }
  return intents;
}

function intentOf(run: Run, change: PlanChange, step: Step, entry: StateEntry | undefined): Intent {
  const now = run.board.now();
  const vacancy = run.desired.get(change.key);
  const view = viewOf(run, change, entry);
  const call = callOf(step, entry, view && statusOf(view, entry, now));
  if (call === undefined) throw new Error(`a ${step.step} of ${change.key} without a call`);
  const uncommitted = vacancy !== undefined && run.uncommitted.has(vacancy.file);
  const about = { step, vacancy, entry, view, uncommitted, now };
  const charge = chargeOf(step);
  const there = call.do === "create" ? run.likeBefore(call.attributes) : [];
  return {
    id: randomUUID(),
    key: change.key,
    call,
    entry: draftAfter({ traits: run.board.traits, commit: run.commit, ...about }),
    at: now,
    machine: run.machine,
    plan: run.plan,
    // What they took together the funds tell, where results of some are lost.
    batch: run.plan,
    ...(there.length > 0 && { there }),
    ...(charge && { charge }),
  };
}

/** Notes of calls that were told and won't be made in this run that they weren't; those that are `wanted` yet may be. */
export async function dropUnmade(run: Run, wanted: (call: Call) => boolean): Promise<void> {
  try {
    for (const { id } of run.told.leftovers(wanted)) await run.session.append({ event: "refused", id });
  } catch {
    // A state that can't be written any more ends the run, not its report: the next one finds that nothing came of them.
    run.stop.abort();
  }
}
