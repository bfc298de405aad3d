// What may be spent: limits per apply and per month, of the workspace and of its folders. Every enclosing one binds.
import { roubles } from "../model/money.ts";
import { monthOf } from "../model/month.ts";
import { type LedgerCharge, unknownKey } from "../model/state.ts";
import type { Config } from "../model/vacancy.ts";
import type { PlanInput } from "./input.ts";

/** One paid step, or a part of what was paid before. */
export interface Spending {
  readonly key: string;
  readonly code: string;
  readonly units: number;
  /** Kopecks, at most. */
  readonly wallet: number;
  /** Bonus is a purse of its own: it touches neither units nor the wallet, and no limit binds it. */
  readonly account?: "company" | "bonus";
}

/** One limit with whom it binds. */
interface Limit {
  /** How it is called in the settings, such as `folders.moscow.per_month.wallet`. */
  readonly name: string;
  readonly code: string;
  /** Kopecks for the wallet, units for a code. */
  readonly most: number;
  readonly monthly: boolean;
  readonly binds: (key: string) => boolean;
}

const wallet = "wallet";

/** The limits of the settings, widest first. */
function limitsOf(budget: Config["budget"]): Limit[] {
  if (!budget) return [];
  const of = (limits: object = {}, name: string, monthly: boolean, binds: Limit["binds"]): Limit[] =>
    Object.entries(limits).map(([code, most]: [string, number]) => ({
      name: `${name}.${code}`,
      code,
      most: code === wallet ? Math.round(most * 100) : most,
      monthly,
      binds,
    }));
  const all = (): boolean => true;
  return [
    ...of(budget.per_apply, "budget.per_apply", false, all),
    ...of(budget.per_month, "budget.per_month", true, all),
    ...Object.entries(budget.folders ?? {}).flatMap(([folder, own]) => {
      const below = (key: string): boolean => key === folder || key.startsWith(`${folder}/`);
      return [
        ...of(own.per_apply, `budget.folders.${folder}.per_apply`, false, below),
        ...of(own.per_month, `budget.folders.${folder}.per_month`, true, below),
      ];
    }),
  ];
}

/** Whether anything limits what the wallet gives. */
export function isLimited({ config, maxCost }: Pick<PlanInput, "config" | "maxCost">): boolean {
  return maxCost !== undefined || limitsOf(config.budget).some(({ code }) => code === wallet);
}

/** Whether the settings limit what a month takes. */
export function hasMonthlyLimit(budget: Config["budget"]): boolean {
  return limitsOf(budget).some(({ monthly }) => monthly);
}

interface BudgetInput {
  readonly config: Pick<Config, "budget" | "timezone">;
  readonly ledger: readonly LedgerCharge[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Keeps account of limits while spendings are added one by one. */
export class Budget {
  readonly #limits: readonly { readonly limit: Limit; used: number; wanted: number }[];

  constructor({ config, ledger, now }: BudgetInput) {
    const month = monthOf(now, config.timezone);
    const spent = ledger.filter(({ at }) => monthOf(at, config.timezone) === month);
    this.#limits = limitsOf(config.budget).map((limit) => ({
      limit,
      used: limit.monthly ? sum(spent, limit) : 0,
      wanted: 0,
    }));
  }

  /** The limits that one more spending would go beyond, by their names in the settings; none where it fits. */
  bars(spending: Spending): string[] {
    return this.#limits.flatMap(({ limit, used, wanted }) => {
      const more = part(spending, limit);
      return more > 0 && used + wanted + more > limit.most ? [limit.name] : [];
    });
  }

  add(spending: Spending): void {
    for (const one of this.#limits) one.wanted += part(spending, one.limit);
  }

  /** The months' limits that what was added falls under, be they kept or not. */
  monthly(): { readonly name: string; readonly wallet: boolean }[] {
    return this.#limits
      .filter(({ limit, wanted }) => limit.monthly && wanted > 0)
      .map(({ limit }) => ({ name: limit.name, wallet: limit.code === wallet }));
  }

  /** The limits that what was added goes beyond, with the numbers. */
  breaches(): string[] {
    return this.#limits
      .filter(({ limit, used, wanted }) => wanted > 0 && used + wanted > limit.most)
      .map(({ limit, used, wanted }) => messageOf(limit, used, wanted));
  }
}

function part({ key, code, units, wallet: kopecks, account }: Spending, limit: Limit): number {
  // What was spent nobody knows where counts everywhere.
  if (account === "bonus" || (key !== unknownKey && !limit.binds(key))) return 0;
  if (limit.code === wallet) return kopecks;
  return limit.code === code ? units : 0;
}

const sum = (spendings: readonly Spending[], limit: Limit): number =>
  spendings.reduce((total, spending) => total + part(spending, limit), 0);

function messageOf({ name, code, most, monthly }: Limit, used: number, wanted: number): string {
  const show = (amount: number): string => (code === wallet ? roubles(amount) : `${amount} × ${code}`);
  const before = monthly && used > 0 ? `, after ${show(used)} this month` : "";
  return `${show(wanted)} would be spent${before}, and ${name} is ${show(most)}`;
}
