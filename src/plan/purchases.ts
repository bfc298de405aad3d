// The money side of a plan: what each paid step takes, what is left out for want of money, and what refuses.
import type { Diagnostic } from "../model/diagnostic.ts";
import { roubles } from "../model/money.ts";
import type { Charge, Guard, Held, Plan, PlanChange, Step } from "../model/plan.ts";
import { Budget, type Spending } from "./budget.ts";
import { isPaid, most, Pricer, pricesOf, total, walletOf } from "./cost.ts";
import type { PlanInput } from "./input.ts";
import { monthlyCost } from "./monthly.ts";

export interface Purchased {
  readonly changes: readonly PlanChange[];
  readonly held: readonly Held[];
  readonly cost: Plan["cost"];
  readonly guards: readonly Guard[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A paid step in the order in which it would be bought. */
interface Paid {
  readonly change: PlanChange;
  readonly step: Step;
}

/** Prices every paid step, leaves out what must not or can't be bought, and says what refuses the plan. */
export function purchase(changes: readonly PlanChange[], input: PlanInput): Purchased {
  if (input.noSpend) {
    const free = changes.map(withoutPaid).filter(({ steps }) => steps.length > 0);
    return { changes: free, held: [], cost: { wallet: 0, codes: [] }, guards: [], diagnostics: [] };
  }
  const { funds } = input;
  if (funds === undefined) {
    const guards = input.fundsUnread === undefined ? [] : [unreadGuard(input.fundsUnread)];
    return { changes, held: [], cost: unpricedCost(changes), guards, diagnostics: [] };
  }
  const { known, differing } = pricesOf(funds, input.config.prices);
  const chosen = input.withinBudget ? within(changes, input, known) : { changes, held: [] };
  const pricer = new Pricer(funds, known, input.now);
  const budget = new Budget({ config: input.config, ledger: input.state.ledger ?? [], now: input.now });
  const priced = new Map<Step, Step>();
  const wallets: Charge["wallet"][] = [];
  for (const { change, step } of inOrder(chosen.changes)) {
    const cost = (step.cost ?? []).map((charge) => ({ ...charge, wallet: walletFor(charge, step, pricer) }));
    priced.set(step, { ...step, cost });
    for (const { code, units, wallet } of cost) {
      wallets.push(wallet);
      budget.add({ key: change.key, code, units, wallet: most(wallet) ?? 0 });
    }
  }
  const wallet = total(wallets);
  const monthly = monthlyCost(input, known);
  const cost: Plan["cost"] = {
    wallet,
    codes: codesOf([...priced.values()]),
    rows: pricer.rows(),
    balance: walletOf(funds) ?? null,
    monthly,
  };
  return {
    changes: chosen.changes.map((change) => ({
      ...change,
      steps: change.steps.map((step) => priced.get(step) ?? step),
    })),
    held: chosen.held,
    cost,
    guards: [
      ...priceGuard(pricer),
      ...balanceGuard(wallet, walletOf(funds)),
      ...maxCostGuard(wallet, input.maxCost),
      ...budgetGuard(budget, input),
    ],
    diagnostics: differing.map(differs),
  };
}

/** Bonus is a purse of its own, which nothing shows: it touches neither units nor the wallet. */
function walletFor(charge: Charge, step: Step, pricer: Pricer): Charge["wallet"] {
  return step.account === "bonus" ? 0 : pricer.next(charge.code);
}

/** Publications first, then promotions, each by key: as an apply buys them. */
function inOrder(changes: readonly PlanChange[]): Paid[] {
  const all = changes.flatMap((change) =>
    change.steps.filter(isPaid).map((step): Paid => ({ change, step })),
  );
  const isPromotion = ({ step }: Paid): boolean => step.step === "promote";
  return [...all.filter((one) => !isPromotion(one)), ...all.filter(isPromotion)];
}

/** What is free of a change; what stands on a publication that isn't bought goes with it. */
function withoutPaid(change: PlanChange): PlanChange {
  const publishes = change.steps.some((step) => step.step === "create");
  return { ...change, steps: publishes ? [] : change.steps.filter((step) => !isPaid(step)) };
}

/** Takes paid steps one by one as long as they fit: revivals before promotions, what expires soonest first. */
function within(
  changes: readonly PlanChange[],
  input: PlanInput,
  known: ReturnType<typeof pricesOf>["known"],
): { changes: PlanChange[]; held: Held[] } {
  const { funds } = input;
  if (funds === undefined) return { changes: [...changes], held: [] };
  const pricer = new Pricer(funds, known, input.now);
  const budget = new Budget({ config: input.config, ledger: input.state.ledger ?? [], now: input.now });
  const purse = Math.min(
    walletOf(funds) ?? Number.POSITIVE_INFINITY,
    input.maxCost ?? Number.POSITIVE_INFINITY,
  );
  const refused = new Set<Step>();
  const lost = new Set<PlanChange>();
  let spent = 0;
  for (const { change, step } of [...inOrder(changes)].sort(byUrgency)) {
    if (lost.has(change)) {
      refused.add(step);
      continue;
    }
    const charges = (step.cost ?? []).map((charge): Spending => {
      const trial = pricer.peek(charge.code);
      const wallet = step.account === "bonus" ? 0 : most(trial);
      return {
        key: change.key,
        code: charge.code,
        units: charge.units,
        wallet: wallet ?? Number.POSITIVE_INFINITY,
      };
    });
    const price = charges.reduce((sum, { wallet }) => sum + wallet, 0);
    const fits = input.allow.has("budget") || charges.every((charge) => budget.fits(charge));
    if (price === Number.POSITIVE_INFINITY || spent + price > purse || !fits) {
      refused.add(step);
      if (step.step !== "promote") lost.add(change);
      continue;
    }
    for (const charge of charges) {
      budget.add(charge);
      if (step.account !== "bonus") pricer.next(charge.code);
    }
    spent += price;
  }
  const kept = changes.map((change) => keepPart(change, refused)).filter(({ steps }) => steps.length > 0);
  const held = changes
    .filter(({ steps }) => steps.some((step) => refused.has(step)))
    .map((change) => heldBack(change, refused, pricer));
  return { changes: kept, held };
}

function keepPart(change: PlanChange, refused: ReadonlySet<Step>): PlanChange {
  const publication = change.steps.some((step) => step.step === "create" && refused.has(step));
  return { ...change, steps: publication ? [] : change.steps.filter((step) => !refused.has(step)) };
}

function heldBack({ key, job_id, steps }: PlanChange, refused: ReadonlySet<Step>, pricer: Pricer): Held {
  const out = steps.filter((step) => refused.has(step));
  const names = out.map(({ step, action }) => action ?? step).join(", ");
  const unpriced = out.flatMap(({ cost = [] }) => cost).filter(({ code }) => pricer.peek(code) === null);
  if (unpriced.length > 0) {
    const codes = [...new Set(unpriced.map(({ code }) => code))].sort();
    return {
      key,
      job_id,
      reason: `${names}: no price is known of ${codes.join(", ")}`,
      hint: priceHint(codes),
    };
  }
  return {
    key,
    job_id,
    reason: `${names}: not within the budget`,
    hint: "raise budget in _config.yaml, wait for the next month, or apply without --within-budget",
  };
}

/** Revivals, soonest expiry first; then new publications; then promotions. */
function byUrgency(a: Paid, b: Paid): number {
  const rank = ({ step }: Paid): number => (step.step === "revive" ? 0 : step.step === "create" ? 1 : 2);
  const expiry = ({ step }: Paid): number =>
    step.expires_at === undefined ? 0 : Date.parse(step.expires_at);
  return rank(a) - rank(b) || expiry(a) - expiry(b);
}

/** Without funds only the units are known. */
function unpricedCost(changes: readonly PlanChange[]): Plan["cost"] {
  const codes = codesOf(changes.flatMap(({ steps }) => steps)).map((charge) => ({ ...charge, wallet: null }));
  return { wallet: codes.length === 0 ? 0 : null, codes };
}

function codesOf(steps: readonly Step[]): Charge[] {
  const codes = new Map<string, Charge[]>();
  for (const charge of steps.flatMap((step) => step.cost ?? []))
    codes.set(charge.code, [...(codes.get(charge.code) ?? []), charge]);
  return [...codes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, charges]) => ({
      code,
      units: charges.reduce((sum, { units }) => sum + units, 0),
      wallet: total(charges.map(({ wallet }) => wallet)),
    }));
}

