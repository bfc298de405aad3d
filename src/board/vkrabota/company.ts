// The company: whose account it is, and what it can pay with (document: Получение состояния баланса компании).
import type { Funds } from "../../model/job.ts";
import type { Client } from "./client.ts";
import { asId, asObject, refuseErrors } from "./wire.ts";

const what = "GET /company";

/** One-time units by code, in both spellings that the document has. */
const units: Readonly<Record<string, readonly string[]>> = {
  job_publish: ["otvas_jobs_limit"],
  super_job_publish: ["otvas_super_jobs_limit"],
  ultra_job_publish: ["otvas_ultra_jobs_limit"],
  job_highlight: ["otvas_highlights_limit"],
  job_refresh: ["otvas_refreshes_limit"],
  elevation_plus: ["otvas_elevations_plus_limit", "otvas_elevation_plus_limit"],
  elevation_3d: ["otvas_elevations_3d_limit", "otvas_elevation_3d_limit"],
  elevation_1d: ["otvas_elevations_1d_limit", "otvas_elevation_1d_limit"],
  contact_view: ["otvas_views_limit", "views_limit"],
};

/** The id of the company that the session belongs to. */
export async function readAccount(ask: Client): Promise<string> {
  return asId(what, "data.id", (await readCompany(ask)).id);
}

/** One-time units and the wallet, in kopecks; a limit that the answer lacks is unknown and left out. */
export async function readFunds(ask: Client): Promise<Funds> {
  const shown = asObject(what, "data.attributes", (await readCompany(ask)).attributes);
  const sources: Funds["sources"][number][] = [];
  for (const [code, names] of Object.entries(units)) {
    const left = names.map((name) => shown[name]).find((value) => typeof value === "number");
    if (typeof left === "number") sources.push({ code, kind: "once", left });
  }
  const kopecks = readKopecks(shown.balance);
  if (kopecks !== undefined) sources.push({ code: "wallet", kind: "wallet", left: kopecks });
  return { sources, prices: {} };
}

/** A decimal string of kopecks, such as "10000000.0"; a fraction of a kopeck is dropped. */
function readKopecks(value: unknown): number | undefined {
  const match = /^(-?\d+)(?:\.\d*)?$/.exec(String(value));
  const kopecks = match ? Number(match[1]) : Number.NaN;
  return Number.isSafeInteger(kopecks) ? kopecks : undefined;
}

async function readCompany(ask: Client): Promise<Readonly<Record<string, unknown>>> {
  const top = asObject(what, "the answer", await ask({ method: "GET", path: "/company" }));
  refuseErrors(what, top);
  return asObject(what, "data", top.data);
}
