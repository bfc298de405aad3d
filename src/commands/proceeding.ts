// Applications moved on, one by one: what was done, what wasn't, and what nobody can tell.
import pLimit from "p-limit";
import type { Application } from "../board/vkrabota/applications.ts";
import { CallError } from "../board/vkrabota/client.ts";
import type { VkrabotaBoard } from "../board/vkrabota/index.ts";
import { AuthError, BoardError } from "../model/errors.ts";
import type { Io } from "./io.ts";
import { tell } from "./io.ts";

/** What is wanted of one application. */
export interface Wanted {
  readonly id: string;
  readonly to: string;
  /** Its job, where it is known. */
  readonly jobId?: string;
}

export type Result = "applied" | "failed" | "unknown" | "moved_on" | "not_started";

export interface Proceeded<W extends Wanted> {
  readonly wanted: W;
  readonly result: Result;
  readonly application?: Application;
  readonly error?: string;
}

/** Whether an application is still to be moved on. */
export type IsDue<W extends Wanted> = (wanted: W) => Promise<boolean>;

/** Applications moved on between two looks at what people have moved on meanwhile. */
const batch = 50;

/**
 * Moves applications on, the others too where one fails; results in the order of what is wanted. `look` is called before
 * each 50 of them, and what it returns is asked right before each call. Nothing more is begun once a signal came or the
 * session is lost.
 */
export async function proceedAll<W extends Wanted>(
  io: Io,
  client: VkrabotaBoard,
  all: readonly W[],
  concurrency: number,
  look: () => IsDue<W> = () => async () => true,
): Promise<{ results: Proceeded<W>[]; interrupted: boolean }> {
  let stopped = false;
  let interrupted = false;
  const limit = pLimit(concurrency);
  const one = async (wanted: W, isDue: IsDue<W>): Promise<Proceeded<W>> => {
    if (stopped) return { wanted, result: "not_started" };
    let sent = false;
    try {
      if (!(await isDue(wanted))) return { wanted, result: "moved_on" };
      if (stopped) return { wanted, result: "not_started" };
      sent = true;
      const application = await client.proceed(wanted.id, wanted.to);
      if (application.status === wanted.to) return { wanted, result: "applied", application };
      return await settle(client, wanted, `the board answered, and shows ${application.status}`);
    } catch (error) {
      if (error instanceof AuthError) stopped = true;
      else if (sent && error instanceof BoardError && isOpen(error))
        return settle(client, wanted, error.message);
      if (error instanceof BoardError) return { wanted, result: "failed", error: error.message };
      throw error;
    }
  };
  const stop = (): void => {
    [stopped, interrupted] = [true, true];
    tell(
      io,
      "\nStopping: what is in flight is finished, nothing more is begun. A second signal quits at once.",
    );
  };
  const results: Proceeded<W>[] = [];
  await io.guarded(stop, async () => {
    for (let at = 0; at < all.length; at += batch) {
      const isDue = look();
      const some = all.slice(at, at + batch);
      results.push(...(await Promise.all(some.map((wanted) => limit(() => one(wanted, isDue))))));
    }
  });
  return { results, interrupted };
}

/** Whether it may have been done: an answer that can't be read may be of a call that was. */
const isOpen = (error: BoardError): boolean => !(error instanceof CallError) || error.fate === "unclear";

/** What became of a call whose answer is lost, by the list alone: it is never sent again. */
async function settle<W extends Wanted>(
  client: VkrabotaBoard,
  wanted: W,
  why: string,
): Promise<Proceeded<W>> {
  const { id, to, jobId } = wanted;
  try {
    const filter = { status: [to], ...(jobId !== undefined && { jobId }) };
    for await (const application of client.applications(filter)) {
      if (application.id === id && application.status === to)
        return { wanted, result: "applied", application };
    }
  } catch {
    // Not to be told by reading either.
  }
  return {
    wanted,
    result: "unknown",
    error: `${why}; it may have been done or not: vac applications list shows it`,
  };
}
