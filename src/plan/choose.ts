// Goes once through what a plan would buy, in the order in which it is bought: prices each step, and leaves out what
// must not or can't be bought.

import { OpenCalls } from "../model/open.ts";
import type { Charge, Held, Plan, PlanChange, Step } from "../model/plan.ts";
import type { Intent } from "../model/state.ts";
import type { Budget, Spending } from "./budget.ts";
import { isPaid, most, type Pricer, walletOf } from "./cost.ts";
import type { PlanInput } from "./input.ts";
import { shownBy } from "./kept.ts";
import { hasActiveJob } from "./situation.ts";

/** How the wallet is called where it doesn't hold enough. */
const emptyPurse = "what the wallet holds";

/** A paid step with the change that it belongs to. */
interface Paid {
  readonly change: PlanChange;
  readonly step: Step;
}

/** Why a paid step is left out: it doesn't fit, nobody tells its price, it is dearer than the kept plan showed, or one like it is still open. */
interface Why {
  readonly is: "budget" | "price" | "dearer" | "open";
  /** The limits that it would go beyond. */
  readonly bars?: readonly string[];
  /** The open purchase. */
  readonly open?: Intent;
}

export interface Chosen {
  /** With prices, without what is left out. */
  readonly changes: readonly PlanChange[];
  readonly held: readonly Held[];
  /** What each paid step takes from the wallet. */
  readonly wallets: readonly Charge["wallet"][];
}

/** Adds what is bought to the pricer and to the budget. */
export function choose(
  changes: readonly PlanChange[],
  input: PlanInput,
  pricer: Pricer,
  budget: Budget,
): Chosen {
  const purse = (input.funds && walletOf(input.funds)) ?? Number.POSITIVE_INFINITY;
  const { maxCost = Number.POSITIVE_INFINITY } = input;
  const shown = input.kept && shownBy(input.kept);
  const open = new OpenCalls(input.state);
  const left = new Map<Step, Why>();
  const priced = new Map<Step, Step>();
  const wallets: Charge["wallet"][] = [];
  let spent = 0;

  const refusal = (step: Step, cost: readonly Charge[], charges: readonly Spending[]): Why | undefined => {
    const price = charges.reduce((sum, { wallet }) => sum + wallet, 0);
    const code = step.step === "promote" && step.account !== "bonus" ? step.action : undefined;
    // What the funds will tell of the open one couldn't be told from this one. What they can't tell when no board is
    // at it any more waits for a person, and keeps nobody else from anything.
    const other = open.ofCode(code ?? "").find(({ at }) => at + input.config.settleAfterMs > input.now);
    if (other) return { is: "open", open: other };
    const before = shown?.(charges[0]?.key ?? "", step);
    if (shown && (before === undefined || walletOfCharges(cost) > shownWallet(before)))
      return { is: "dearer" };
    if (!input.withinBudget) return undefined;
    if (cost.some(({ wallet }) => wallet === null)) return { is: "price" };
    const bars = [
      ...(spent + price > purse ? [emptyPurse] : []),
      ...(spent + price > maxCost ? ["--max-cost"] : []),
      ...(input.allow.has("budget") ? [] : charges.flatMap((charge) => budget.bars(charge))),
    ];
    return bars.length > 0 ? { is: "budget", bars: [...new Set(bars)] } : undefined;
  };
  for (const { change, step } of inOrder(changes)) {
    const lost = groundOf(change, step, left);
    if (lost !== undefined && !isActive(change, input)) {
      left.set(step, lost);
      continue;
    }
    const bonus = step.account === "bonus";
    const cost = (step.cost ?? []).map((charge) => ({
      ...charge,
      wallet: bonus ? 0 : pricer.peek(charge.code),
    }));
    const charges = cost.map(({ code, units, wallet }): Spending => {
      const base = { key: change.key, code, units, wallet: most(wallet) ?? 0 };
      return bonus ? { ...base, account: "bonus" } : base;
    });
    const why = refusal(step, cost, charges);
    if (why !== undefined) {
      left.set(step, why);
      continue;
    }
    priced.set(step, { ...step, cost });
    for (const charge of charges) {
      budget.add(charge);
      spent += charge.wallet;
    }
    for (const { code, wallet } of cost) {
      if (!bonus) pricer.next(code);
      wallets.push(wallet);
    }
  }
  return {
    changes: changes
      .map((change) => keepPart(change, left, priced, input))
      .filter(({ steps }, index) => steps.length > 0 || changes[index]?.steps.length === 0),
    held: changes.flatMap((change) => heldBack(change, left, input)),
    wallets,
  };
}

/** Kopecks at most; what isn't known is more than anything that is. */
const walletOfCharges = (cost: readonly Charge[]): number =>
  cost.reduce((sum, { wallet }) => sum + (most(wallet) ?? Number.POSITIVE_INFINITY), 0);

/** What wasn't told was never agreed to. */
const shownWallet = (cost: readonly Charge[]): number =>
  cost.reduce((sum, { wallet }) => sum + (most(wallet) ?? 0), 0);

