import { EmulatorError } from "./errors.ts";

/** An instant in ms from ISO 8601 text or ms. Throws EmulatorError for anything else. */
export function instant(value: unknown): number {
  const at = typeof value === "string" ? Date.parse(value) : value;
  if (typeof at !== "number" || Number.isNaN(new Date(at).getTime())) {
    throw new EmulatorError(`Emulator: ${JSON.stringify(value)} is not an instant; give ISO 8601 or ms`);
  }
  return at;
}
