// What a plan takes, code by code, and what recurs.
import type { CostRow, Plan } from "../model/plan.ts";
import { cleanLine } from "./clean.ts";
import { roubles, walletText } from "./money.ts";
import type { Paint } from "./paint.ts";
import { pad, table } from "./table.ts";

/** A row for each code, the sum, and what comes again each month; a line where prices weren't read, nothing for nothing. */
export function costText({ codes, rows, wallet, balance, monthly }: Plan["cost"], paint: Paint): string {
  const recurs = monthly === undefined || monthly === 0 ? "" : recurringText(monthly);
  if (codes.length === 0) return recurs === "" ? "" : `It takes nothing now${recurs}.`;
  if (rows === undefined) {
    const units = codes.map(({ units, code }) => cleanLine(`${units} × ${code}`)).join(", ");
    return `It uses ${units}; prices weren't read.`;
  }
  if (rows.length === 0) return `It takes nothing from units or the wallet${recurs}.`;
  const heads = ["", "NEEDED", "PACKETS", "ONE-TIME", "WALLET", "UNITS LEFT"].map((head) =>
    paint("dim", head),
  );
  const lines = rows.map((row) => [
    cleanLine(row.code),
    String(row.units),
    packetsText(row),
    String(row.once),
    walletText(row.wallet) || "price unknown",
    String(row.left),
  ]);
  const paid = wallet === null ? "an unknown amount" : wallet === 0 ? "nothing" : walletText(wallet);
  const has = balance === undefined || balance === null ? "" : `, which holds ${roubles(balance)}`;
  return `${indented(table([heads, ...lines]))}\nIt takes ${paint("bold", paid)} from the wallet${has}${recurs}.`;
}

/** Units of packets; those of which it is open whether they fit stand behind. */
const packetsText = ({ packets, open }: CostRow): string =>
  open === 0 ? String(packets) : `${packets}…${packets + open}`;

const recurringText = (monthly: number | null): string =>
  monthly === null
    ? "; what recurs in a month can't be told, since not every price is known"
    : `; about ${roubles(monthly)} recur a month`;

const indented = (text: string): string =>
  text
    .split("\n")
    .map((line) => pad("", 2) + line)
    .join("\n");
