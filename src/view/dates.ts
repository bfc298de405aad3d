/** A time as people write it, in their time zone: `12 Dec 2026, 09:00`. */
export function dateTime(at: number, timezone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: timezone,
  }).format(at);
}
