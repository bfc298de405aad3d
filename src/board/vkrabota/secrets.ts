import { VacError } from "../../model/errors.ts";
import type { Outcome } from "../../model/job.ts";
import { oneLine, type Redact } from "./answers.ts";

/** Characters of a message, so that no answer fills a screen. */
const longest = 1000;

/** Lets no secret leave in what a board's answers are quoted in, thrown errors and outcomes, and cuts them only then. */
export function guardTexts(redactAll: Redact) {
  const redact: Redact = (text) => oneLine(redactAll(text), longest);
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
