import { compareText } from "../model/diagnostic.ts";
import type { Charge, Plan, PlanChange } from "../model/plan.ts";

/** What a plan buys, added up by code. The wallet's part is null as long as prices aren't read. */
export function sumCost(changes: readonly PlanChange[]): Plan["cost"] {
  const units = new Map<string, number>();
  for (const change of changes) {
    for (const charge of change.steps.flatMap((step) => step.cost ?? [])) {
      units.set(charge.code, (units.get(charge.code) ?? 0) + charge.units);
    }
  }
  const codes: Charge[] = [...units]
    .sort(([a], [b]) => compareText(a, b))
    .map(([code, count]) => ({ code, units: count, wallet: null }));
  return { wallet: codes.length === 0 ? 0 : null, codes };
}
