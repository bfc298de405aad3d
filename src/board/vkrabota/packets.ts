// Packets of prepaid units (document: Получение списка пакетов, Получение баланса пакетов). One answer holds all.
import type { Client } from "./client.ts";
import { codeOf } from "./codes.ts";
import { readTime } from "./times.ts";
import {
  asId,
  asList,
  asObject,
  type Json,
  misshapen,
  readKopecks,
  readText,
  readUnits,
  refuseErrors,
} from "./wire.ts";

/** "All Russia" as a region, "any" as a category. */
export const zeroGuid = "00000000-0000-0000-0000-000000000000";

export interface Packet {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startsAt?: number;
  readonly endsAt?: number;
  /** FIAS id, and an opaque category; of the step that is being spent. */
  readonly region?: string;
  readonly category?: string;
  /** Units left by code; one that isn't told is left out. */
  readonly left: Readonly<Record<string, number>>;
  /** Kopecks a unit by code; 0 means that the packet doesn't tell. */
  readonly prices: Readonly<Record<string, number>>;
  readonly free: boolean;
}

export interface PacketFilter {
  /** FIAS id of a region. */
  readonly fiasId?: string;
  readonly status?: "active" | "archived";
}

export async function listPackets(
  ask: Client,
  { fiasId, status }: PacketFilter = {},
): Promise<readonly Packet[]> {
  const what = "GET /packets";
  const query: [string, string][] = [
    ...(fiasId === undefined ? [] : [["fias_id", fiasId] as [string, string]]),
    ...(status === undefined ? [] : [["status", status] as [string, string]]),
  ];
  const top = asObject(what, "the answer", await ask({ method: "GET", path: "/packets", query }));
  return listIn(what, top, "packets").map((value, index) => readPacket(what, `packets[${index}]`, value));
}

function readPacket(what: string, path: string, value: unknown): Packet {
  const item = asObject(what, path, value);
  // An archived packet may have no step that is being spent.
  const step = item.current_step == null ? {} : asObject(what, `${path}.current_step`, item.current_step);
  const startsAt = readTime(item.start_time);
  const endsAt = readTime(item.end_time);
  const region = readText(step.fias_id);
  const category = readText(step.job_category_uuid);
  return {
    id: asId(what, `${path}.id`, item.id),
    ...(startsAt !== undefined && { startsAt }),
    ...(endsAt !== undefined && { endsAt }),
    ...(region !== undefined && { region }),
    ...(category !== undefined && { category }),
    left: byCode(what, `${path}.current_step.limits`, step.limits, ({ left }) => readUnits(left)),
    prices: byCode(what, `${path}.current_step.prices`, step.prices, ({ price }) => readKopecks(price)),
    free: item.free === true,
  };
}

export interface PacketBalance {
  /** FIAS id and category; the zero GUID is all of them. */
  readonly region: string;
  readonly category: string;
  readonly code: string;
  /** Units. */
  readonly free: number;
  readonly bought: number;
}

/** What the packets hold, added up by region, category and code. */
export async function readPacketBalance(ask: Client): Promise<readonly PacketBalance[]> {
  const what = "GET /packets/categories_balance";
  const top = asObject(what, "the answer", await ask({ method: "GET", path: "/packets/categories_balance" }));
  return listIn(what, top, "items").flatMap((value, index) => {
    const path = `items[${index}]`;
    const item = asObject(what, path, value);
    const region = textIn(what, `${path}.fias_id`, item.fias_id);
    const category = textIn(what, `${path}.job_category_uuid`, item.job_category_uuid);
    return asList(what, `${path}.balance`, item.balance).map((line, at) => {
      const row = asObject(what, `${path}.balance[${at}]`, line);
      return {
        region,
        category,
        code: codeOf(textIn(what, `${path}.balance[${at}].code`, row.code)),
        free: unitsIn(what, `${path}.balance[${at}].free`, row.free),
        bought: unitsIn(what, `${path}.balance[${at}].bought`, row.bought),
      };
    });
  });
}

/** A list under its own name: these answers have no `data`, so that errors beside a missing list are what there is. */
function listIn(what: string, top: Json, name: string): readonly unknown[] {
  refuseErrors(what, { ...top, data: top[name] });
  return asList(what, name, top[name]);
}

/** Values of a list of `{code, …}`; of two spellings of one code the first counts. */
function byCode(
  what: string,
  path: string,
  list: unknown,
  read: (item: Json) => number | undefined,
): Record<string, number> {
  if (list == null) return {};
  const values = new Map<string, number>();
  for (const [index, entry] of asList(what, path, list).entries()) {
    const item = asObject(what, `${path}[${index}]`, entry);
    const code = codeOf(textIn(what, `${path}[${index}].code`, item.code));
    const value = read(item);
    if (value !== undefined && !values.has(code)) values.set(code, value);
  }
  return Object.fromEntries(values);
}

function textIn(what: string, path: string, value: unknown): string {
  const text = readText(value);
  if (text === undefined) throw misshapen(what, path, "a text", value);
  return text;
}

function unitsIn(what: string, path: string, value: unknown): number {
  const units = readUnits(value);
  if (units === undefined) throw misshapen(what, path, "a whole number", value);
  return units;
}
