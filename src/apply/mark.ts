// What is noted of a paid call before it is made: what it takes, and what there was to pay with.

import type { Step } from "../model/plan.ts";
import type { Intent } from "../model/state.ts";
import { mostOf } from "../plan/cost.ts";
import type { Purse } from "./purse.ts";

/** What there was to pay with, as far as some codes are concerned: the mark by which a later look tells what was taken. */
export function markOf({ mark }: Purse, codes: readonly string[]): Pick<Intent, "funds"> {
  if (mark === undefined || codes.length === 0) return {};
  const isWanted = (name: string): boolean => name === "wallet" || codes.includes(name);
  return {
    funds: {
      ...mark,
      sources: mark.sources.filter((source) => isWanted(source.code)),
      prices: Object.fromEntries(Object.entries(mark.prices).filter(([name]) => isWanted(name))),
    },
  };
}

/** What a paid step takes, at most: it goes into the ledger once the call is done. */
export function chargeOf(step: Step): Intent["charge"] | undefined {
  const { cost: [charge] = [], account } = step;
  return (
    charge && {
      code: charge.code,
      units: charge.units,
      wallet: mostOf(step),
      ...(account && { account }),
    }
  );
}
