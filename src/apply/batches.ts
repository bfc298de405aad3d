// Promotions: bought in batches of one service and one purse, one batch at a time, each at most once.
import { randomUUID } from "node:crypto";
import { addTo } from "../model/groups.ts";
import { type BuyCall, type JobView, type Outcome, refId } from "../model/job.ts";
import type { PlanChange, Step, StepResult } from "../model/plan.ts";
import { completeDraft, type EntryDraft, type Intent, type StateEntry } from "../model/state.ts";
import { isTimed } from "../plan/promotion.ts";
import { callOf } from "./calls.ts";
import { notStarted } from "./course.ts";
import { draftAfter } from "./draft.ts";
import { codesOf, takenSince } from "./evidence.ts";
import { chargeOf, markOf } from "./mark.ts";
import { boughtBy, boughtEntry, foundBy } from "./promoted.ts";
import { type Run, viewOf } from "./run.ts";

/** One promotion of a plan. */
export interface Purchase {
  readonly change: PlanChange;
  readonly step: Step;
}

interface Item extends Purchase {
  readonly entry: StateEntry;
  readonly draft: EntryDraft;
  readonly call: BuyCall;
  readonly id: string;
}

/** Groups promotions into batches: one service, one purse, at most so many. */
export function batchesOf(purchases: readonly Purchase[], most: number): Purchase[][] {
  const groups = new Map<string, Purchase[]>();
  for (const purchase of purchases) {
    const word = `${purchase.step.action} ${purchase.step.account}`;
    addTo(groups, word, purchase);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, group]) => chunks(group, most));
}

function chunks<T>(items: readonly T[], most: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += most) parts.push(items.slice(at, at + most));
  return parts;
}

/**
 * Buys one batch, with what each came to. Every intent is on disk before the call, with the funds before it; an unclear
 * batch is settled by what the funds show. What may be done yet stays open; of what can't be told any more a repeated
 * promotion counts as bought, and one at a time waits for a person.
 */
export async function buyBatch(run: Run, batch: readonly Purchase[]): Promise<StepResult[]> {
  const items = batch.map((purchase) => itemOf(run, purchase));
  // Without funds, as on a board that has none to ask for, an unclear batch can't be settled.
  const { funds } = markOf(run.purse, codesOf(items.map(({ call }) => call)));
  await logIntents(run, items, funds);
  // Others have to know of it before it is sent, since only the funds before it tell what became of it.
  const why = await run.session.shared?.checkpoint();
  if (why !== undefined) return withdraw(run, items, why);
  const sent = new Set<number>();
  const onSend = (index: number): void => {
    const item = items[index];
    run.session.shared?.check();
    if (item && !sent.has(index)) run.session.appendNow({ event: "sent", id: item.id });
    sent.add(index);
  };
  const calls = items.map(({ call }) => call);
  const first = await run.board.send(calls, { onSend });
  const outcomes = await settled(run, items, first, funds);
  const results: StepResult[] = [];
  for (const [index, item] of items.entries())
    results.push(await finish(run, item, outcomes[index] ?? unheard, first[index]));
  await run.session.shared?.checkpoint();
  return results;
}

/** Nothing was sent, and nothing more may be. */
async function withdraw(run: Run, items: readonly Item[], why: string): Promise<StepResult[]> {
  run.stop.abort();
  for (const { id } of items) await run.session.append({ event: "refused", id });
  return items.map(({ change, step }) => notStarted(change, step, why));
}

/** What the funds tell of calls whose outcome is unclear, beside those of the batch that were charged. */
async function settled(
  run: Run,
  items: readonly Item[],
  first: readonly Outcome[],
  funds: Intent["funds"],
): Promise<Outcome[]> {
  const calls = items.map(({ call }) => call);
  const outcomes = calls.map((_, index) => first[index] ?? unheard);
  const open = [...outcomes.keys()].filter((index) => outcomes[index]?.is === "unclear");
  if (open.length === 0) return outcomes;
  const charged = calls.filter((_, index) => {
    const outcome = outcomes[index];
    return outcome?.is === "done" && outcome.note === undefined;
  });
  const final = open.every((index) => {
    const outcome = outcomes[index];
    return outcome?.is === "unclear" && outcome.answered === true;
  });
  const except = new Set(items.map(({ id }) => id));
  const known =
    funds && takenSince(run.session.state, funds, { codes: codesOf(calls), except, at: run.board.now() });
  const told = await run.board.settle(
    open.map((index) => calls[index] as BuyCall),
    {
      jobs: new Set(),
      ...(funds && { funds }),
      ...known,
      charged: [...(known?.charged ?? []), ...charged],
      final,
    },
  );
  for (const [position, index] of open.entries()) outcomes[index] = told[position] ?? unheard;
  return outcomes;
}

