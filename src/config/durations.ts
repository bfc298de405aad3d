// Durations such as 10m, 12h, 3d, 2w.

const units: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 24 * 3_600_000,
  w: 7 * 24 * 3_600_000,
};

/** Longest duration that makes sense, in milliseconds: ten years. */
const longest = 3653 * 24 * 3_600_000;

/** Milliseconds of a duration; undefined if it is none, or longer than ten years. */
export function durationMs(text: string): number | undefined {
  const match = /^(0|[1-9]\d*)([mhdw])$/.exec(text);
  const ms = Number(match?.[1]) * (units[match?.[2] ?? ""] ?? Number.NaN);
  return ms <= longest ? ms : undefined;
}

/** A span in the largest unit that divides it, such as 5d. */
export function showDuration(ms: number): string {
  const unit = ["w", "d", "h", "m"].find((name) => ms % (units[name] ?? 1) === 0);
  return unit === undefined ? `${ms} ms` : `${ms / (units[unit] ?? 1)}${unit}`;
}
