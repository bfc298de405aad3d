/** A time as people write it, in their time zone: `12 Dec 2026, 09:00`. `at` is milliseconds since 1970. */
export function dateTime(at: number, timezone: string): string {
  if (Number.isNaN(new Date(at).getTime())) return "(unknown time)";
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: timezone,
  }).format(at);
}
