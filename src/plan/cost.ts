// What a plan takes: units first, the wallet where they run out; bounds where it is open whether a unit fits.
import { compareText } from "../model/diagnostic.ts";
import type { Funds } from "../model/job.ts";
import type { Charge, CostRow, Plan, Step } from "../model/plan.ts";

/** Kopecks: an amount, or bounds where it is open. */
export type Amount = number | { readonly min: number; readonly max: number };

/** What a code costs once no unit is left, in kopecks; undefined where nobody tells. */
export interface Price {
  readonly min: number;
  readonly max: number;
}

export interface Prices {
  /** By code. */
  readonly known: Readonly<Record<string, Price>>;
  /** Codes for which the board and the settings tell different prices: the board's counts. */
  readonly differing: readonly string[];
}

const kopecks = 100;

/**
 * Prices by code: the board's where it tells any, else the settings' (roubles). Where the board's is open, that of the
 * settings may be asked too; without one the price isn't known.
 */
export function pricesOf(funds: Funds, configured: Readonly<Record<string, number>>): Prices {
  const known: Record<string, Price> = {};
  const differing: string[] = [];
  for (const [code, roubles] of Object.entries(configured)) {
    const price = Math.round(roubles * kopecks);
    known[code] = { min: price, max: price };
  }
  for (const [code, { min, max = min, open }] of Object.entries(funds.prices)) {
    const own = known[code];
    if (open) {
      if (own) known[code] = { min: Math.min(min, own.min), max: Math.max(max, own.max) };
      continue;
    }
    if (own && (own.min !== min || own.max !== max)) differing.push(code);
    known[code] = { min, max };
  }
  return { known, differing: differing.sort(compareText) };
}

/** Units of one code: those that surely fit, and those of which region or category leave it open. */
interface Units {
  readonly sure: number;
  readonly open: number;
  readonly packets: number;
  readonly once: number;
}

function unitsOf(funds: Funds, code: string, now: number): Units {
  const usable = funds.sources.filter(
    (source) => source.code === code && (source.expiresAt === undefined || source.expiresAt > now),
  );
  const sum = (wanted: (source: Funds["sources"][number]) => boolean): number =>
    usable.filter(wanted).reduce((total, { left }) => total + left, 0);
  const packets = sum(({ kind, scope }) => kind === "packet" && scope === undefined);
  const once = sum(({ kind }) => kind === "once");
  return {
    sure: packets + once,
    open: sum(({ kind, scope }) => kind === "packet" && scope !== undefined),
    packets,
    once,
  };
}

/** What the wallet holds, in kopecks; undefined where the board doesn't tell. */
export function walletOf(funds: Funds): number | undefined {
  return funds.sources.find(({ kind }) => kind === "wallet")?.left;
}

/** Prices each unit in the order in which it is bought: the first ones are those that units cover. */
export class Pricer {
  readonly #funds: Funds;
  readonly #prices: Prices["known"];
  readonly #now: number;
  readonly #bought = new Map<string, number>();
  /** Codes for which the wallet may be touched, and of which no price is known. */
  readonly unpriced = new Set<string>();

  constructor(funds: Funds, prices: Prices["known"], now: number) {
    this.#funds = funds;
    this.#prices = prices;
    this.#now = now;
  }

  /** What the wallet gives for the next unit of a code; null where the price isn't known. */
  next(code: string): Charge["wallet"] {
    const wallet = this.peek(code);
    this.#bought.set(code, (this.#bought.get(code) ?? 0) + 1);
    if (wallet === null) this.unpriced.add(code);
    return wallet;
  }

  /** The same without buying it. */
  peek(code: string): Charge["wallet"] {
    const bought = this.#bought.get(code) ?? 0;
    const { sure, open } = unitsOf(this.#funds, code, this.#now);
    if (bought < sure) return 0;
    const price = this.#prices[code];
    if (price === undefined) return null;
    const isOpen = bought < sure + open;
    return amount(isOpen ? 0 : price.min, price.max);
  }

  /** A row for each code that was priced: how much of it comes from where. */
  rows(): CostRow[] {
    return [...this.#bought]
      .sort(([a], [b]) => compareText(a, b))
      .map(([code, units]) => {
        const { sure, open, packets, once } = unitsOf(this.#funds, code, this.#now);
        const price = this.#prices[code];
        const short = { min: Math.max(0, units - sure - open), max: Math.max(0, units - sure) };
        const wallet =
          short.max === 0
            ? 0
            : price === undefined
              ? null
              : amount(short.min * price.min, short.max * price.max);
        return {
          code,
          units,
          packets: Math.min(units, packets),
          once: Math.min(Math.max(0, units - packets), once),
          open: Math.min(Math.max(0, units - sure), open),
          wallet,
          left: Math.max(0, sure - units),
        };
      });
  }
}

const amount = (min: number, max: number): Amount => (min === max ? min : { min, max });

/** The most that an amount may be; null stays unknown. */
export function most(wallet: Charge["wallet"]): number | null {
  return wallet === null || typeof wallet === "number" ? wallet : wallet.max;
}

/** Whether a step takes money or units. */
export const isPaid = ({ cost = [] }: Step): boolean => cost.length > 0;

/** Kopecks that a step takes from the wallet at most; an unknown price counts as nothing. */
export function mostOf({ cost = [] }: Step): number {
  return cost.reduce((sum, { wallet }) => sum + (most(wallet) ?? 0), 0);
}

/** The least that an amount may be. */
function least(wallet: Charge["wallet"]): number | null {
  return wallet === null || typeof wallet === "number" ? wallet : wallet.min;
}

/** Amounts added up; null where one isn't known. */
export function total(wallets: readonly Charge["wallet"][]): Plan["cost"]["wallet"] {
  let [min, max] = [0, 0];
  for (const wallet of wallets) {
    const [low, high] = [least(wallet), most(wallet)];
    if (low === null || high === null) return null;
    min += low;
    max += high;
  }
  return amount(min, max);
}
