// One job as the board shows it.
import { dateTime } from "../model/dates.ts";
import type { JobItem } from "../model/listed.ts";
import { cleanLine } from "./clean.ts";
import { painter, type Style } from "./paint.ts";
import { table } from "./table.ts";

/** A line for each attribute that the board tells; the key of the vacancy where it is managed. */
export function jobText(item: JobItem, { colour, timezone }: Style & { readonly timezone: string }): string {
  const paint = painter(colour);
  const { id, key, ...rest } = item;
  const managed = key === null ? "not managed" : `vacancy ${cleanLine(key)}`;
  const rows = Object.entries(rest).map(([name, value]) => [
    `  ${paint("dim", name)}`,
    name === "expires_at"
      ? dateTime(Date.parse(String(value)), timezone)
      : cleanLine(String(value ?? "(none)")),
  ]);
  return [`${paint("bold", `Job ${cleanLine(id)}`)}, ${managed}`, table(rows)].join("\n");
}
