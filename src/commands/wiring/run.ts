import type { ExitCode, Globals, Io } from "../io.ts";

/** Takes what was parsed and what to do with it; it is done once parsing has ended, so that a wrong flag comes first. */
export type Run = (
  args: Record<string, unknown>,
  command: (io: Io, flags: Globals) => Promise<ExitCode>,
) => void;

/** A vacancy's key as an argument: in NFC as all keys are, also where a shell completed the name of a file in NFD. */
export const keyArgument = {
  type: "string",
  demandOption: true,
  coerce: (key: string) => key.normalize("NFC"),
} as const;
