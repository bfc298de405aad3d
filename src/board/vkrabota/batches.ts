// Which calls go out together: paid services of one code and account, one picture for several jobs.
import { addTo } from "../../model/groups.ts";
import type { BuyCall, Call, PictureCall, UnpictureCall } from "../../model/job.ts";
import { refId } from "../../model/job.ts";
import { traits } from "./traits.ts";

/** Calls that go out one by one. */
export type SingleCall = Exclude<Call, BuyCall | PictureCall | UnpictureCall>;

/** Calls of one request, with their indices among all. */
export type Batch =
  | { readonly kind: "single"; readonly indices: readonly number[]; readonly call: SingleCall }
  | { readonly kind: "buy"; readonly indices: readonly number[]; readonly calls: readonly BuyCall[] }
  | {
      readonly kind: "picture";
      readonly indices: readonly number[];
      readonly calls: readonly (PictureCall | UnpictureCall)[];
    };

/** Batches in the order of their first calls; paid ones of no more calls than the board is given at once. */
export function batchesOf(calls: readonly Call[]): Batch[] {
  const groups = new Map<string, number[]>();
  for (const [index, call] of calls.entries()) {
    const word = togetherWith(call) ?? `single ${index}`;
    addTo(groups, word, index);
  }
  return [...groups.values()]
    .flatMap((indices) => (calls[indices[0] as number]?.do === "buy" ? chunks(indices) : [indices]))
    .map((indices) => batchOf(calls, indices));
}

/** The same for calls that may go out together; undefined for those that never do. */
function togetherWith(call: Call): string | undefined {
  switch (call.do) {
    case "buy":
      return JSON.stringify(["buy", call.action, call.account]);
    case "picture": {
      const { x, y, w, h } = call.crop ?? {};
      return JSON.stringify(["picture", call.target === "account", call.hash, x, y, w, h]);
    }
    case "unpicture":
      return JSON.stringify(["unpicture", call.target === "account"]);
    default:
      return undefined;
  }
}

function chunks(indices: readonly number[]): number[][] {
  const count = Math.ceil(indices.length / traits.batch);
  return Array.from({ length: count }, (_, n) => indices.slice(n * traits.batch, (n + 1) * traits.batch));
}

function batchOf(all: readonly Call[], indices: readonly number[]): Batch {
  const calls = indices.map((index) => all[index] as Call);
  const [first] = calls as [Call];
  switch (first.do) {
    case "buy":
      return { kind: "buy", indices, calls: calls as BuyCall[] };
    case "picture":
    case "unpicture":
      return { kind: "picture", indices, calls: calls as (PictureCall | UnpictureCall)[] };
    default:
      return { kind: "single", indices, call: first };
  }
}

/** Whether a call names its job by a ticket, which this board has none of. */
export function isTicket(call: Call): boolean {
  if (call.do === "buy") return refId(call.job) === null;
  return "target" in call && call.target !== "account" && refId(call.target) === null;
}
