// The board's clock, as its answers tell it.

/** The end of what dates can be written as, milliseconds since 1970. */
const lastDate = Date.parse("9000-01-01T00:00:00Z");

/** Milliseconds by which answers may tell less than the time, since they tell no parts of a second. */
const jitter = 5_000;

export interface BoardClock {
  /** Takes in the Date header of an answer. */
  tell(date: string | undefined): void;
  /** Milliseconds since 1970; this machine's as long as no answer has told it. */
  now(): number;
  /** Milliseconds that it is ahead of this machine's clock; undefined before the first answer with a date. */
  skewMs(): number | undefined;
}

/** This machine's, by a clock that nobody sets. */
const steady = (): number => Math.floor(performance.timeOrigin + performance.now());

/**
 * A clock that doesn't go back once an answer has told the time: the header is known to the second only, so that each
 * answer would put it back by up to one. `local` tells milliseconds since 1970.
 */
export function boardClock(local: () => number = steady): BoardClock {
  let skew: number | undefined;
  let latest = Number.NEGATIVE_INFINITY;
  return {
    tell(date) {
      const told = Date.parse(date ?? "");
      // A date out of all reason is no clock, and nothing can be counted from it.
      if (!(told > 0 && told < lastDate)) return;
      skew = told - local();
      // One answer that was far ahead isn't believed any longer.
      if (latest - told > jitter) latest = told;
    },
    now() {
      if (skew === undefined) return local();
      latest = Math.max(latest, local() + skew);
      return latest;
    },
    skewMs: () => skew,
  };
}