const unheard: Outcome = { is: "unclear", cause: "the board gave no outcome" };

function itemOf(run: Run, { change, step }: Purchase): Item {
  const entry = run.session.state.entries[change.key];
  if (!entry) throw new Error(`a promotion of ${change.key}, which has no job`);
  const view = viewOf(run, change, entry);
  const vacancy = run.desired.get(change.key);
  const about = {
    traits: run.board.traits,
    step,
    vacancy,
    entry,
    view,
    commit: run.commit,
    uncommitted: vacancy !== undefined && run.uncommitted.has(vacancy.file),
    now: run.board.now(),
  };
  const call = callOf(step, entry, view?.status) as BuyCall;
  return { change, step, entry, call, draft: draftAfter(about), id: randomUUID() };
}

async function logIntents(run: Run, items: readonly Item[], funds: Intent["funds"]): Promise<void> {
  const base = { at: run.board.now(), machine: run.machine, plan: run.plan, batch: randomUUID() };
  for (const [index, { id, change, call, draft, step }] of items.entries()) {
    const charge = chargeOf(step);
    const own = { id, key: change.key, call, entry: draft, words: wordsOf(step), ...(funds && { funds }) };
    const intent: Intent = { ...base, ...own, ...(charge && { charge }) };
    await run.session.append({ event: "intent", intent }, index === items.length - 1 ? "fsync" : undefined);
  }
}

const wordsOf = ({ action = "", words = [action] }: Step): string[] => words;

async function finish(
  run: Run,
  { change, step, entry, call, draft, id }: Item,
  outcome: Outcome,
  first: Outcome | undefined,
): Promise<StepResult> {
  const now = run.board.now();
  const words = wordsOf(step);
  const result = (
    status: StepResult["status"],
    more: { error?: string; note?: string } = {},
  ): StepResult => ({ key: change.key, step: "promote", status, job_id: refId(entry.job), ...more });
  const known = completeDraft(draft, entry.job, entry.observed);
  const bought = (view: JobView | undefined, isAnswered: boolean): Promise<void> => {
    const after = boughtEntry(known, boughtBy(call, words, now), view, now);
    const done = { event: "done" as const, id, key: change.key, entry: after };
    return run.session.append(isAnswered ? done : { ...done, assumed: true });
  };
  const open = async (cause: string, way: string): Promise<StepResult> => {
    await run.session.append({ event: "unclear", id, cause });
    return result("unknown", { error: `${step.action}: ${cause}${way}` });
  };
  switch (outcome.is) {
    case "done": {
      if (outcome.note === undefined) {
        await bought(outcome.job, first?.is === "done");
        return result("applied");
      }
      // It runs already: nothing was charged, so nothing goes into the ledger.
      await run.session.append({ event: "refused", id });
      const found = foundBy(run.board.traits, call, words, outcome.job, now);
      const after = boughtEntry(known, found, outcome.job, now);
      await run.session.append({ event: "put", key: change.key, entry: after });
      return result("applied", { note: outcome.note });
    }
    case "refused":
      await run.session.append({ event: "refused", id });
      if (outcome.stop) run.stop.abort();
      return result("failed", { error: `${step.action}: ${outcome.message}` });
    case "accepted":
      await bought(undefined, false);
      return result("pending");
    case "unclear": {
      const cause = first?.is === "unclear" ? first.cause : outcome.cause;
      if (outcome.waits)
        return open(cause, "; nothing shows that it was taken, and a later plan looks again");
      if (words.some(isTimed)) return open(cause, "");
      await bought(undefined, false);
      return result("unknown", {
        error: `${step.action}: ${cause}; it counts as bought until its period has run`,
      });
    }
  }
}
