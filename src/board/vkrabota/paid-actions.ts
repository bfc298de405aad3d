// Paid services on jobs (document: Применение VAS'ов). A batch holds calls of one code and one account, and is never
// sent again where it may have been done.
import { BoardError } from "../../model/errors.ts";
import type { BuyCall, JobView, Outcome } from "../../model/job.ts";
import { refId } from "../../model/job.ts";
import { oneLine } from "./answers.ts";
import type { Client } from "./client.ts";
import { codeOf } from "./codes.ts";
import { fateOf } from "./fate.ts";
import {
  asId,
  asList,
  asObject,
  type Json,
  misshapen,
  readServices,
  readText,
  refuseErrors,
} from "./wire.ts";

const what = "POST /paid_actions";

/**
 * Buys one service for some jobs; outcomes by index. `now` is asked after the answer, in milliseconds since 1970 on the
 * board's clock; `onSend` is called right before the bytes leave. Never throws for what happened.
 */
export async function buyActions(
  ask: Client,
  calls: readonly BuyCall[],
  now: () => number,
  onSend?: () => void,
): Promise<Outcome[]> {
  const [first] = calls;
  if (first === undefined) return [];
  if (calls.some(({ action, account }) => action !== first.action || account !== first.account))
    throw new Error("a batch holds paid actions of one code and one account");
  try {
    const json = {
      actions: calls.map(({ action, job }) => ({ action, job_id: refId(job) })),
      use_account: first.account,
    };
    const answer = await ask({
      method: "POST",
      path: "/paid_actions",
      json,
      once: true,
      ...(onSend && { onSend }),
    });
    const top = asObject(what, "the answer", answer);
    refuseErrors(what, top);
    const items = asList(what, "data", top.data);
    return calls.map((call, index) => readItem(call, `data[${index}]`, items[index], now()));
  } catch (error) {
    const fate = fateOf(error);
    return calls.map(() => fate);
  }
}

/** One element, which must be the answer to this very call; what can't be read leaves only this call unclear. */
function readItem(call: BuyCall, path: string, value: unknown, now: number): Outcome {
  try {
    if (value === undefined) return { is: "unclear", cause: `${what}: the board's answer lacks this action` };
    const shown = asObject(what, `${path}.attributes`, asObject(what, path, value).attributes as unknown);
    checkOrigin(call, `${path}.attributes.origin`, shown.origin);
    const job = jobIn(call, path, shown.job);
    if (shown.status === "success") return { is: "done", ...(job && { job: viewOf(call, job) }) };
    if (shown.status === "failed") return failed(call, readText(shown.error_message), job, now);
    throw misshapen(what, `${path}.attributes.status`, "success or failed", shown.status);
  } catch (error) {
    if (error instanceof BoardError) return { is: "unclear", cause: error.message };
    throw error;
  }
}

function checkOrigin(call: BuyCall, path: string, value: unknown): void {
  const origin = asObject(what, path, value);
  if (codeOf(String(origin.action)) !== codeOf(call.action))
    throw misshapen(what, `${path}.action`, call.action, origin.action);
  if (asId(what, `${path}.job_id`, origin.job_id) !== refId(call.job))
    throw misshapen(what, `${path}.job_id`, String(refId(call.job)), origin.job_id);
}

/** Attributes of the job in the answer; undefined where there is none, or another one. */
function jobIn(call: BuyCall, path: string, value: unknown): Json | undefined {
  if (value == null) return undefined;
  const data = asObject(what, `${path}.attributes.job`, value).data;
  if (data == null) return undefined;
  const item = asObject(what, `${path}.attributes.job.data`, data);
  if (asId(what, `${path}.attributes.job.data.id`, item.id) !== refId(call.job)) return undefined;
  return asObject(what, `${path}.attributes.job.data.attributes`, item.attributes);
}

/** What it shows of services; its other attributes have another shape than a job's, and aren't taken over. */
function viewOf(call: BuyCall, shown: Json): JobView {
  return { ref: call.job, attributes: {}, ...readServices(shown) };
}

/** Refused, unless the job shows that the service runs already or isn't possible yet: then there is nothing to do. */
function failed(call: BuyCall, said: string | undefined, shown: Json | undefined, now: number): Outcome {
  const message = oneLine(said ?? "") || "(no text)";
  if (shown === undefined) return { is: "refused", message };
  const job = viewOf(call, shown);
  const runsTill = job.services?.[call.action];
  const done = (why: string): Outcome => ({ is: "done", job, note: `${why}; the board says: ${message}` });
  if (runsTill !== undefined && runsTill > now) return done(`it runs until ${iso(runsTill)} already`);
  const { refreshableAt } = job;
  if (call.action === "job_refresh" && shown.refreshable === false && (refreshableAt ?? 0) > now)
    return done(`it isn't possible before ${iso(refreshableAt ?? 0)}`);
  return { is: "refused", message };
}

const iso = (time: number): string => new Date(time).toISOString();
