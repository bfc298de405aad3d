// What is noted of a paid call before it is made: what it takes, and what there was to pay with.

import type { Step } from "../model/plan.ts";
import type { Intent } from "../model/state.ts";
import { mostOf } from "../plan/cost.ts";
import type { Purse } from "./purse.ts";

/** What there was to pay with, as far as some codes are concerned: the mark by which a later look tells what was taken. */
export function markOf({ funds, lookedAt }: Purse, codes: readonly string[]): Pick<Intent, "funds"> {
  if (funds === undefined) return {};
  const wanted = new Set([...codes, "wallet"]);
  return {
    funds: {
      at: lookedAt,
      sources: funds.sources.filter(({ code }) => wanted.has(code)),
      prices: Object.fromEntries(Object.entries(funds.prices).filter(([code]) => wanted.has(code))),
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
