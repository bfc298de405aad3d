import { VacError } from "../../model/errors.ts";
import type { Outcome } from "../../model/job.ts";

/** Replaces every occurrence of the secrets in a text, also encoded ones: the board may echo what it was sent. */
export type Redact = (text: string) => string;

/** A redactor that learns secrets as they come up (a token is known only after the log-in). */
export function redactor(): { redact: Redact; learn(secret: string): void } {
  const forms = new Set<string>();
  return {
    redact: (text) => [...forms].reduce((rest, form) => rest.replaceAll(form, "[secret]"), text),
    learn(secret) {
      if (secret.length < 3) return;
      for (const form of [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString("base64"),
        Buffer.from(secret).toString("base64url"),
        Buffer.from(secret).toString("hex"),
        JSON.stringify(secret).slice(1, -1),
      ]) {
        forms.add(form);
      }
    },
  };
}

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
