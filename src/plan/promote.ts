// Promotions added to what was decided about a vacancy: only one that is, or will by this plan be, active has any.

import { dateTime } from "../model/dates.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { PlanInput } from "./input.ts";
import { missedAfter, type Schedule, scheduleOf, timedWord } from "./promotion.ts";
import type { Row } from "./rows.ts";
import { hasActiveJob, isWantedClosed } from "./situation.ts";
import { promoteStep, recordStep } from "./steps.ts";

/** A row with the promotions that are due, and with what comes next. */
export interface Promoted extends Row {
  readonly schedule: Schedule | undefined;
}

/**
 * Adds what is due to the steps of a row; where a promotion is declared for later, the state notes it, so that its time
 * is known as time. What is held whole gets none, and neither does what is wanted closed. `planned` is the row with all
 * its steps, where this one has only those of a part: a note is for rows that nothing else is to be done about.
 */
export function withPromotions(row: Row, input: PlanInput, planned: Row = row): Promoted {
  const { vacancy, entry, decision } = row;
  const none = { ...row, schedule: undefined };
  const isLeftAlone = decision.hold !== undefined && decision.partial === undefined;
  if (!vacancy || vacancy.promote.length === 0 || isLeftAlone || isWantedClosed(vacancy, input.now))
    return none;
  const has = (name: string): boolean => decision.steps.some(({ step }) => step === name);
  const published = has("create") || has("revive");
  if (!published && !hasActiveJob(row.job, entry, input)) return none;
  // A new job has nothing of what another one under this key went through.
  const known = has("create") ? undefined : entry;
  const about = {
    traits: input.traits,
    vacancy,
    entry: known,
    published,
    now: input.now,
    timezone: input.config.timezone,
  };
  const schedule = scheduleOf(about);
  // A job that is taken over has its past behind it: its promotions begin with this apply.
  if (entry === undefined && !has("create")) return { ...row, schedule: { ...schedule, due: [] } };
  const steps = [...decision.steps, ...schedule.due.map(promoteStep)];
  const noted = planned.decision.steps.length > 0 || steps.length > 0 || isDeclared(row, input.now);
  return {
    ...row,
    schedule,
    decision: { ...decision, steps: noted ? steps : [recordStep("its promotions changed")] },
  };
}

/** Whether the state knows every time that may still be bought, also one that the board puts off. */
function isDeclared({ vacancy, entry }: Row, now: number): boolean {
  const coming = (vacancy?.promote ?? []).flatMap(({ action, at }) =>
    at !== undefined && now <= at + missedAfter && entry?.promoted?.[timedWord(action, at)] === undefined
      ? [timedWord(action, at)]
      : [],
  );
  return coming.every((word) => entry?.declared?.includes(word));
}

const missedBecause = {
  late: "that is more than 48 hours ago: it isn't bought any more",
  gap: "the board doesn't take it again within 48 hours of that: it isn't bought",
};

/** Times that passed without being bought: told as long as they are in the file, never bought late. */
export function missedNotes(rows: readonly Promoted[], timezone: string): Diagnostic[] {
  return rows.flatMap(({ key, vacancy, schedule }) =>
    (schedule?.missed ?? []).map(
      ({ action, at, why }): Diagnostic => ({
        severity: "warning",
        code: "promotion-missed",
        message: `${action} of ${key} was wanted at ${dateTime(at, timezone)}, and ${missedBecause[why]}`,
        file: vacancy?.file ?? "",
        line: 0,
        column: 0,
        hint: "remove it, or give it another time",
        key,
      }),
    ),
  );
}
