import { VacError } from "../../model/errors.ts";
import type { Outcome } from "../../model/job.ts";

/** Takes every secret out of a text. */
export type Redact = (text: string) => string;

/** Lets no secret leave in what a board's answers are quoted in: thrown errors and outcomes. */
export function guardTexts(redact: Redact) {
  const safe = (error: unknown): unknown => {
    if (error instanceof VacError) error.message = redact(error.message);
    return error;
  };
  return {
    safely: async <T>(promise: Promise<T>): Promise<T> => {
      try {
        return await promise;
      } catch (error) {
        throw safe(error);
      }
    },
    async *safelyEach<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
      try {
        yield* items;
      } catch (error) {
        throw safe(error);
      }
    },
    safeOutcome: (outcome: Outcome): Outcome => {
      if (outcome.is === "done" && outcome.note !== undefined)
        return { ...outcome, note: redact(outcome.note) };
      if (outcome.is === "refused") return { ...outcome, message: redact(outcome.message) };
      return outcome.is === "unclear" ? { ...outcome, cause: redact(outcome.cause) } : outcome;
    },
  };
}
