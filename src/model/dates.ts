import { formatByZone } from "./formats.ts";

/** A time as people write it, in their time zone: `12 Dec 2026, 09:00`. `at` is milliseconds since 1970. */
export function dateTime(at: number, timezone: string): string {
  if (Number.isNaN(new Date(at).getTime())) return "(unknown time)";
  return formatOf(timezone).format(at);
}

const formatOf = formatByZone("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

const partsOf = formatByZone("en-GB", {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "longOffset",
});

/** An instant in ISO 8601 with a time zone's offset, to the second: `2026-12-01T09:00:00+03:00`. `at` is milliseconds since 1970. */
export function zoned(at: number, timezone: string): string {
  const parts = partsOf(timezone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((one) => one.type === type)?.value ?? "";
  const offset = part("timeZoneName").replace("GMT", "");
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}${offset || "+00:00"}`;
}