/** Revivals, soonest expiry first; then new publications; then promotions, each by key. */
function inOrder(changes: readonly PlanChange[]): Paid[] {
  const rank = ({ step }: Paid): number => (step.step === "revive" ? 0 : step.step === "create" ? 1 : 2);
  const expiry = ({ step }: Paid): number =>
    step.expires_at === undefined ? 0 : Date.parse(step.expires_at);
  return changes
    .flatMap((change) => change.steps.filter(isPaid).map((step): Paid => ({ change, step })))
    .sort((a, b) => rank(a) - rank(b) || expiry(a) - expiry(b));
}

/** Why the publication that a promotion stands on is left out. */
function groundOf({ steps }: PlanChange, step: Step, left: ReadonlyMap<Step, Why>): Why | undefined {
  if (step.step !== "promote") return undefined;
  const ground = steps.find((one) => one.step === "create" || one.step === "revive");
  return ground && left.get(ground);
}

/** Whether its job is active without this plan: then a renewal that is left out keeps nothing else from being bought. */
function isActive({ key, job_id, steps }: PlanChange, input: PlanInput): boolean {
  const from = steps.find(({ step }) => step === "move")?.from;
  return hasActiveJob(job_id, input.state.entries[from ?? key], input);
}

/** The steps that are kept, without what stands on one that isn't. */
function keepPart(
  change: PlanChange,
  left: ReadonlyMap<Step, Why>,
  priced: ReadonlyMap<Step, Step>,
  input: PlanInput,
): PlanChange {
  const steps = standing(change, (step) => !left.has(step), input);
  return { ...change, steps: steps.map((step) => priced.get(step) ?? step) };
}

/** What is dearer than a kept plan showed is stale, and not held. */
function heldBack(
  { key, job_id, steps }: PlanChange,
  left: ReadonlyMap<Step, Why>,
  input: PlanInput,
): Held[] {
  const out = steps.filter((step) => left.has(step) && left.get(step)?.is !== "dearer");
  if (out.length === 0) return [];
  const names = out.map(({ step, action }) => action ?? step).join(", ");
  for (const step of out) {
    const { open } = left.get(step) ?? {};
    if (!open) continue;
    const wait = Math.ceil((open.at + input.config.settleAfterMs - input.now) / 60_000);
    return [
      {
        key,
        job_id,
        reason: `${step.action}: what became of an earlier purchase of it, for ${open.key}, isn't known yet`,
        hint: `plan again in ${wait} min, or once you have looked at the board: vac state resolve ${open.key} --done|--not-done`,
      },
    ];
  }
  const unpriced = out.filter((step) => left.get(step)?.is === "price").flatMap(({ cost = [] }) => cost);
  if (unpriced.length > 0) {
    const codes = [...new Set(unpriced.map(({ code }) => code))].sort();
    const reason = `${names}: no price is known of ${codes.join(", ")}`;
    return [{ key, job_id, reason, hint: priceHint(codes) }];
  }
  const bars = [...new Set(out.flatMap((step) => left.get(step)?.bars ?? []))];
  const reason = `${names}: not within ${bars.join(", ")}`;
  return [{ key, job_id, reason, hint: roomHint(bars) }];
}

/** How there is room again under limits that are named. */
function roomHint(bars: readonly string[]): string {
  const own = bars.filter((name) => name.startsWith("budget."));
  const ways = [
    ...(own.length > 0 ? [`raise ${own.join(" and ")} in _config.yaml`] : []),
    ...(bars.includes("--max-cost") ? ["give a higher --max-cost"] : []),
    ...(bars.includes(emptyPurse) ? ["pay in"] : []),
    ...(own.some((name) => name.includes("per_month")) ? ["wait for the next month"] : []),
    ...(own.some((name) => name.includes("per_apply")) ? ["apply again"] : []),
  ];
  return ways.join(", or ");
}

/** How a price becomes known. */
export const priceHint = (codes: readonly string[]): string =>
  `write prices: { ${codes.map((code) => `${code}: ROUBLES`).join(", ")} } into _config.yaml`;

/** The steps that cost nothing. */
export function freePart(change: PlanChange, input: PlanInput): PlanChange {
  return { ...change, steps: standing(change, (step) => !isPaid(step), input) };
}

/**
 * The steps that are wanted, without what stands on a publication that isn't: everything of a new vacancy, and the update
 * of a job that isn't active, which the board may refuse until it is.
 */
function standing(change: PlanChange, wanted: (step: Step) => boolean, input: PlanInput): Step[] {
  const lost = change.steps.find(
    (step) => (step.step === "create" || step.step === "revive") && !wanted(step),
  );
  if (lost?.step === "create") return [];
  const waits = lost !== undefined && input.traits.updatesInactive !== "yes" && !isActive(change, input);
  return change.steps.filter((step) => wanted(step) && !(waits && step.step === "update"));
}

/** How many paid steps a plan has. */
export const countPaid = (changes: readonly Plan["changes"][number][]): number =>
  changes.reduce((sum, { steps }) => sum + steps.filter(isPaid).length, 0);