function priceGuard({ unpriced }: Pricer): Guard[] {
  if (unpriced.size === 0) return [];
  const codes = [...unpriced].sort();
  return [
    {
      name: "price",
      message: `no price is known of ${codes.join(", ")}, and the wallet would have to pay`,
      allow: priceHint(codes),
    },
  ];
}

const priceHint = (codes: readonly string[]): string =>
  `write prices: { ${codes.map((code) => `${code}: ROUBLES`).join(", ")} } into _config.yaml`;

const unreadGuard = (why: string): Guard => ({
  name: "price",
  message: `what it costs can't be told: ${why}`,
  allow: "try again when the board answers, or carry out what is free with --no-spend",
});

function balanceGuard(wallet: Plan["cost"]["wallet"], balance: number | undefined): Guard[] {
  const needed = most(wallet);
  if (needed === null || balance === undefined || needed <= balance) return [];
  return [
    {
      name: "balance",
      message: `${roubles(needed)} would be taken from the wallet, which holds ${roubles(balance)}`,
      allow: "pay in, buy units, plan a part with --target, or apply with --no-spend or --within-budget",
    },
  ];
}

function maxCostGuard(wallet: Plan["cost"]["wallet"], limit: number | undefined): Guard[] {
  const needed = most(wallet);
  if (limit === undefined || needed === null || needed <= limit) return [];
  return [
    {
      name: "max-cost",
      message: `${roubles(needed)} would be taken from the wallet, and --max-cost is ${roubles(limit)}`,
      allow: `raise --max-cost to ${Math.ceil(needed / 100)}, or plan a part with --target`,
    },
  ];
}

function budgetGuard(budget: Budget, { allow }: PlanInput): Guard[] {
  if (allow.has("budget")) return [];
  return budget.breaches().map(({ message }) => ({ name: "budget", message, allow: "--allow budget" }));
}

const differs = (code: string): Diagnostic => ({
  severity: "warning",
  code: "price-differs",
  message: `the board tells another price of ${code} than _config.yaml, and the board's counts`,
  file: "_config.yaml",
  line: 0,
  column: 0,
  hint: "correct prices in _config.yaml",
});
