// Carries out a plan: first what touches only the state, then publications and updates, closes last.
import { hash } from "node:crypto";
import pLimit from "p-limit";
import type { Traits } from "../model/attributes.ts";
import { normalText } from "../model/equality.ts";
import { OpenCalls } from "../model/open.ts";
import type { ApplyResult, Plan, PlanChange, Step, StepResult } from "../model/plan.ts";
import { isPaid, mostOf } from "../plan/cost.ts";
import { giveBackgrounds } from "./backgrounds.ts";
import { type Course, isBad, isClosing, notStarted, type Tell } from "./course.ts";
import { announce, dropUnmade } from "./planned.ts";
import { promote } from "./promotions.ts";
import { type Run, runStep } from "./run.ts";

/** Told after each step, with how many of all steps have ended. */
export type OnStep = (result: StepResult, done: number, total: number) => void;

const stateOnly: ReadonlySet<Step["step"]> = new Set(["move", "record", "forget", "adopt"]);

/**
 * Runs a plan's steps and tells of each what became of it. A failure ends its own change only; a stop starts nothing
 * more, lets what is in flight end, and closes nothing.
 */
export async function applyPlan(
  plan: Plan,
  run: Run,
  concurrency: number,
  onStep: OnStep = () => {},
): Promise<ApplyResult> {
  const courses = plan.changes.map((change): Course => ({ change, results: [] }));
  const total = courses.reduce((sum, { change }) => sum + change.steps.length, 0);
  let done = 0;
  const { signal } = run.stop;

  const tell: Tell = ({ results }, result) => {
    results.push(result);
    done += 1;
    onStep(result, done, total);
  };
  /** Runs the next steps of a change as long as they succeed and `wanted` takes them. */
  const advance = async (course: Course, wanted: (step: Step) => boolean): Promise<void> => {
    const { change, results } = course;
    for (let step = change.steps[results.length]; step && wanted(step); step = change.steps[results.length]) {
      if (signal.aborted || results.some(isBad)) return;
      const result = await attempt(run, change, step);
      const next = change.steps[results.length + 1];
      if (next?.step === "revive" && mayWaitForRevival(run, change, result)) {
        // The board may refuse to update a job that isn't active: the update then follows the revival.
        const revived = await attempt(run, change, next);
        tell(course, isBad(revived) ? result : await attempt(run, change, step));
        tell(course, revived);
      } else tell(course, result);
    }
  };
  const all = async (
    part: readonly (readonly Course[])[],
    wanted: (step: Step) => boolean,
  ): Promise<void> => {
    const limit = pLimit(concurrency);
    await Promise.all(
      part.map((lane) =>
        limit(async () => {
          for (const course of lane) await advance(course, wanted);
        }),
      ),
    );
  };
  for (const course of courses) await advance(course, (step) => stateOnly.has(step.step));
  await announce(run, courses);
  // Units go to those that come first: what the plan shows to be paid by the wallet waits for what they cover.
  const open = courses.filter((course) => !isClosing(course));
  const dear = (course: Course): boolean =>
    course.change.steps.some((step) => isEarly(step) && mostOf(step) > 0);
  for (const part of [open.filter((course) => !dear(course)), open.filter(dear)])
    await all(lanes(part, run.board.traits), isEarly);
  await dropUnmade(run, (call) => call.do === "close");
  await giveBackgrounds(run, courses, concurrency, tell);
  await promote(run, courses, tell);
  await run.purse.settle();
  const published = new Set(
    courses
      .filter(({ results }) => results.some(({ step, status }) => step === "create" && status === "applied"))
      .map(({ change }) => change.key),
  );
  for (const course of courses.filter(isClosing)) {
    const { after } = course.change.steps.find(({ step }) => step === "close") ?? {};
    if (after === undefined || published.has(after)) continue;
    for (const step of course.change.steps.slice(course.results.length))
      tell(course, notStarted(course.change, step, `it makes way for ${after}, which wasn't published`));
  }
  if (!signal.aborted)
    await all(
      courses.filter(isClosing).map((course) => [course]),
      () => true,
    );
  await dropUnmade(run, () => false);
  const isPaying = plan.changes.some(({ steps }) => steps.some(isPaid));
  return summarise(plan, courses, run.purse.stopped, isPaying ? run.purse.taken : undefined);
}

