// What the account has, as tables.

import { dateTime } from "../model/dates.ts";
import type { CompanyResult, PacketBalanceItem, PacketItem } from "../model/listed.ts";
import { cleanLine } from "./clean.ts";
import { roubles } from "./money.ts";
import { type Paint, painter, type Style } from "./paint.ts";
import { table } from "./table.ts";

type Units = Readonly<Record<string, number>>;

export interface AccountStyle extends Style {
  readonly timezone: string;
}

const heads = (names: readonly string[], paint: Paint): string[] => names.map((name) => paint("dim", name));
const time = (text: string | null, timezone: string): string =>
  text === null ? "(not told)" : dateTime(Date.parse(text), timezone);
const unitsText = (units: Units): string =>
  Object.entries(units)
    .filter(([, left]) => left > 0)
    .map(([code, left]) => cleanLine(`${left} × ${code}`))
    .join(", ") || "none";

/** The wallet and what was bought one by one. */
export function companyText(company: CompanyResult, { colour, timezone }: AccountStyle): string {
  const paint = painter(colour);
  const ends = company.otvas_expires_at === null ? "" : `, until ${time(company.otvas_expires_at, timezone)}`;
  return [
    paint("bold", `Company ${cleanLine(company.id)}`),
    `  wallet: ${company.balance === null ? "(not told)" : roubles(company.balance)}`,
    `  one-time units: ${unitsText(company.units)}${ends}`,
  ].join("\n");
}

/** A line for each packet. */
export function packetsText(items: readonly PacketItem[], { colour, timezone }: AccountStyle): string {
  if (items.length === 0) return "There is no packet.";
  const paint = painter(colour);
  const rows = items.map(({ id, end_time, fias_id, job_category_uuid, left, free }) => [
    `${cleanLine(id)}${free ? " (free)" : ""}`,
    time(end_time, timezone),
    placeText(fias_id),
    placeText(job_category_uuid),
    unitsText(left),
  ]);
  return table([heads(["PACKET", "UNTIL", "REGION", "CATEGORY", "LEFT"], paint), ...rows]);
}

/** A line for each code that has units, by region and category. */
export function packetBalanceText(items: readonly PacketBalanceItem[], { colour }: Style): string {
  const some = items.filter(({ bought, free }) => bought + free > 0);
  if (some.length === 0) return "No packet has units left.";
  const paint = painter(colour);
  const rows = some.map(({ fias_id, job_category_uuid, code, bought, free }) => [
    cleanLine(code),
    placeText(fias_id),
    placeText(job_category_uuid),
    String(bought),
    String(free),
  ]);
  return table([heads(["CODE", "REGION", "CATEGORY", "BOUGHT", "FREE"], paint), ...rows]);
}

const zero = /^0{8}-(?:0{4}-){3}0{12}$/;
const placeText = (guid: string | null): string =>
  guid === null ? "(not told)" : zero.test(guid) ? "all" : cleanLine(guid);
