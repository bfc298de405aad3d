import type { Traits } from "../model/attributes.ts";
import { compareText } from "../model/diagnostic.ts";
import { refKey } from "../model/job.ts";
import type { PlanChange } from "../model/plan.ts";
import type { StateEntry } from "../model/state.ts";
import type { PlanInput } from "./input.ts";
import { day } from "./wording.ts";

/** What a close takes along: applications that nobody has read, and paid promotions that still run. */
export function lossesOf(change: PlanChange, input: PlanInput): string[] {
  const { state, live, now, unprocessed, config, traits } = input;
  if (change.steps.every((step) => step.step !== "close")) return [];
  const unread = unprocessed?.get(change.job_id ?? "") ?? 0;
  const from = change.steps.find((step) => step.step === "move")?.from;
  const entry = state.entries[from ?? change.key];
  const services = {
    ...boughtUntil(entry?.promoted, traits),
    ...entry?.observed.services,
    ...(entry && live.jobs.get(refKey(entry.job))?.services),
  };
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

/** Until when what was bought runs, by what is known of its length: the board shows little of it. */
function boughtUntil(promoted: StateEntry["promoted"], { services }: Traits): Record<string, number> {
  return Object.fromEntries(
    Object.entries(promoted ?? {}).flatMap(([code, at]): [string, number][] => {
      const lasts = services[code]?.lastsMs;
      return lasts === undefined ? [] : [[code, at + lasts]];
    }),
  );
}