/** What is done before backgrounds are given and promotions bought. */
const isEarly = (step: Step): boolean => step.step !== "promote" && step.step !== "background";

/**
 * Vacancies that a read couldn't tell apart are created one after the other: created at once, an unclear one couldn't
 * be told from its neighbour. Only what every vacancy states counts: title, text and place; the board may respell the
 * address, hides the profession and phone, and the rest may be stated by one and not by the other.
 */
function lanes(courses: readonly Course[], { roles }: Traits): Course[][] {
  const alike = new Map<string, Course[]>();
  const rest: Course[][] = [];
  for (const course of courses) {
    const create = course.change.steps.find((step) => step.step === "create");
    if (!create) {
      rest.push([course]);
      continue;
    }
    const value = (name: string): unknown => create.fields?.find((field) => field.name === name)?.desired;
    const degrees = (name: string): string => Number(value(name)).toFixed(5);
    const texts = [roles.title, roles.text].map((name) => normalText(String(value(name) ?? "")));
    const word = hash("sha256", JSON.stringify([...texts, degrees(roles.lat), degrees(roles.long)]));
    const lane = alike.get(word);
    if (lane) lane.push(course);
    else alike.set(word, [course]);
  }
  return [...rest, ...alike.values()];
}

/**
 * Runs a step whatever happens: what is thrown, such as a lost lock or a full disk, ends the run, and must not take
 * along the report of what the others did.
 */
async function attempt(run: Run, change: PlanChange, step: Step): Promise<StepResult> {
  // Free calls too: a run that has lost the state would close what another one has published since.
  const lost = run.session.whyLost();
  if (lost !== undefined) return notStarted(change, step, lost);
  if (!isPaid(step)) return carryOut(run, change, step);
  const { entries } = run.session.state;
  const job = entries[step.from ?? change.key]?.job;
  if (new OpenCalls(run.session.state, run.plan).paidAbout(change.key, job))
    return notStarted(change, step, "what became of an earlier call of it isn't known");
  if (!(await run.purse.admit(step))) return notStarted(change, step, run.purse.stopped);
  const why = await run.session.shared?.admits();
  if (why !== undefined) {
    run.stop.abort();
    run.purse.end(step, "not_started");
    return notStarted(change, step, why);
  }
  // Whoever waited for the funds may have been told to stop in the meantime.
  const result = run.stop.signal.aborted ? notStarted(change, step) : await carryOut(run, change, step);
  run.purse.end(step, result.status);
  return result;
}

async function carryOut(run: Run, change: PlanChange, step: Step): Promise<StepResult> {
  try {
    return await runStep(run, change, step);
  } catch (error) {
    run.stop.abort();
    const message = error instanceof Error ? error.message : String(error);
    return { key: change.key, step: step.step, status: "unknown", job_id: change.job_id, error: message };
  }
}

/** Only a job that isn't active can be the reason why its update was refused. */
function mayWaitForRevival({ board, jobs, stop }: Run, change: PlanChange, result: StepResult): boolean {
  const active = jobs.get(change.job_id ?? "")?.status === "active";
  const refused = result.step === "update" && result.status === "failed" && !stop.signal.aborted;
  return refused && !active && board.traits.updatesInactive !== "yes";
}

function summarise(
  plan: Plan,
  courses: readonly Course[],
  stopped: string | undefined,
  taken: ApplyResult["taken"],
): ApplyResult {
  const results = courses.flatMap(({ change, results }) =>
    change.steps.map((step, index): StepResult => {
      const ran = results[index];
      if (ran) return ran;
      const result = {
        key: change.key,
        step: step.step,
        status: "not_started" as const,
        job_id: change.job_id,
      };
      return results.some(isBad)
        ? { ...result, error: "an earlier step of this vacancy didn't succeed" }
        : result;
    }),
  );
  const count = (status: StepResult["status"]): number =>
    results.filter((result) => result.status === status).length;
  return {
    plan_id: plan.id,
    workspace: plan.workspace,
    ...(plan.only && { only: plan.only }),
    summary: {
      applied: count("applied"),
      failed: count("failed"),
      unknown: count("unknown"),
      stale: count("stale"),
      not_started: count("not_started"),
      ...(count("pending") > 0 && { pending: count("pending") }),
    },
    results,
    held: plan.held,
    ...(taken && { taken }),
    ...(stopped !== undefined && { stopped }),
  };
}
