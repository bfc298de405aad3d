import { compareText } from "../model/diagnostic.ts";
import { refKey } from "../model/job.ts";
import type { PlanChange } from "../model/plan.ts";
import type { PlanInput } from "./input.ts";
import { day } from "./wording.ts";

/** What a close takes along: applications that nobody has read, and paid promotions that still run. */
export function lossesOf(change: PlanChange, { state, live, now, unprocessed, config }: PlanInput): string[] {
  if (change.steps.every((step) => step.step !== "close")) return [];
  const unread = unprocessed?.get(change.job_id ?? "") ?? 0;
  const entry = state.entries[change.key];
  const services = { ...entry?.observed.services, ...(entry && live.jobs.get(refKey(entry.job))?.services) };
  const running = Object.entries(services)
    .filter(([, until]) => until > now)
    .sort(([a], [b]) => compareText(a, b));
  return [
    ...(unread === 0
      ? []
      : [`${unread} unread ${unread === 1 ? "application is" : "applications are"} closed with it`]),
    ...running.map(([code, until]) => `${code} is paid until ${day(until, config.timezone)}, and is lost`),
  ];
}
