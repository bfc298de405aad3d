// Rows as CSV (RFC 4180) that a spreadsheet may open.

import { clean } from "./clean.ts";

type Cell = string | number | null;

/** What a spreadsheet takes for a formula, also in full-width letters and behind white space. */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** Lines end with CRLF. A text that would be a formula gets an apostrophe before it; null is an empty cell. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  // Cleaned first: what can't be seen must not hide a sign from the eye here and be gone later.
  const plain = clean(cell);
  const safe = formula.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
