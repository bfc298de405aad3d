// Goes once through what a plan would buy, in the order in which it is bought: prices each step, and leaves out what
// must not or can't be bought.
import type { Charge, Held, Plan, PlanChange, Step } from "../model/plan.ts";
import type { Budget, Spending } from "./budget.ts";
import { isPaid, most, type Pricer, walletOf } from "./cost.ts";
import type { PlanInput } from "./input.ts";
import { shownBy } from "./kept.ts";
import { hasActiveJob } from "./situation.ts";

/** A paid step with the change that it belongs to. */
interface Paid {
  readonly change: PlanChange;
  readonly step: Step;
}

/** Why a paid step is left out: it doesn't fit, nobody tells its price, or it is dearer than the kept plan showed. */
type Why = "budget" | "price" | "dearer";

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
  const purse = input.funds && walletOf(input.funds);
  const mostOf = Math.min(purse ?? Number.POSITIVE_INFINITY, input.maxCost ?? Number.POSITIVE_INFINITY);
  const shown = input.kept && shownBy(input.kept);
  const left = new Map<Step, Why>();
  const priced = new Map<Step, Step>();
  const wallets: Charge["wallet"][] = [];
  let spent = 0;

  const refusal = (step: Step, cost: readonly Charge[], charges: readonly Spending[]): Why | undefined => {
    const price = charges.reduce((sum, { wallet }) => sum + wallet, 0);
    const before = shown?.(charges[0]?.key ?? "", step);
    if (shown && (before === undefined || walletOfCharges(cost) > walletOfCharges(before))) return "dearer";
    if (!input.withinBudget) return undefined;
    if (cost.some(({ wallet }) => wallet === null)) return "price";
    const fits = input.allow.has("budget") || charges.every((charge) => budget.fits(charge));
    return spent + price > mostOf || !fits ? "budget" : undefined;
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
      .map((change) => keepPart(change, left, priced))
      .filter(({ steps }, index) => steps.length > 0 || changes[index]?.steps.length === 0),
    held: changes.flatMap((change) => heldBack(change, left)),
    wallets,
  };
}

/** Kopecks at most; what isn't known is more than anything that is. */
const walletOfCharges = (cost: readonly Charge[]): number =>
  cost.reduce((sum, { wallet }) => sum + (most(wallet) ?? Number.POSITIVE_INFINITY), 0);

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

/** Without a publication that isn't bought there is nothing to do for a new vacancy. */
function keepPart(
  change: PlanChange,
  left: ReadonlyMap<Step, Why>,
  priced: ReadonlyMap<Step, Step>,
): PlanChange {
  const unpublished = change.steps.some((step) => step.step === "create" && left.has(step));
  const steps = unpublished ? [] : change.steps.filter((step) => !left.has(step));
  return { ...change, steps: steps.map((step) => priced.get(step) ?? step) };
}

/** What is dearer than a kept plan showed is stale, and not held. */
function heldBack({ key, job_id, steps }: PlanChange, left: ReadonlyMap<Step, Why>): Held[] {
  const out = steps.filter((step) => left.has(step) && left.get(step) !== "dearer");
  if (out.length === 0) return [];
  const names = out.map(({ step, action }) => action ?? step).join(", ");
  const unpriced = out.filter((step) => left.get(step) === "price").flatMap(({ cost = [] }) => cost);
  if (unpriced.length > 0) {
    const codes = [...new Set(unpriced.map(({ code }) => code))].sort();
    const reason = `${names}: no price is known of ${codes.join(", ")}`;
    return [{ key, job_id, reason, hint: priceHint(codes) }];
  }
  return [
    {
      key,
      job_id,
      reason: `${names}: not within the budget`,
      hint: "raise budget in _config.yaml, wait for the next month, or apply without --within-budget",
    },
  ];
}

/** How a price becomes known. */
export const priceHint = (codes: readonly string[]): string =>
  `write prices: { ${codes.map((code) => `${code}: ROUBLES`).join(", ")} } into _config.yaml`;

/** The steps that cost nothing; what stands on a publication that isn't bought goes with it. */
export function freePart(change: PlanChange): PlanChange {
  const publishes = change.steps.some((step) => step.step === "create");
  return { ...change, steps: publishes ? [] : change.steps.filter((step) => !isPaid(step)) };
}

/** How many paid steps a plan has. */
export const countPaid = (changes: readonly Plan["changes"][number][]): number =>
  changes.reduce((sum, { steps }) => sum + steps.filter(isPaid).length, 0);
