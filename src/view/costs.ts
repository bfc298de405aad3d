// What was spent in a month, for people and for spreadsheets.
import type { Costs, CostsCompared, CostsRow, CostsUnmatched } from "../model/costs.ts";
import { dateTime } from "../model/dates.ts";
import { cleanLine } from "./clean.ts";
import { csvText } from "./csv.ts";
import { roubles } from "./money.ts";
import { type Paint, painter, type Style } from "./paint.ts";
import { table } from "./table.ts";

/** Rows by folder and code, the sum, the board's side, and where the two differ. */
export function costsText(costs: Costs, style: Style): string {
  const paint = painter(style.colour);
  return [
    paint("bold", `Spent in ${costs.month} (${costs.timezone}), account ${cleanLine(costs.account)}`),
    ledgerText(costs, paint),
    rowsText(costs, paint),
    boardText(costs, paint),
    unmatchedText(costs, paint),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** A line for each row, amounts in kopecks. */
export function costsCsv({ month, rows }: Costs): string {
  return csvText([
    ["month", "folder", "code", "account", "units", "wallet"],
    ...rows.map(({ folder, code, account, units, wallet }) => [month, folder, code, account, units, wallet]),
  ]);
}

function ledgerText({ ledger, timezone }: Costs, paint: Paint): string {
  if (!ledger.known)
    return paint(
      "yellow",
      "There is no state here that has recorded anything (nothing was applied yet, or it is lost): only the board tells.",
    );
  if (ledger.whole || ledger.since === null) return "";
  const since = dateTime(Date.parse(ledger.since), timezone);
  return paint("yellow", `The ledger holds what was spent since ${since}: not the whole month.`);
}

const bonusText = ({ code, account }: Pick<CostsRow, "code" | "account">): string =>
  cleanLine(account === "bonus" ? `${code} (bonus)` : code);

function rowsText({ rows, wallet }: Costs, paint: Paint): string {
  if (rows.length === 0) return "Nothing was recorded in this month.";
  const heads = ["FOLDER", "CODE", "UNITS", "WALLET"].map((head) => paint("dim", head));
  const lines = rows.map((row) => [
    row.folder === null ? "(unknown)" : row.folder === "." ? "(root)" : cleanLine(row.folder),
    bonusText(row),
    String(row.units),
    roubles(row.wallet),
  ]);
  return `${table([heads, ...lines])}\nFrom the wallet: ${paint("bold", roubles(wallet))} at most.`;
}

function boardText({ codes, added }: Costs, paint: Paint): string {
  const heads = ["CODE", "RECORDED", "BOARD", ""].map((head) => paint("dim", head));
  const lines = codes.map((one) => [
    bonusText(one),
    String(one.recorded),
    String(one.board),
    one.recorded === one.board ? "" : paint("yellow", "differs"),
  ]);
  const put = added.map(({ code, units }) => cleanLine(`${units} × ${code}`)).join(", ");
  return [
    "Against the board's transactions, in units:",
    codes.length === 0 ? "  there is none, on either side" : table([heads, ...lines]),
    ...(put === "" ? [] : [`Put on the account, bought in advance or given: ${put}`]),
    paint("dim", "(The board's transactions may lack what the wallet paid.)"),
  ].join("\n");
}

function unmatchedText({ unmatched, timezone }: Costs, paint: Paint): string {
  if (unmatched.length === 0) return "";
  return [
    paint("bold", "Differences:"),
    ...unmatched.map(
      (one) =>
        `  ${paint("yellow", "!")} ${oneText(one, timezone)}\n    ${cleanLine(one.why)}${creatorsText(one)}`,
    ),
  ].join("\n");
}

function oneText(one: CostsUnmatched, timezone: string): string {
  const { code, account = "company", recorded, board, text = "", at = null, creator = null } = one;
  if (code !== undefined) {
    const units: Pick<CostsCompared, "code" | "account"> = { code, account };
    return `${bonusText(units)}: ${recorded} recorded, the board shows ${board}`;
  }
  const by = creator === null ? "" : `, by ${cleanLine(creator)}`;
  const when = at === null ? "(unknown time)" : dateTime(Date.parse(at), timezone);
  return `${when}: “${cleanLine(text)}”${by}`;
}

function creatorsText({ creators = [] }: CostsUnmatched): string {
  if (creators.length === 0) return "";
  const told = creators.map(({ creator, units }) => `${cleanLine(creator ?? "(not told)")}: ${units}`);
  return `\n    on the board by ${told.join(", ")}`;
}
