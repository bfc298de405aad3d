// Months of a time zone, as `2026-12`.
import { formatByZone } from "./formats.ts";

const formatOf = formatByZone("en-CA", { year: "numeric", month: "2-digit" });

/** The month of an instant (milliseconds since 1970) in a time zone. */
export function monthOf(at: number, timezone: string): string {
  return formatOf(timezone).format(at).slice(0, 7);
}

/** More than the longest month, in milliseconds. */
const longest = 32 * 86_400_000;

/** The first instant of the month that an instant lies in, in milliseconds since 1970. */
export function startOfMonth(at: number, timezone: string): number {
  const month = monthOf(at, timezone);
  // Clocks jump at times that only the zone knows: the instant is looked for, not calculated.
  let [before, within] = [Math.floor(at) - longest, Math.floor(at)];
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (monthOf(middle, timezone) === month) within = middle;
    else before = middle;
  }
  return within;
}
