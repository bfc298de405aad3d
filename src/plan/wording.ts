import type { Value } from "../model/attributes.ts";
import { formatByZone } from "../model/formats.ts";

const formatOf = formatByZone("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** A day as people write it, in their time zone: `12 Dec 2026`. */
export function day(at: number, timezone: string): string {
  return formatOf(timezone).format(at);
}

/** A value in a sentence. */
export function textOfValue(value: Value | undefined): string {
  return value === null || value === undefined ? "(empty)" : JSON.stringify(value);
}
