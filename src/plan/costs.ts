// What was spent in a month: the ledger by folder and code, held against the board's transactions.
import type { Costs, CostsCompared, CostsRow, CostsUnmatched } from "../model/costs.ts";
import { compareText } from "../model/diagnostic.ts";
import { monthOf, startOfMonth } from "../model/month.ts";
import type { Spent, SpentCharge } from "../model/spent.ts";
import { contactsKey, type LedgerCharge, openIntents, type State, unknownKey } from "../model/state.ts";
import { ledgerStart } from "./ledger.ts";

interface CostsInput {
  /** Undefined where nothing was ever applied. */
  readonly state: State | undefined;
  readonly spent: Spent;
  readonly board: string;
  readonly account: string;
  /** `2026-12`. */
  readonly month: string;
  readonly timezone: string;
}

/** Sorted by folder, code and account, those of no known folder last. */
export function costsOf({ state, spent, month, timezone, ...whose }: CostsInput): Costs {
  const isThen = ({ at }: { readonly at: number }): boolean => monthOf(at, timezone) === month;
  const recorded = (state?.ledger ?? []).filter(isThen);
  const charges = spent.charges.filter(isThen);
  const rows = rowsOf(recorded);
  const codes = compare(recorded, charges);
  return {
    month,
    timezone,
    ...whose,
    ledger: ledgerOf(state, month, timezone),
    rows,
    wallet: rows.reduce((sum, { wallet }) => sum + wallet, 0),
    codes,
    added: addUp(spent.added.filter(isThen), ({ code }) => code).map(([code, units]) => ({ code, units })),
    unmatched: [
      ...codes
        .filter((one) => one.recorded !== one.board)
        .map((one) => differing(one, { state, recorded, charges, isThen })),
      ...spent.unread
        .filter(({ at }) => at === undefined || isThen({ at }))
        .map(
          ({ at, text, creator = null }): CostsUnmatched => ({
            text,
            at: at === undefined ? null : new Date(at).toISOString(),
            creator,
            why: at === undefined ? "its time can't be read, so it may be of any month" : "it can't be read",
          }),
        ),
    ],
  };
}

function ledgerOf(state: State | undefined, month: string, timezone: string): Costs["ledger"] {
  const since = state === undefined ? Number.POSITIVE_INFINITY : ledgerStart(state);
  if (!Number.isFinite(since)) return { known: since < 0, since: null, whole: since < 0 };
  const first = monthOf(since, timezone);
  const whole = first < month || (first === month && since <= startOfMonth(since, timezone));
  return { known: true, since: new Date(since).toISOString(), whole };
}

type Account = CostsRow["account"];
const accountOf = ({ account = "company" }: { readonly account?: Account }): Account => account;

/** The folder of a key: `.` is the root. A key that the file states may have any shape. */
function folderOf(key: string): string | null {
  if (key === unknownKey) return null;
  if (key === contactsKey) return contactsKey;
  const end = key.lastIndexOf("/");
  return end <= 0 ? "." : key.slice(0, end);
}

function rowsOf(recorded: readonly LedgerCharge[]): CostsRow[] {
  const rows = new Map<string, CostsRow>();
  for (const one of recorded) {
    const [folder, account] = [folderOf(one.key), accountOf(one)];
    const word = JSON.stringify([folder, one.code, account]);
    const row = rows.get(word) ?? { folder, code: one.code, account, units: 0, wallet: 0 };
    rows.set(word, { ...row, units: row.units + one.units, wallet: row.wallet + one.wallet });
  }
  return [...rows.values()].sort(
    (a, b) =>
      Number(a.folder === null) - Number(b.folder === null) ||
      compareText(a.folder ?? "", b.folder ?? "") ||
      byCode(a, b),
  );
}

type Kind = { readonly code: string; readonly account: Account };
const byCode = (a: Kind, b: Kind): number => compareText(a.code, b.code) || compareText(b.account, a.account);

function compare(recorded: readonly LedgerCharge[], charges: readonly SpentCharge[]): CostsCompared[] {
  const codes = new Map<string, CostsCompared>();
  const count = (one: Kind, side: "recorded" | "board", units: number): void => {
    const word = `${one.code} ${one.account}`;
    const row = codes.get(word) ?? { code: one.code, account: one.account, recorded: 0, board: 0 };
    codes.set(word, { ...row, [side]: row[side] + units });
  };
  for (const one of recorded) count({ code: one.code, account: accountOf(one) }, "recorded", one.units);
  for (const one of charges) count(one, "board", one.units);
  return [...codes.values()].sort(byCode);
}

interface Sides {
  readonly state: State | undefined;
  readonly recorded: readonly LedgerCharge[];
  readonly charges: readonly SpentCharge[];
  readonly isThen: (one: { readonly at: number }) => boolean;
}

/** One code of which the two sides differ, with what may be the reason. */
function differing(one: CostsCompared, sides: Sides): CostsUnmatched {
  const shown = sides.charges.filter(({ code, account }) => code === one.code && account === one.account);
  const creators = addUp(shown, ({ creator }) => creator ?? null).map(([creator, units]) => ({
    creator,
    units,
  }));
  return { ...one, ...(creators.length > 0 && { creators }), why: whyOf(one, sides) };
}

function whyOf(one: CostsCompared, { state, recorded, isThen }: Sides): string {
  if (one.board > one.recorded) {
    if (state === undefined) return "there is no state that would have recorded it";
    const open = openIntents(state).filter(
      (intent) => intent.charge?.code === one.code && accountOf(intent.charge) === one.account,
    );
    const calls = open.some(isThen) ? "a call whose outcome isn't known yet (vac plan settles it), or " : "";
    return `${calls}not bought by this workspace: by people, by the board's auto renewal, by another workspace, or before the ledger began`;
  }
  const paid = recorded.some(
    (charge) => charge.code === one.code && accountOf(charge) === one.account && charge.wallet > 0,
  );
  return paid
    ? "what the wallet paid may not be among the board's transactions"
    : "what was bought by a call whose outcome can't be told counts as bought";
}

/** Units by a word, in the order of the words. */
function addUp<T extends { readonly units: number }, W extends string | null>(
  items: readonly T[],
  word: (item: T) => W,
): [W, number][] {
  const sums = new Map<W, number>();
  for (const item of items) sums.set(word(item), (sums.get(word(item)) ?? 0) + item.units);
  return [...sums].sort(([a], [b]) => compareText(a ?? "", b ?? ""));
}
