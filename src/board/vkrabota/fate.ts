import { AuthError, BoardError } from "../../model/errors.ts";
import type { Outcome } from "../../model/job.ts";
import { CallError } from "./client.ts";
import { ErrorsAnswer } from "./wire.ts";

/** What an error tells of the call that met it. */
export function fateOf(error: unknown): Outcome {
  if (error instanceof CallError) {
    if (error.fate === "unclear") return { is: "unclear", cause: error.message };
    return { is: "refused", message: error.message };
  }
  if (error instanceof AuthError) return { is: "refused", message: error.message, stop: true };
  // The board has answered, and doesn't say whether the work was done.
  if (error instanceof ErrorsAnswer) return { is: "unclear", cause: error.message, answered: true };
  // Something else may have answered, while the board is still at it.
  if (error instanceof BoardError) return { is: "unclear", cause: error.message };
  throw error;
}
