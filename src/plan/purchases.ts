// The money side of a plan: what each paid step takes, what is left out for want of money, and what refuses.
import type { Diagnostic } from "../model/diagnostic.ts";
import { addTo } from "../model/groups.ts";
import { roubles } from "../model/money.ts";
import { OpenCalls } from "../model/open.ts";
import type { Charge, Guard, Held, Plan, PlanChange, Step } from "../model/plan.ts";
import { Budget } from "./budget.ts";
import { choose, countPaid, freePart, priceHint } from "./choose.ts";
import { most, Pricer, pricesOf, total, walletOf } from "./cost.ts";
import type { PlanInput } from "./input.ts";
import { ledgerGuard } from "./ledger.ts";
import { monthlyCost } from "./monthly.ts";

export interface Purchased {
  readonly changes: readonly PlanChange[];
  readonly held: readonly Held[];
  readonly cost: Plan["cost"];
  readonly guards: readonly Guard[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Prices every paid step, leaves out what must not or can't be bought, and says what refuses the plan. */
export function purchase(changes: readonly PlanChange[], input: PlanInput): Purchased {
  if (input.noSpend) {
    const free = changes.map((change) => freePart(change, input)).filter(({ steps }) => steps.length > 0);
    const leftOut = countPaid(changes);
    return {
      changes: free,
      held: [],
      cost: { wallet: 0, codes: [], ...(leftOut > 0 && { left_out: leftOut }) },
      guards: [],
      diagnostics: [],
    };
  }
  const { funds } = input;
  if (funds === undefined) {
    const guards = input.fundsUnread === undefined ? [] : [unreadGuard(input.fundsUnread)];
    const units = budgetOf(input);
    for (const { key, steps } of changes)
      for (const { cost = [], account = "company" } of steps)
        for (const charge of cost) units.add({ key, ...charge, wallet: 0, account });
    return {
      changes,
      held: [],
      cost: unpricedCost(changes),
      guards: [...guards, ...budgetGuard(units, input)],
      diagnostics: [],
    };
  }
  const { known, differing } = pricesOf(funds, input.config.prices);
  const pricer = new Pricer(funds, known, input.now);
  const budget = budgetOf(input);
  const chosen = choose(changes, input, pricer, budget);
  const wallet = total(chosen.wallets);
  const cost: Plan["cost"] = {
    wallet,
    codes: codesOf(chosen.changes.flatMap(({ steps }) => steps)),
    rows: pricer.rows(),
    balance: walletOf(funds) ?? null,
    monthly: monthlyCost(input, known),
  };
  return {
    changes: chosen.changes,
    held: chosen.held,
    cost,
    guards: [
      ...priceGuard(pricer),
      ...balanceGuard(wallet, walletOf(funds)),
      ...maxCostGuard(wallet, input.maxCost),
      ...ledgerGuard(input.ledgerDoubt, budget),
      ...budgetGuard(budget, input),
    ],
    diagnostics: differing.map(differs),
  };
}

/** With what was spent, and with what calls that are still open may have taken. */
function budgetOf({ config, state, now }: PlanInput): Budget {
  return new Budget({ config, ledger: [...(state.ledger ?? []), ...new OpenCalls(state).charges()], now });
}

/** Without funds only the units are known. */
function unpricedCost(changes: readonly PlanChange[]): Plan["cost"] {
  const codes = codesOf(changes.flatMap(({ steps }) => steps)).map((charge) => ({ ...charge, wallet: null }));
  return { wallet: codes.length === 0 ? 0 : null, codes };
}

function codesOf(steps: readonly Step[]): Charge[] {
  const codes = new Map<string, Charge[]>();
  for (const charge of steps.flatMap((step) => step.cost ?? [])) {
    addTo(codes, charge.code, charge);
  }
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
  return budget.breaches().map((message) => ({ name: "budget", message, allow: "--allow budget" }));
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
