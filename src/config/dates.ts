// Dates and times of files as instants.

/** A date or time as it is written. */
export interface WrittenDate {
  /** The written time as if it were UTC, in milliseconds since 1970. */
  readonly local: number;
  /** True for a date without a time. */
  readonly day: boolean;
  /** Milliseconds by which the written time is ahead of UTC, where it says so. */
  readonly offset?: number;
}

const dayMs = 24 * 3_600_000;

const shape =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** Reads `2027-03-31`, `2027-03-31 9:00`, `2027-03-31T09:00:00+03:00`; undefined if there is no such day or time. */
export function readDate(text: string): WrittenDate | undefined {
  const match = shape.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hour, minute = 0, second = 0, zone] = match;
  const [h, m, s] = [Number(hour ?? 0), Number(minute), Number(second)];
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // Years below 100 are read as 1900 and more by Date, and days beyond the month roll over: both differ here.
  if (new Date(midnight).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined;
  if (h > 23 || m > 59 || s > 59) return undefined;
  const local = midnight + h * 3_600_000 + m * 60_000 + s * 1000;
  if (zone === undefined) return { local, day: hour === undefined };
  const offset = offsetMs(zone);
  return offset === undefined ? undefined : { local, day: false, offset };
}

function offsetMs(zone: string): number | undefined {
  if (/^z$/i.test(zone)) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(":", "") || 0)];
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 3_600_000 + minutes * 60_000);
}

/** The first instant that is no longer within a date: the start of the next day, or the time itself. */
export function endOf(date: WrittenDate, zone: Zone): number {
  return startOf(date.day ? { ...date, local: date.local + dayMs } : date, zone);
}

/** The instant at which a date begins, in milliseconds since 1970. */
export function startOf(date: WrittenDate, zone: Zone): number {
  return date.offset === undefined ? zone(date.local) : date.local - date.offset;
}

/** Turns a local time, given as if it were UTC, into the instant. */
export type Zone = (local: number) => number;

/**
 * A time zone by its IANA name; undefined if there is none of that name. A time that the clocks jump over is read as
 * if they hadn't jumped yet; of two instants with one local time the first counts.
 */
export function zoneOf(name: string): Zone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      ...{ year: "numeric", month: "numeric", day: "numeric" },
      ...{ hour: "numeric", minute: "numeric", second: "numeric" },
    });
  } catch {
    return undefined;
  }
  /** Milliseconds by which the zone is ahead of UTC at an instant. */
  const ahead = (instant: number): number => {
    const part = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
  };
  return (local) => {
    const before = local - ahead(local - dayMs);
    const after = local - ahead(local + dayMs);
    const real = [before, after].filter((instant) => instant + ahead(instant) === local);
    return real.length > 0 ? Math.min(...real) : before;
  };
}
