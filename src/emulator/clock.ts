import type { ClockSetting } from "./records.ts";

/** Length of one publication, in milliseconds: 30 days. */
export const PUBLICATION_MS = 30 * 24 * 60 * 60 * 1000;

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
  const iso = new Date(at + MOSCOW_MS).toISOString();
  return iso.replace(/T0?(\d+):/, "T$1:").replace("Z", "+03:00");
}
