// A ledger that begins late, as after a lost state: what was spent before it is reckoned from what the board tells.
import type { Diagnostic } from "../model/diagnostic.ts";
import { roubles } from "../model/money.ts";
import { monthOf, startOfMonth } from "../model/month.ts";
import type { Guard } from "../model/plan.ts";
import type { LedgerDoubt, Spent } from "../model/spent.ts";
import { type LedgerCharge, type State, unknownKey } from "../model/state.ts";
import type { Config } from "../model/vacancy.ts";
import { type Budget, hasMonthlyLimit } from "./budget.ts";
import type { Prices } from "./cost.ts";

/** What was spent this month before the ledger's own charges. */
export interface Reckoned {
  /** Under the unknown key, oldest first; the wallet's part at most, 0 where no price is known. */
  readonly charges: readonly LedgerCharge[];
  /** Absent where all is known. */
  readonly doubt?: LedgerDoubt;
}

/** From when on the ledger holds every charge, in milliseconds since 1970: −∞ for always, +∞ for not yet. */
export function ledgerStart({ ledger = [], ledgerSince }: Pick<State, "ledger" | "ledgerSince">): number {
  if (ledgerSince === undefined) return Number.NEGATIVE_INFINITY;
  return ledgerSince ?? ledger[0]?.at ?? Number.POSITIVE_INFINITY;
}

/** Whether a limit has to know more of this month than the ledger does. */
export function wantsSpent(state: State, config: Pick<Config, "budget" | "timezone">, now: number): boolean {
  return hasMonthlyLimit(config.budget) && ledgerStart(state) > startOfMonth(now, config.timezone);
}

interface ReckonInput {
  readonly state: Pick<State, "ledger" | "ledgerSince">;
  readonly timezone: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly prices: Prices["known"];
}

/**
 * Charges of this month from before the ledger. Whatever isn't bonus may have come from the wallet, since nothing tells
 * it from units: it counts at its price, so that never less is counted than was spent.
 */
export function reckon(spent: Spent, { state, timezone, now, prices }: ReckonInput): Reckoned {
  const [from, until] = [startOfMonth(now, timezone), ledgerStart(state)];
  const isMissing = (at: number): boolean => at >= from && at < until;
  const codes = new Set<string>();
  const charges = spent.charges
    .filter(({ at }) => isMissing(at))
    .map(({ at, code, units, account }): LedgerCharge => {
      const price = prices[code];
      if (account !== "bonus" && price === undefined) codes.add(code);
      const wallet = account === "bonus" ? 0 : units * (price?.max ?? 0);
      return {
        ...{ at, key: unknownKey, job: null, code, units, wallet },
        ...(account === "bonus" && { account }),
      };
    })
    .sort((a, b) => a.at - b.at);
  const texts = spent.unread.filter(({ at }) => at === undefined || isMissing(at)).map(({ text }) => text);
  const doubt = texts.length + codes.size > 0 ? { texts, codes: [...codes].sort() } : undefined;
  return { charges, ...(doubt && { doubt }) };
}

/** Texts that are named, and how much of each. */
const named = 3;
const longest = 80;

/** What of a doubt is to be told: "2 of its sentences can't be read: …; no price is known of …". */
function doubtText({ texts, codes }: LedgerDoubt): string {
  const shown = texts
    .slice(0, named)
    .map((text) => `“${text.length > longest ? `${text.slice(0, longest)}…` : text}”`);
  const more = texts.length > named ? ` and ${texts.length - named} more` : "";
  return [
    ...(texts.length > 0 ? [`${texts.length} can't be read: ${shown.join(", ")}${more}`] : []),
    ...(codes.length > 0 ? [`no price is known of ${codes.join(", ")}`] : []),
  ].join("; ");
}

/**
 * The guard `ledger`: what isn't known may be beyond a month's limit that a paid step falls under. What has no price
 * concerns limits of the wallet alone; what can't be read, all. No `--allow` lifts it.
 */
export function ledgerGuard(doubt: LedgerDoubt | undefined, budget: Budget): Guard[] {
  if (doubt === undefined) return [];
  const limits = budget.monthly().filter(({ wallet }) => wallet || doubt.texts.length > 0);
  if (limits.length === 0) return [];
  const prices = doubt.codes.map((code) => `${code}: ROUBLES`).join(", ");
  const confirm = "vac costs --confirm-ledger shows what can be counted, and goes on from that";
  return [
    {
      name: "ledger",
      message: `the state doesn't know what was spent this month, which ${limits.map(({ name }) => name).join(", ")} has to, and the board's transactions don't tell it all: ${doubtText(doubt)}`,
      allow: prices === "" ? confirm : `write prices: { ${prices} } into _config.yaml, or ${confirm}`,
    },
  ];
}

/** Says from what the ledger begins. Without a charge, and without a job that may have been paid for, there is nothing to say. */
export function beginNote(
  { charges }: Reckoned,
  { timezone, now, hasJobs }: { readonly timezone: string; readonly now: number; readonly hasJobs: boolean },
): Diagnostic[] {
  if (charges.length === 0 && !hasJobs) return [];
  const units = new Map<string, number>();
  for (const one of charges) units.set(one.code, (units.get(one.code) ?? 0) + one.units);
  const wallet = charges.reduce((sum, one) => sum + one.wallet, 0);
  const told = [...units].map(([code, count]) => `${count} × ${code}`).sort();
  const what = told.length === 0 ? "nothing" : `${told.join(", ")}, ${roubles(wallet)} at most`;
  return [
    {
      severity: "warning",
      code: "ledger-begins",
      message: `the state doesn't know what was spent in ${monthOf(now, timezone)}, so limits of the month count what the board's transactions show: ${what}. What the wallet paid may not be among them`,
      file: "",
      line: 0,
      column: 0,
      hint: "vac costs shows both sides; lower the limits for the rest of this month if the wallet paid more",
    },
  ];
}
