// Transactions as what was spent: charges by code, what was put on the account, and what can't be read.
import type { AddedUnits, Spent, SpentCharge, UnreadChange } from "../../model/spent.ts";
import { readChange } from "./changes.ts";
import type { Transaction } from "./transactions.ts";

/**
 * What pays with bonus. The document names MVAS, OTVAS and BVAS without a word on the first and the last; a payment by
 * the wallet has no known form. So only this one counts as certainly not the wallet's.
 */
const bonusKind = "BVAS";

const noChange = "(a transaction that tells no change)";

/** Reads transactions to the end, in the order in which they come. */
export async function readSpent(transactions: AsyncIterable<Transaction>): Promise<Spent> {
  const charges: SpentCharge[] = [];
  const added: AddedUnits[] = [];
  const unread: UnreadChange[] = [];
  for await (const transaction of transactions) {
    const { createdAt: at, kind, creator, changes } = transaction;
    const by = creator === undefined ? {} : { creator };
    const account = kind?.trim().toUpperCase() === bonusKind ? "bonus" : "company";
    for (const text of changes.length === 0 ? [noChange] : changes) {
      const change = readChange(text);
      if (change.is === "nothing") continue;
      if (change.is === "unread" || at === undefined)
        unread.push({ text, ...by, ...(at !== undefined && { at }) });
      else if (change.is === "charge")
        charges.push({ at, code: change.code, units: change.units, account, ...by });
      else added.push({ at, code: change.code, units: change.units });
    }
  }
  return { charges, added, unread };
}
