// What was taken from the account and put on it (document: Получение списка транзакций VAS'ов). For show and for
// counting: changes are sentences that name no job.
import { BoardError } from "../../model/errors.ts";
import type { Client } from "./client.ts";
import { readTime } from "./times.ts";
import { asId, asList, asObject, readText, readUnits, refuseErrors } from "./wire.ts";

export interface Transaction {
  readonly id: string;
  /** Milliseconds since 1970; undefined where it can't be read. */
  readonly createdAt?: number;
  /** MVAS, OTVAS or BVAS; the document explains only the second, units that were bought one by one. */
  readonly kind?: string;
  readonly creator?: string;
  readonly changes: readonly string[];
}

/** The most that the document allows. */
const pageSize = 50;

/**
 * Every transaction, until an empty page or the total that the board tells; one that comes twice is told once. `onTotal`
 * hears how many there are, where the board says it.
 */
export async function* listTransactions(
  ask: Client,
  onTotal: (total: number) => void = () => undefined,
): AsyncGenerator<Transaction> {
  const seen = new Set<string>();
  for (let page = 1; ; page += 1) {
    const { found, total } = await readPage(ask, page);
    if (total !== undefined) onTotal(total);
    if (found.length === 0) return;
    const before = seen.size;
    for (const transaction of found) {
      if (seen.has(transaction.id)) continue;
      seen.add(transaction.id);
      yield transaction;
    }
    if (total !== undefined && seen.size >= total) return;
    if (seen.size > before) continue;
    // A board that ignores page numbers repeats itself: without a total, what it has was told.
    if (total === undefined) return;
    throw new BoardError(
      `GET /vas_transactions: page ${page} holds only what came before (${seen.size} of ${total}): the list repeats itself`,
      { hint: "the board ignores page numbers or the list changes fast; try again" },
    );
  }
}

async function readPage(
  ask: Client,
  page: number,
): Promise<{ found: Transaction[]; total: number | undefined }> {
  const what = `GET /vas_transactions, page ${page}`;
  const query = [
    ["page[number]", String(page)],
    ["page[size]", String(pageSize)],
  ] as const;
  const top = asObject(what, "the answer", await ask({ method: "GET", path: "/vas_transactions", query }));
  refuseErrors(what, top);
  return {
    found: asList(what, "data", top.data).map((value, index) => readOne(what, `data[${index}]`, value)),
    total: readUnits((top.meta as { total?: unknown } | null | undefined)?.total),
  };
}

function readOne(what: string, path: string, value: unknown): Transaction {
  const item = asObject(what, path, value);
  const shown = asObject(what, `${path}.attributes`, item.attributes);
  const createdAt = readTime(shown.created_at);
  const kind = readText(shown.subscriptable_type);
  const creator = readText(shown.creator);
  const changes =
    shown.applied_changes == null
      ? []
      : asList(what, `${path}.attributes.applied_changes`, shown.applied_changes);
  return {
    id: asId(what, `${path}.id`, item.id),
    ...(createdAt !== undefined && { createdAt }),
    ...(kind !== undefined && { kind }),
    ...(creator !== undefined && { creator }),
    // What isn't a sentence is shown all the same: something was changed.
    changes: changes.map((change) => (typeof change === "string" ? change : JSON.stringify(change))),
  };
}
