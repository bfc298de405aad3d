import type { Value } from "../model/attributes.ts";

/** A day as people write it, in their time zone: `12 Dec 2026`. */
export function day(at: number, timezone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: timezone,
  });
  return format.format(at);
}

/** A value in a sentence. */
export function textOfValue(value: Value | undefined): string {
  return value === null || value === undefined ? "(empty)" : JSON.stringify(value);
}
