// What the declarations come to in a month, at the prices that are known.

import type { Prices } from "./cost.ts";
import type { PlanInput } from "./input.ts";
import { isWantedClosed } from "./situation.ts";

/**
 * Kopecks for a month of 30 days: each active vacancy's renewal at its price, whether or not units cover it. Null where a price isn't known, 0 where nothing recurs.
 */
export function monthlyCost({ desired, now }: PlanInput, prices: Prices["known"]): number | null {
  let sum = 0;
  for (const vacancy of desired) {
    if (isWantedClosed(vacancy, now)) continue;
    if (vacancy.renew === "never") continue;
    const price = prices[vacancy.publication];
    if (price === undefined) return null;
    sum += price.max;
  }
  return Math.round(sum);
}
