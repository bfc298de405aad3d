import { VacError } from "../model/errors.ts";

/** A failure of the emulator itself, told for a person: where it happened, what is wrong and how to mend it. */
export class EmulatorError extends VacError {}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` of a system error (`ENOENT`, `EEXIST`, …), or undefined for any other thrown value. */
export function codeOf(thrown: unknown): string | undefined {
  return (thrown as NodeJS.ErrnoException | null)?.code;
}
