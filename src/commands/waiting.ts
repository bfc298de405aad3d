// Waiting behind a run that holds the state, for pipelines whose runs meet.
import { setTimeout as pause } from "node:timers/promises";
import { LockError } from "../model/errors.ts";
import { type Io, tell } from "./io.ts";

/** Milliseconds between two looks. */
const everyMs = 5_000;

/**
 * Opens the state, waiting up to so many milliseconds while another run holds it; who that is, is told once. Throws its
 * LockError when the time is up.
 */
export async function openWithin<T>(io: Io, waitMs: number, open: () => Promise<T>): Promise<T> {
  const wait = io.pace?.wait ?? ((ms: number) => pause(ms));
  for (let waited = 0; ; waited += everyMs) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof LockError) || waited >= waitMs) throw error;
      if (waited === 0) tell(io, `Waiting up to ${Math.ceil(waitMs / 60_000)} min: ${error.message}`);
      await wait(Math.min(everyMs, waitMs - waited));
    }
  }
}
