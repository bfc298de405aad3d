import { moscowTime } from "../clock.ts";
import type { Handler } from "../handler.ts";
import { titleOf } from "../money/codes.ts";
import type { Charge, Source } from "../money/records.ts";
import { pageOf } from "../paging.ts";

/** What `subscriptable_type` calls each source ("Vas Transaction"); the document doesn't explain the three. */
const TYPES: Record<Source, string> = { packet: "MVAS", otvas: "OTVAS", wallet: "OTVAS", bonus: "BVAS" };

function shown(charge: Charge, login: string): unknown {
  const at = moscowTime(Date.parse(charge.at));
  return {
    id: charge.id,
    type: "vas_transaction",
    attributes: {
      created_at: at,
      updated_at: at,
      subscriptable_type: TYPES[charge.source],
      creator: charge.by === "auto_renew" ? "Автопродление" : `Внешний пользователь(${login}) #1`,
      applied_changes: [`${titleOf(charge.code)}: -${charge.units}`],
    },
  };
}

/** GET vas_transactions ("Получение списка транзакций VAS'ов"): a page, oldest first, and how many there are. */
export const listTransactions: Handler = ({ board, account }, { query }) => {
  board.passTime();
  const { walletTransactions } = board.settings.readings;
  const all = board.store.charges().filter(({ source }) => walletTransactions || source !== "wallet");
  const data = pageOf(all, query).map((charge) => shown(charge, account.login));
  return { status: 200, body: { data, meta: { total: all.length } } };
};
