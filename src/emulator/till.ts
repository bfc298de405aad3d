import { categoryOf } from "./categories.ts";
import { regionBy } from "./dictionary/regions.ts";
import { Refusal } from "./http.ts";
import { type Code, titleOf } from "./money/codes.ts";
import type { Charge } from "./money/records.ts";
import { pay } from "./money/spending.ts";
import type { Readings } from "./options.ts";
import type { Change, Job } from "./records.ts";
import { regionOf } from "./regions.ts";
import type { Store } from "./store.ts";
import type { Person } from "./world/people.ts";

/** What is paid for, why, and with what. */
export interface Bill {
  code: Code;
  by: Charge["by"];
  account?: "company" | "bonus";
}

/** What a purchase is for, and what decides which packets fit. */
interface Subject {
  job_id: string | null;
  user_id?: string;
  region: string | null;
  category: string | null;
}

function jobSubject({ id, attributes: { address, profession_id } }: Job): Subject {
  return { job_id: id, region: regionOf(address), category: categoryOf(profession_id) };
}

/** One unit for a job, paid at `at` (ms): the funds after it and the line of the ledger, or null for want of money. */
export function paid(store: Store, readings: Readings, job: Job, at: number, bill: Bill): Change[] | null {
  return paidFor(store, readings, jobSubject(job), at, bill)?.changes ?? null;
}

/** A candidate's contact, paid at `at` (ms) from where the candidate lives; null for want of money. */
export function paidContact(store: Store, readings: Readings, { id, city }: Person, at: number, bill: Bill) {
  const region = regionBy(String(city.region_id))?.fias_id ?? null;
  return paidFor(store, readings, { job_id: null, user_id: id, region, category: null }, at, bill);
}

function paidFor(
  store: Store,
  readings: Readings,
  { region, category, ...subject }: Subject,
  at: number,
  bill: Bill,
): { charge: Charge; changes: Change[] } | null {
  const { code, by, account = "company" } = bill;
  const payment = pay(store.funds(), { code, at, region, category, account }, readings);
  if (!payment) return null;
  const { funds, source, packet_id, kopecks } = payment;
  const charge: Charge = {
    id: String(store.chargeCount() + 1),
    at: new Date(at).toISOString(),
    action: code,
    code,
    ...subject,
    units: 1,
    by,
    source,
    packet_id,
    kopecks,
  };
  const changes: Change[] = [
    { table: "charge", record: charge },
    { table: "funds", record: funds },
  ];
  return { charge, changes };
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
