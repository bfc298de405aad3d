import type { ClockSetting } from "./records.ts";

/** Milliseconds of a day. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** Length of one publication, in milliseconds: 30 days. */
export const PUBLICATION_MS = 30 * DAY_MS;

const MOSCOW_MS = 3 * 60 * 60 * 1000;

/** The emulator's time in ms, for a clock setting and the real time in ms. */
export function clockTime(setting: ClockSetting, real: number): number {
  return setting.frozenAt ?? real + setting.offsetMs;
}

/** The setting after moving the clock by `ms` (negative: back); a frozen clock stays frozen. */
export function advanced(setting: ClockSetting, ms: number): ClockSetting {
  return {
    offsetMs: setting.offsetMs + ms,
    frozenAt: setting.frozenAt === null ? null : setting.frozenAt + ms,
  };
}

/** A clock that shows `at` (ms) now and runs on from there. */
export function setTo(at: number, real: number): ClockSetting {
  return { offsetMs: at - real, frozenAt: null };
}

/** A clock that stands still at `at` (ms). */
export function frozenAt(at: number, real: number): ClockSetting {
  return { offsetMs: at - real, frozenAt: at };
}

/**
 * An instant (ms) in the board's spelling of `expires_at`: Moscow time, milliseconds, and an hour of ONE digit
 * before ten, which is not ISO 8601 ("Получение списка вакансий": `2019-03-11T9:21:19.001+03:00`).
 */
export function boardTime(at: number): string {
  return moscowTime(at).replace(/T0?(\d+):/, "T$1:");
}

/** An instant (ms) as the sections on money spell it: Moscow time, ISO 8601 ("Применение VAS'ов"). */
export function moscowTime(at: number): string {
  return new Date(at + MOSCOW_MS).toISOString().replace("Z", "+03:00");
}
