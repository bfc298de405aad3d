// When paid promotions are due: worked out from the record of what was bought, since nothing else shows it.
import type { Traits } from "../model/attributes.ts";
import { dateTime } from "../model/dates.ts";
import type { Cause } from "../model/plan.ts";
import type { StateEntry } from "../model/state.ts";
import type { Promotion, Vacancy } from "../model/vacancy.ts";

/** Milliseconds after its time in which a promotion is still bought: later it is missed, and never bought late. */
export const missedAfter = 48 * 3_600_000;
/** The part of a period by which a promotion may come early, and the most that this may be, in milliseconds. */
const earlyPart = 10;
const mostEarly = 2 * 3_600_000;
/** Milliseconds for which the board's gap is overstayed: its clock is read to the second, and a call takes its time. */
const clockSlack = 60_000;

/** A promotion that is due now. */
export interface Due {
  readonly action: string;
  readonly account: "company" | "bonus";
  /** By what it is known that it was bought: the action, or the action and its time; several where one purchase serves all. */
  readonly words: readonly string[];
  readonly reason: string;
  readonly cause: Cause;
}

export interface Schedule {
  readonly due: readonly Due[];
  /** What comes next, soonest first; milliseconds since 1970. */
  readonly next: readonly { readonly action: string; readonly at: number }[];
  /** Times at or within 48 hours after which it wasn't bought, or can't be, since the board's gap lies on them. */
  readonly missed: readonly Missed[];
}

export interface Missed {
  readonly action: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly why: "late" | "gap";
}

export interface ScheduleInput {
  readonly traits: Traits;
  readonly vacancy: Vacancy;
  /** What is kept of its job; undefined also where a new job is about to be made. */
  readonly entry: StateEntry | undefined;
  /** It is published by this very plan: that counts as a refresh. */
  readonly published: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly timezone: string;
}

/** Whether a word stands for a time, so that what was bought for it is bought just once. */
export const isTimed = (word: string): boolean => word.includes("@");

/** The word under which the state keeps that a promotion at a time was dealt with. */
export function timedWord(action: string, at: number): string {
  return `${action}@${new Date(at).toISOString()}`;
}

/** Sorts a vacancy's promotions into due, coming and missed. Only a job that is active may be promoted. */
export function scheduleOf(input: ScheduleInput): Schedule {
  const due = new Map<string, Due>();
  const next: { action: string; at: number }[] = [];
  const missed: Missed[] = [];
  for (const promotion of input.vacancy.promote) {
    const { action } = promotion;
    const when =
      promotion.at === undefined ? repeated(promotion, input) : timed(promotion, promotion.at, input);
    if (when.is === "missed") missed.push({ action, at: promotion.at ?? 0, why: when.why });
    else if (when.is === "later") next.push({ action, at: when.at });
    else if (when.is === "due") {
      // What is due of one service by several declarations is bought once, and serves them all.
      const { words, ...first } = due.get(action) ?? {
        action,
        account: promotion.account,
        words: [],
        ...when,
      };
      const { account, reason, cause } = first;
      due.set(action, { action, account, reason, cause, words: [...new Set([...words, when.word])] });
    }
  }
  return { due: [...due.values()], next: next.sort((a, b) => a.at - b.at), missed };
}

type When =
  | { readonly is: "due"; readonly word: string; readonly reason: string; readonly cause: Cause }
  | { readonly is: "later"; readonly at: number }
  | { readonly is: "missed"; readonly why: Missed["why"] }
  | { readonly is: "over" };

/** Bought once, at its time or within 48 hours after it. */
function timed({ action }: Promotion, at: number, input: ScheduleInput): When {
  const { entry, now } = input;
  const word = timedWord(action, at);
  if (entry?.promoted?.[word] !== undefined) return { is: "over" };
  if (now > at + missedAfter) return { is: "missed", why: "late" };
  const from = Math.max(at, allowedFrom(action, input));
  if (from > now) return from > at + missedAfter ? { is: "missed", why: "gap" } : { is: "later", at: from };
  const cause = entry?.declared?.includes(word) ? "clock" : "commit";
  return { is: "due", word, reason: `at ${dateTime(at, input.timezone)}`, cause };
}

/** Bought again whenever its period has run; once, however many periods have passed. */
function repeated({ action, every = 0, until }: Promotion, input: ScheduleInput): When {
  const { now } = input;
  if (until !== undefined && until <= now) return { is: "over" };
  const last = lastOf(action, input);
  if (last === undefined) return { is: "due", word: action, reason: "declared", cause: "commit" };
  const early = Math.min(every / earlyPart, mostEarly);
  const at = Math.max(last + every - early, allowedFrom(action, input));
  if (at <= now) return { is: "due", word: action, reason: "its period has run", cause: "clock" };
  const comes = Math.max(last + every, allowedFrom(action, input));
  return until !== undefined && until <= comes ? { is: "over" } : { is: "later", at: comes };
}

/** When a service was last bought; a publication counts as a refresh. */
function lastOf(action: string, { entry, published, now, traits }: ScheduleInput): number | undefined {
  if (published && action === traits.roles.refresh) return now;
  return entry?.promoted?.[action];
}

/** From when on the board takes this service again. */
function allowedFrom(action: string, input: ScheduleInput): number {
  const last = lastOf(action, input);
  const gap = input.traits.services[action]?.gapMs;
  return last === undefined || gap === undefined ? Number.NEGATIVE_INFINITY : last + gap + clockSlack;
}
