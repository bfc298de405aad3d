import { categoryOf } from "./categories.ts";
import { Refusal } from "./http.ts";
import { type Code, titleOf } from "./money/codes.ts";
import type { Charge } from "./money/records.ts";
import { pay } from "./money/spending.ts";
import type { Readings } from "./options.ts";
import type { Change, Job } from "./records.ts";
import { regionOf } from "./regions.ts";
import type { Store } from "./store.ts";

/** What is paid for, why, and with what. */
export interface Bill {
  code: Code;
  by: Charge["by"];
  account?: "company" | "bonus";
}

/** One unit for a job, paid at `at` (ms): the funds after it and the line of the ledger, or null for want of money. */
export function paid(store: Store, readings: Readings, job: Job, at: number, bill: Bill): Change[] | null {
  const { code, by, account = "company" } = bill;
  const region = regionOf(job.attributes.address);
  const category = categoryOf(job.attributes.profession_id);
  const payment = pay(store.funds(), { code, at, region, category, account }, readings);
  if (!payment) return null;
  const { funds, source, packet_id, kopecks } = payment;
  const record: Charge = {
    id: String(store.charges().length + 1),
    at: new Date(at).toISOString(),
    action: code,
    code,
    job_id: job.id,
    units: 1,
    by,
    source,
    packet_id,
    kopecks,
  };
  return [
    { table: "charge", record },
    { table: "funds", record: funds },
  ];
}

/** Why a service wasn't sold. The document shows no refusal for want of money. */
export function noMoney(code: Code): string {
  return `Недостаточно средств для оплаты услуги «${titleOf(code)}»`;
}

/** Like `paid`, but refuses with 422 for want of money. */
export function charged(...purchase: Parameters<typeof paid>): Change[] {
  const changes = paid(...purchase);
  if (!changes) throw new Refusal(422, `Возникли ошибки: ${noMoney(purchase[4].code)}`);
  return changes;
}
