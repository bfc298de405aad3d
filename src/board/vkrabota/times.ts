const shape =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i;

/** The board's own time zone, for times that come without an offset. */
const moscow = "+03:00";

/** The first and last instant of the years 0 to 9999 in UTC, which an offset may lead out of. */
const first = Date.parse("0000-01-01T00:00:00Z");
const last = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * Reads a time in any form that the document shows: one-digit hours, a space for the T, offsets with and without a
 * colon or minutes. Returns milliseconds since 1970, or undefined for what can't be read: an unreadable time is unknown.
 */
export function readTime(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  const parts = shape.exec(value.trim());
  if (!parts) return undefined;
  const [
    ,
    year = "",
    month = "",
    date = "",
    hour = "",
    minute = "",
    second = "00",
    fraction = "0",
    zone = moscow,
  ] = parts;
  const two = (text: string): string => text.padStart(2, "0");
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3).replace(":", "") || "00"}` : "Z";
  const ms = fraction.slice(0, 3).padEnd(3, "0");
  const time = Date.parse(
    `${year}-${two(month)}-${two(date)}T${two(hour)}:${minute}:${second}.${ms}${offset}`,
  );
  return Number.isNaN(time) ? undefined : Math.min(Math.max(time, first), last);
}

/** A time as the document sends one, in the board's zone: `2019-03-01 00:00:00`. `at` is milliseconds since 1970. */
export function boardTime(at: number): string {
  return new Date(at + 3 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}
