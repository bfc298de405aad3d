// Where the time of this process goes, by phase: one stopwatch for all of it, as there is one clock.

/** In the order in which they are told. */
export const phases = [
  "start",
  "read",
  "parse",
  "validate",
  "state",
  "list",
  "diff",
  "send",
  "render",
] as const;
export type Phase = (typeof phases)[number];

/** Milliseconds since the process began. Node loads much to make `performance`. */
export const now = (): number => process.uptime() * 1000;

const spent = new Map<Phase, number>();
/** Milliseconds that phases within the running ones took, innermost last. */
const inner: number[] = [];

function add(phase: Phase, ms: number): void {
  spent.set(phase, ms + (spent.get(phase) ?? 0));
}

/** Does work that waits for nothing, and counts it as a phase; phases within it count for themselves alone. */
export function timed<T>(phase: Phase, work: () => T): T {
  const began = now();
  inner.push(0);
  try {
    return work();
  } finally {
    const took = now() - began;
    add(phase, took - (inner.pop() ?? 0));
    if (inner.length > 0) inner.push((inner.pop() ?? 0) + took);
  }
}

/** Counts the time until a task ends, whatever else is done meanwhile. */
export async function timedTask<T>(phase: Phase, task: () => Promise<T>): Promise<T> {
  const began = now();
  try {
    return await task();
  } finally {
    add(phase, now() - began);
  }
}

/** Counts what came before this call, since the process began. */
export function started(): void {
  add("start", now());
}

/** Milliseconds by phase, of those that there were. */
export function timings(): ReadonlyMap<Phase, number> {
  return new Map(phases.flatMap((phase) => (spent.has(phase) ? [[phase, spent.get(phase) ?? 0]] : [])));
}
