// Where the time went, for --timings.

export interface Usage {
  /** Milliseconds of wall clock and of CPU. */
  readonly wallMs: number;
  readonly cpuMs: number;
  /** MiB at the peak. */
  readonly memory: number;
}

/**
 * A line for each phase with its milliseconds, what none of them took (none where they ran beside each other), and what the
 * whole process took.
 */
export function timingsText(phases: ReadonlyMap<string, number>, { wallMs, cpuMs, memory }: Usage): string {
  const told = [...phases.values()].reduce((sum, ms) => sum + ms, 0);
  const all = [...phases, ["rest", Math.max(0, wallMs - told)] as const];
  const lines = all.map(([phase, ms]) => `  ${phase.padEnd(9)}${numeral(ms)} ms`);
  const total = `  ${"total".padEnd(9)}${numeral(wallMs)} ms, ${Math.round(cpuMs)} ms of CPU, ${Math.round(memory)} MB at the peak`;
  return ["timings:", ...lines, total].join("\n");
}

const numeral = (ms: number): string => String(Math.round(ms)).padStart(8);
