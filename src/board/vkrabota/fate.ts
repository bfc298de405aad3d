import { AuthError, BoardError } from "../../model/errors.ts";
import type { Outcome } from "../../model/job.ts";
import { CallError } from "./client.ts";

/** What an error tells of the call that met it. */
export function fateOf(error: unknown): Outcome {
  if (error instanceof CallError) {
    if (error.fate === "unclear") return { is: "unclear", cause: error.message };
    return { is: "refused", message: error.message };
  }
  if (error instanceof AuthError) return { is: "refused", message: error.message, stop: true };
  // An answer came, and it can't be read: the work may have been done.
  if (error instanceof BoardError) return { is: "unclear", cause: error.message, answered: true };
  throw error;
}
