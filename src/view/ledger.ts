// With what a ledger would begin.

import { dateTime } from "../model/dates.ts";
import { roubles } from "../model/money.ts";
import type { LedgerCharge } from "../model/state.ts";
import { cleanLine } from "./clean.ts";
import { painter, type Style } from "./paint.ts";
import { table } from "./table.ts";

/** What is counted, and what of the board's transactions isn't. */
interface Beginning {
  readonly charges: readonly LedgerCharge[];
  readonly doubt?: { readonly texts: readonly string[]; readonly codes: readonly string[] };
}

/** Units and the wallet's part by code; then what isn't counted, and that the month's limits won't know of it. */
export function ledgerBeginText(
  { charges, doubt }: Beginning,
  since: number,
  { colour, timezone }: Style & { readonly timezone: string },
): string {
  const paint = painter(colour);
  const sums = new Map<string, { units: number; wallet: number }>();
  for (const { code, account, units, wallet } of charges) {
    const name = account === "bonus" ? `${code} (bonus)` : code;
    const sum = sums.get(name) ?? { units: 0, wallet: 0 };
    sums.set(name, { units: sum.units + units, wallet: sum.wallet + wallet });
  }
  const heads = ["CODE", "UNITS", "WALLET, AT MOST"].map((head) => paint("dim", head));
  const rows = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { units, wallet }]) => [cleanLine(name), String(units), roubles(wallet)]);
  const uncounted = [
    ...(doubt?.texts ?? []).map((text) => `“${cleanLine(text)}” can't be read`),
    ...(doubt?.codes ?? []).map(
      (code) =>
        `no price is known of ${cleanLine(code)}: its units count, what the wallet gave for them doesn't`,
    ),
    "what the wallet paid, where the board's transactions don't show it",
  ];
  return [
    paint("bold", `The month's limits would count, from ${dateTime(since, timezone)} on:`),
    rows.length === 0 ? "  nothing" : table([heads, ...rows]),
    "",
    paint("yellow", "They would not count:"),
    ...uncounted.map((line) => `  ${line}`),
  ].join("\n");
}
