// The board's list of jobs, as complete as it has to be.
import type { Board } from "../board/port.ts";
import { BoardError } from "../model/errors.ts";
import { type JobView, refKey } from "../model/job.ts";

/** Jobs by `refKey`. */
export type Jobs = Map<string, JobView>;

/** One pass over the list of jobs, by `refKey`; `expected` is how many there should be. */
export async function readList(board: Board, expected?: number): Promise<Jobs> {
  const jobs: Jobs = new Map();
  for await (const job of board.jobs(expected)) jobs.set(refKey(job.ref), job);
  return jobs;
}

/** Reads the list until two passes agree; three that all differ are a list that nothing can be created on. */
export async function readUntilAtRest(board: Board, first: Jobs): Promise<Jobs> {
  const second = await readList(board, first.size);
  if (agree(first, second)) return first;
  const third = await readList(board, second.size);
  if (agree(second, third)) return third;
  throw new BoardError(
    "the board's list of jobs changes from one read to the next, so nothing may be concluded from it",
    {
      hint: "try again when nobody else edits jobs",
    },
  );
}

function agree(a: Jobs, b: Jobs): boolean {
  return a.size === b.size && [...a].every(([id, job]) => b.get(id)?.status === job.status);
}
