// What a plan takes, code by code, and what recurs.
import type { CostRow, Plan } from "../model/plan.ts";
import { cleanLine } from "./clean.ts";
import { roubles, walletText } from "./money.ts";
import type { Paint } from "./paint.ts";
import { pad, table } from "./table.ts";

/** What a table of costs has in its columns, after the code. */
export const headings = ["NEEDED", "PACKETS", "ONE-TIME", "WALLET", "UNITS LEFT"] as const;

/** A row for each code, and the sum below them. */
export function costText(cost: Plan["cost"], paint: Paint): string {
  const sum = sumText(cost, paint);
  const rows = costRows(cost);
  if (rows.length === 0) return sum;
  const heads = ["", ...headings].map((head) => paint("dim", head));
  return `${indented(table([heads, ...rows]))}\n${sum}`;
}

/** What is needed of each code and where it comes from, in the order of the headings; none where prices weren't read. */
export function costRows({ codes, rows = [] }: Plan["cost"]): string[][] {
  if (codes.length === 0) return [];
  return rows.map((row) => [
    cleanLine(row.code),
    String(row.units),
    packetsText(row),
    String(row.once),
    walletText(row.wallet) || "price unknown",
    String(row.left),
  ]);
}

/** What the wallet gives, and what comes again each month; empty where nothing is bought, now or later. */
export function sumText({ codes, rows, wallet, balance, monthly }: Plan["cost"], paint: Paint): string {
  const recurs = monthly === undefined || monthly === 0 ? "" : recurringText(monthly);
  if (codes.length === 0) return recurs === "" ? "" : `It takes nothing now${recurs}.`;
  if (rows === undefined) {
    const units = codes.map(({ units, code }) => cleanLine(`${units} × ${code}`)).join(", ");
    return `It uses ${units}; prices weren't read.`;
  }
  if (rows.length === 0) return `It takes nothing from units or the wallet${recurs}.`;
  const paid = wallet === null ? "an unknown amount" : wallet === 0 ? "nothing" : walletText(wallet);
  const has = balance === undefined || balance === null ? "" : `, which holds ${roubles(balance)}`;
  return `It takes ${paint("bold", paid)} from the wallet${has}${recurs}.`;
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
