// vac company, packets, transactions: what the account has, and what was taken from it. Reads only.
import type { Transaction } from "../board/vkrabota/transactions.ts";
import { dateTime } from "../model/dates.ts";
import type { CompanyResult, PacketBalanceItem, PacketItem, TransactionItem } from "../model/listed.ts";
import { companyText, packetBalanceText, packetsText } from "../view/account.ts";
import { cleanLine } from "../view/clean.ts";
import { onClient } from "./ground.ts";
import { type ExitCode, type Globals, type Io, print, printJson, styleOf } from "./io.ts";
import { type ListFlags, printList, type Shown } from "./listing.ts";

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** Wallet and one-time units of the account (document: Получение состояния баланса компании). Amounts in kopecks. */
export async function companyCommand(io: Io, flags: Globals): Promise<ExitCode> {
  return onClient(io, flags, async ({ client, config: { timezone } }) => {
    const { id, balance = null, walletId = null, units, unitsExpireAt } = await client.company();
    const company: CompanyResult = {
      id,
      balance,
      wallet_id: walletId,
      units,
      otvas_expires_at: iso(unitsExpireAt),
    };
    if (flags.format === "json") printJson(io, company);
    else print(io, companyText(company, { ...styleOf(io, flags, "out"), timezone }));
  });
}

export interface PacketsFlags extends Globals {
  readonly fiasId?: string;
  readonly status?: "active" | "archived";
}

/** Packets of prepaid units (document: Получение списка пакетов). */
export async function packetsCommand(io: Io, flags: PacketsFlags): Promise<ExitCode> {
  return onClient(io, flags, async ({ client, config: { timezone } }) => {
    const packets = await client.packets({
      ...(flags.fiasId !== undefined && { fiasId: flags.fiasId }),
      ...(flags.status !== undefined && { status: flags.status }),
    });
    const items = packets.map(
      ({ id, startsAt, endsAt, region = null, category = null, left, prices, free }): PacketItem => ({
        id,
        start_time: iso(startsAt),
        end_time: iso(endsAt),
        fias_id: region,
        job_category_uuid: category,
        left,
        prices,
        free,
      }),
    );
    if (flags.format === "json") printJson(io, { items });
    else print(io, packetsText(items, { ...styleOf(io, flags, "out"), timezone }));
  });
}

/** Units of packets by region and category (document: Получение баланса пакетов). */
export async function packetBalanceCommand(io: Io, flags: Globals): Promise<ExitCode> {
  return onClient(io, flags, async ({ client }) => {
    const items = (await client.packetBalance()).map(
      ({ region = null, category = null, ...rest }): PacketBalanceItem => ({
        fias_id: region,
        job_category_uuid: category,
        ...rest,
      }),
    );
    if (flags.format === "json") printJson(io, { items });
    else print(io, packetBalanceText(items, styleOf(io, flags, "out")));
  });
}

/** What was taken from the account (document: Получение списка транзакций VAS'ов), in the board's order. */
export async function transactionsCommand(io: Io, flags: ListFlags): Promise<ExitCode> {
  return onClient(io, flags, async ({ client, config: { timezone } }) => {
    let total: number | undefined;
    const transactions = client.transactions((told) => {
      total = told;
    });
    await printList(io, flags, transactions, shownFor(timezone), () => total);
  });
}

function itemOf({ id, createdAt, kind, creator, changes }: Transaction): TransactionItem {
  return {
    id,
    created_at: iso(createdAt),
    subscriptable_type: kind ?? null,
    creator: creator ?? null,
    applied_changes: [...changes],
  };
}

function shownFor(timezone: string): Shown<Transaction> {
  return {
    json: itemOf,
    csv: {
      names: ["id", "created_at", "subscriptable_type", "creator", "applied_changes"],
      row: (transaction) => {
        const { applied_changes: changes, ...item } = itemOf(transaction);
        return [...Object.values(item), changes.join("; ")];
      },
    },
    text: {
      heads: ["ID", "TIME", "KIND", "CHANGES"],
      row: ({ id, createdAt, kind = "", changes }) => [
        cleanLine(id),
        createdAt === undefined ? "(not told)" : dateTime(createdAt, timezone),
        cleanLine(kind),
        cleanLine(changes.join("; ")),
      ],
    },
    none: "There is no transaction.",
  };
}
