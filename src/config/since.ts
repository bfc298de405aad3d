import { readDate, startOf, zoneOf } from "./dates.ts";
import { durationMs } from "./durations.ts";

/**
 * The instant that a person means by a date, a time or a span before now (`7d`), in milliseconds since 1970; undefined for
 * what is none of them. What has no offset is of the time zone.
 */
export function sinceOf(text: string, timezone: string, now: number): number | undefined {
  const span = durationMs(text.trim());
  if (span !== undefined) return now - span;
  const date = readDate(text);
  const zone = zoneOf(timezone);
  return date && zone ? startOf(date, zone) : undefined;
}
