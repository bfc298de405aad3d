// How far a change has come while a plan is carried out.
import type { PlanChange, Step, StepResult } from "../model/plan.ts";

/** A change with the results of its steps so far, in their order. */
export interface Course {
  readonly change: PlanChange;
  readonly results: StepResult[];
}

/** Takes in what became of a course's next step. */
export type Tell = (course: Course, result: StepResult) => void;

/** Closes come last. */
export const isClosing = ({ change }: Course): boolean => change.steps.some(({ step }) => step === "close");

/** Whether what comes after it in its change isn't done any more. */
export const isBad = ({ status }: StepResult): boolean =>
  status === "failed" || status === "unknown" || status === "not_started";

/** A step that nothing was sent for. */
export const notStarted = (change: PlanChange, step: Step, why?: string): StepResult => ({
  key: change.key,
  step: step.step,
  status: "not_started",
  job_id: change.job_id,
  ...(why !== undefined && { error: why }),
});
