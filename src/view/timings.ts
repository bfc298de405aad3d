// Where the time went, for --timings.

export interface Usage {
  /** Milliseconds of wall clock and of CPU. */
  readonly wallMs: number;
  readonly cpuMs: number;
  /** MiB at the peak. */
  readonly memory: number;
}

/** A line for each phase with its milliseconds, and what the whole process took. */
export function timingsText(phases: ReadonlyMap<string, number>, { wallMs, cpuMs, memory }: Usage): string {
  const lines = [...phases].map(([phase, ms]) => `  ${phase.padEnd(9)}${numeral(ms)} ms`);
  const all = `  ${"total".padEnd(9)}${numeral(wallMs)} ms, ${Math.round(cpuMs)} ms of CPU, ${Math.round(memory)} MB at the peak`;
  return ["timings:", ...lines, all].join("\n");
}

const numeral = (ms: number): string => String(Math.round(ms)).padStart(8);
