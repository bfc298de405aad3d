// Sends calls of all kinds; outcomes by index.
import type { LimitFunction } from "p-limit";
import type { Call, Outcome, PictureCall, UnpictureCall } from "../../model/job.ts";
import { refId } from "../../model/job.ts";
import type { Picture, SendOptions } from "../port.ts";
import { deleteBackground, type Owners, putBackground } from "./background.ts";
import { type Batch, batchesOf, isTicket } from "./batches.ts";
import type { Client } from "./client.ts";
import { buyActions } from "./paid-actions.ts";
import { sendCall } from "./send.ts";

export interface SendAll extends SendOptions {
  /** How many requests are in flight. */
  readonly limit: LimitFunction;
  /** Milliseconds since 1970 on the board's clock. */
  readonly now: () => number;
}

/** Paid batches go out one after the other; everything else as the limit allows. */
export async function sendAll(ask: Client, calls: readonly Call[], options: SendAll): Promise<Outcome[]> {
  const outcomes: Outcome[] = calls.map(() => ({ is: "refused", message: "this board has no tickets" }));
  const sendable = [...calls.keys()].filter((index) => !isTicket(calls[index] as Call));
  const batches = batchesOf(sendable.map((index) => calls[index] as Call)).map((batch) => ({
    ...batch,
    indices: batch.indices.map((position) => sendable[position] as number),
  }));
  const run = (batch: Batch): Promise<readonly Outcome[]> =>
    options.limit(async () => {
      const found = await sendBatch(ask, batch, options);
      for (const [position, index] of batch.indices.entries()) outcomes[index] = found[position] as Outcome;
      return found;
    });
  await Promise.all([
    ...batches.filter(({ kind }) => kind !== "buy").map(run),
    runPaid(
      batches.filter(({ kind }) => kind === "buy"),
      run,
      (index, outcome) => {
        outcomes[index] = outcome;
      },
    ),
  ]);
  return outcomes;
}

/** After a batch that isn't clear nothing more is bought: what it took couldn't be told from what the next one takes. */
async function runPaid(
  batches: readonly Batch[],
  run: (batch: Batch) => Promise<readonly Outcome[]>,
  set: (index: number, outcome: Outcome) => void,
): Promise<void> {
  for (const [position, batch] of batches.entries()) {
    const found = await run(batch);
    const unclear = found.some(({ is }) => is === "unclear");
    const stopped = found.some((outcome) => outcome.is === "refused" && outcome.stop);
    if (!unclear && !stopped) continue;
    const message = unclear
      ? "not sent, since the outcome of the paid actions before it is unclear"
      : "not sent, since the board refuses the session";
    for (const index of batches.slice(position + 1).flatMap(({ indices }) => indices))
      set(index, { is: "refused", message, ...(stopped && { stop: true }) });
    return;
  }
}

async function sendBatch(
  ask: Client,
  batch: Batch,
  { onSend, picture, now }: SendAll,
): Promise<readonly Outcome[]> {
  const mark =
    onSend &&
    (() => {
      for (const index of batch.indices) onSend(index);
    });
  switch (batch.kind) {
    case "single":
      return [await sendCall(ask, batch.call, mark)];
    case "buy":
      return buyActions(ask, batch.calls, now, mark);
    case "picture":
      return sendPicture(ask, batch.calls, picture, mark);
  }
}

async function sendPicture(
  ask: Client,
  calls: readonly (PictureCall | UnpictureCall)[],
  load: SendOptions["picture"],
  onSend: (() => void) | undefined,
): Promise<readonly Outcome[]> {
  const [first] = calls as [PictureCall | UnpictureCall];
  const ids = calls.map(({ target }) => (target === "account" ? null : refId(target)));
  const jobs: Owners = first.target === "account" ? "account" : ids.filter((id) => id !== null);
  // The account's own comes once, whoever asks for it.
  const each = (found: readonly Outcome[]): Outcome[] =>
    calls.map((_, index) => found[jobs === "account" ? 0 : index] as Outcome);
  if (first.do === "unpicture") {
    const again = (calls as readonly UnpictureCall[]).map((call) => call.again === true);
    return each(await deleteBackground(ask, jobs, { again, ...(onSend && { onSend }) }));
  }
  let picture: Picture;
  try {
    if (load === undefined) throw new Error(`nothing was given to read ${first.file} with`);
    picture = await load(first.hash);
  } catch (error) {
    return calls.map(() => ({ is: "refused", message: (error as Error).message }));
  }
  return each(await putBackground(ask, { jobs, picture, ...(first.crop && { crop: first.crop }) }, onSend));
}
