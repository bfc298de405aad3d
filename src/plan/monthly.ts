// What the declarations come to in a month, at the prices that are known.

import type { Prices } from "./cost.ts";
import type { PlanInput } from "./input.ts";
import { isWantedClosed } from "./situation.ts";

/** Days of a month, and of a publication, in milliseconds. */
const month = 30 * 86_400_000;

/**
 * Kopecks for a month of 30 days: each active vacancy's renewal, and its repeated promotions, at list prices, whether
 * or not units cover them. Null where a price isn't known, 0 where nothing recurs.
 */
export function monthlyCost({ desired, now }: PlanInput, prices: Prices["known"]): number | null {
  let sum = 0;
  for (const vacancy of desired) {
    if (isWantedClosed(vacancy, now)) continue;
    const codes = new Map<string, number>();
    if (vacancy.renew !== "never") codes.set(vacancy.publication, 1);
    for (const { action, every, until, account } of vacancy.promote) {
      if (every === undefined || account === "bonus" || (until !== undefined && until <= now)) continue;
      codes.set(action, (codes.get(action) ?? 0) + month / every);
    }
    for (const [code, times] of codes) {
      const price = prices[code];
      if (price === undefined) return null;
      sum += times * price.max;
    }
  }
  return Math.round(sum);
}
