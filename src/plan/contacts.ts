// What contacts of candidates take, and what refuses to buy them.
import type { Funds } from "../model/job.ts";
import { roubles } from "../model/money.ts";
import { OpenCalls } from "../model/open.ts";
import type { Charge, Plan } from "../model/plan.ts";
import type { LedgerDoubt } from "../model/spent.ts";
import { contactsKey, type State } from "../model/state.ts";
import type { Config } from "../model/vacancy.ts";
import { Budget } from "./budget.ts";
import { most, Pricer, pricesOf, total, walletOf } from "./cost.ts";
import { ledgerGuard } from "./ledger.ts";

const contactCode = "contact_view";

interface ContactInput {
  readonly count: number;
  readonly account: "company" | "bonus";
  readonly funds: Funds;
  readonly config: Pick<Config, "prices" | "budget" | "timezone">;
  readonly state: State;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Kopecks that the wallet may give at most. */
  readonly maxCost?: number;
  readonly doubt?: LedgerDoubt | undefined;
}

export interface ContactPlan {
  readonly cost: Plan["cost"];
  /** Kopecks that each contact takes from the wallet at most, in the order in which they are bought. */
  readonly wallets: readonly number[];
  /** Why it can't be, and the ways out; none where it can. */
  readonly refusals: readonly { readonly message: string; readonly hint: string }[];
}

/** Prices contacts as plans price what they buy. Bonus is a purse of its own, of which nobody tells the price. */
export function planContacts(input: ContactInput): ContactPlan {
  const { count, account, funds, config, state, now } = input;
  if (account === "bonus") {
    const wallets = Array.from({ length: count }, () => 0);
    return {
      cost: { wallet: 0, codes: [{ code: contactCode, units: count, wallet: 0 }], rows: [] },
      wallets,
      refusals: [],
    };
  }
  const pricer = new Pricer(funds, pricesOf(funds, config.prices).known, now);
  const each: Charge["wallet"][] = Array.from({ length: count }, () => pricer.next(contactCode));
  const wallet = total(each);
  const wallets = each.map((one) => most(one) ?? 0);
  const budget = new Budget({
    config,
    ledger: [...(state.ledger ?? []), ...new OpenCalls(state).charges()],
    now,
  });
  for (const one of wallets) budget.add({ key: contactsKey, code: contactCode, units: 1, wallet: one });
  return {
    cost: {
      wallet,
      codes: [{ code: contactCode, units: count, wallet }],
      rows: pricer.rows(),
      balance: walletOf(funds) ?? null,
    },
    wallets,
    refusals: [
      ...moneyRefusals(most(wallet), walletOf(funds), input.maxCost),
      ...ledgerGuard(input.doubt, budget).map(({ message, allow }) => ({ message, hint: allow })),
      ...budget.breaches().map((message) => ({ message, hint: "raise the limit in _config.yaml" })),
    ],
  };
}

function moneyRefusals(
  needed: number | null,
  balance: number | undefined,
  maxCost: number | undefined,
): ContactPlan["refusals"] {
  if (needed === null) {
    const message = `no price is known of ${contactCode}, and the wallet would have to pay`;
    return [{ message, hint: `write prices: { ${contactCode}: ROUBLES } into _config.yaml` }];
  }
  const refusals: { message: string; hint: string }[] = [];
  const taken = `${roubles(needed)} would be taken from the wallet`;
  if (balance !== undefined && needed > balance)
    refusals.push({ message: `${taken}, which holds ${roubles(balance)}`, hint: "pay in, or buy units" });
  if (maxCost !== undefined && needed > maxCost) {
    const hint = `raise --max-cost to ${Math.ceil(needed / 100)}`;
    refusals.push({ message: `${taken}, and --max-cost is ${roubles(maxCost)}`, hint });
  }
  return refusals;
}

/** What has left the account between two looks: units, and kopecks of the wallet; undefined where it isn't told. */
export function takenBetween(before: Funds, after: Funds): { units: number; wallet: number | undefined } {
  const units = ({ sources }: Funds): number =>
    sources.filter(({ code }) => code === contactCode).reduce((sum, { left }) => sum + left, 0);
  const [was, is] = [walletOf(before), walletOf(after)];
  return {
    units: units(before) - units(after),
    wallet: was === undefined || is === undefined ? undefined : was - is,
  };
}
