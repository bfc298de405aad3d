// How many requests are in flight: fewer while the board says that it is asked too fast, slowly more again.
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";

export interface Gate {
  /** Runs a request as soon as there is room for it, and the board's pause is over. */
  run<T>(request: () => Promise<T>): Promise<T>;
  /**
   * The board turned a request away (429), and asks to be left alone for so many milliseconds: half as many from then
   * on, once for all that were in flight together.
   */
  slower(pauseMs: number | undefined): void;
  /** An answer came: after four rounds of them, one more at once. */
  faster(): void;
  /** How many may be in flight now. */
  readonly width: number;
}

/** Rounds of answers without a 429 before one more request is let through. */
const patience = 4;
/** Milliseconds that a pause of the board is kept at most: longer ones are told as errors by who waits for them. */
const longest = 60_000;

/** `most` is the concurrency that is wanted, and is never exceeded; nobody waits once `closed` is aborted. */
export function gateOf(most: number, closed: AbortSignal): Gate {
  const limit = pLimit(most);
  let answers = 0;
  /** Answers to requests that left before the last change tell nothing of it. */
  let stale = 0;
  let until = 0;
  const change = (width: number): void => {
    stale = limit.activeCount - 1;
    answers = 0;
    limit.concurrency = width;
  };
  const pause = async (): Promise<void> => {
    for (let wait = until - Date.now(); wait > 0 && !closed.aborted; wait = until - Date.now())
      await sleep(wait, undefined, { signal: closed }).catch(() => undefined);
  };
  return {
    run: (request) =>
      limit(async () => {
        await pause();
        return request();
      }),
    slower(pauseMs) {
      if (pauseMs !== undefined) until = Math.max(until, Date.now() + Math.min(pauseMs, longest));
      if (stale > 0) stale -= 1;
      else if (limit.concurrency > 1) change(Math.max(1, Math.floor(limit.concurrency / 2)));
    },
    faster() {
      if (stale > 0) stale -= 1;
      else answers += 1;
      if (limit.concurrency < most && answers >= patience * limit.concurrency) change(limit.concurrency + 1);
    },
    get width() {
      return limit.concurrency;
    },
  };
}
