import type { Board } from "./board.ts";
import type { FaultAction } from "./faults.ts";
import { editByHand } from "./hand.ts";
import { type Answer, errorsAnswer } from "./http.ts";
import { statusOf } from "./services.ts";

/** What the client gets: an answer (perhaps cut in half), or silence with the connection in some state. */
export type Outcome = { answer: Answer; truncated?: boolean } | { silence: "closed" | "reset" | "open" };

const PAGE =
  "<!DOCTYPE html>\n<html><head><title>VK Работа</title></head><body>Ведутся работы</body></html>\n";

/** Faults under which the work is done whatever the client hears. */
const WORKING: readonly FaultAction["kind"][] = [
  "drop_after",
  "truncate",
  "moving_list",
  "leaving_list",
  "short_page",
];

/**
 * Does the work of a request, unless the fault keeps it from being done: then null. Also does the fault's own
 * work: `moving_list` makes a foreign job first, `leaving_list` closes the newest active one, `expire_token` makes
 * every token so far invalid.
 */
export function doWork(action: FaultAction | null, board: Board, work: () => Answer): Answer | null {
  if (action === null) return work();
  if (action.kind === "moving_list") editByHand(board, { attributes: { title: "Чужая вакансия" } });
  if (action.kind === "leaving_list") {
    const newest = board.all().find((job) => statusOf(job, board.now()) === "active");
    if (newest) editByHand(board, { id: newest.id, status: "closed" });
  }
  if (action.kind === "expire_token") {
    const record = board.store.board();
    board.store.commit([
      { table: "board", record: { ...record, tokenGeneration: record.tokenGeneration + 1 } },
    ]);
  }
  const after = "after" in action && action.after === true;
  return after || WORKING.includes(action.kind) ? work() : null;
}

/** What the client gets instead of the honest answer (null where the work wasn't done). */
export function spoil(action: FaultAction | null, honest: Answer | null): Outcome {
  const answer = honest ?? errorsAnswer(500, "");
  switch (action?.kind) {
    case undefined:
    case "delay":
    case "moving_list":
    case "leaving_list":
      return { answer };
    case "short_page":
      return { answer: halved(answer) };
    case "status": {
      const headers = action.retryAfter === undefined ? {} : { "Retry-After": String(action.retryAfter) };
      const body = action.body ?? { errors: [{ detail: `Ошибка ${action.status}` }] };
      return { answer: { status: action.status, body, headers } };
    }
    case "html":
      return { answer: { status: 200, body: PAGE, headers: { "Content-Type": "text/html; charset=utf-8" } } };
    case "redirect":
      return { answer: { status: 302, body: "", headers: { Location: action.location } } };
    case "errors_200":
      return { answer: errorsAnswer(200, action.detail ?? "Внутренняя ошибка") };
    case "expire_token":
      return { answer: errorsAnswer(401, "Invalid JWT Token") };
    case "empty_list":
      return { answer: { status: 200, body: { data: [] } } };
    case "truncate":
      return { answer, truncated: true };
    case "drop_before":
    case "drop_after":
      return { silence: "closed" };
    case "reset_mid_list":
      return { silence: "reset" };
    case "hang":
      return { silence: "open" };
  }
}

/** The answer of a list without the second half of its items. */
function halved(answer: Answer): Answer {
  const { data } = answer.body as { data?: unknown };
  if (!Array.isArray(data)) return answer;
  return { ...answer, body: { data: data.slice(0, Math.ceil(data.length / 2)) } };
}
