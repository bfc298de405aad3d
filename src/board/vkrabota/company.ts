// The company: whose account it is, its wallet and its one-time units (document: Получение состояния баланса компании).
import type { Client } from "./client.ts";
import { limitNames } from "./codes.ts";
import { readTime } from "./times.ts";
import { asId, asObject, type Json, readKopecks, readText, readUnits, refuseErrors } from "./wire.ts";

const what = "GET /company";

export interface Company {
  readonly id: string;
  /** Kopecks in the wallet; absent where it can't be read. */
  readonly balance?: number;
  readonly walletId?: string;
  /** One-time units (OTVAS) by code; a limit that the answer lacks is unknown and left out. */
  readonly units: Readonly<Record<string, number>>;
  /** When they end, milliseconds since 1970; absent for no known end. */
  readonly unitsExpireAt?: number;
}

/** The id of the company that the session belongs to. */
export async function readAccount(ask: Client): Promise<string> {
  return asId(what, "data.id", (await getCompany(ask)).id);
}

export async function readCompany(ask: Client): Promise<Company> {
  const data = await getCompany(ask);
  const shown = asObject(what, "data.attributes", data.attributes);
  const balance = readKopecks(shown.balance);
  const walletId = readText(shown.wallet_id);
  const unitsExpireAt = readTime(shown.otvas_expires_at);
  return {
    id: asId(what, "data.id", data.id),
    ...(balance !== undefined && { balance }),
    ...(walletId !== undefined && { walletId }),
    units: readLimits(shown),
    ...(unitsExpireAt !== undefined && { unitsExpireAt }),
  };
}

function readLimits(shown: Json): Record<string, number> {
  const units: Record<string, number> = {};
  for (const [code, attributes] of limitNames) {
    const left = attributes.map((name) => readUnits(shown[name])).find((value) => value !== undefined);
    if (left !== undefined) units[code] = left;
  }
  return units;
}

async function getCompany(ask: Client): Promise<Json> {
  const top = asObject(what, "the answer", await ask({ method: "GET", path: "/company" }));
  refuseErrors(what, top);
  return asObject(what, "data", top.data);
}
