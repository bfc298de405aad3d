// What is known of VK Работа's board, as data.
import type { AttributeTrait, Traits } from "../../model/attributes.ts";

const hour = 3_600_000;
const day = 24 * hour;

const text: AttributeTrait = { read: "always", write: "always", equal: "text" };
const number: AttributeTrait = { read: "always", write: "always", equal: "number" };
const degrees: AttributeTrait = { read: "always", write: "always", equal: "degrees", required: true };
const unseen = { read: "never", write: "always" } as const;

/** Attributes in the order in which plans list them (document: Job; which come back: Получение списка вакансий). */
export const traits: Traits = {
  attributes: {
    title: { ...text, required: true },
    description: { ...text, required: true },
    profession_id: { ...unseen, equal: "number", required: true },
    address: { ...text, required: true },
    lat: degrees,
    long: degrees,
    salary_from: number,
    salary_to: number,
    salary_period: text,
    contact_phone: { ...unseen, equal: "text" },
    remote: { read: "sometimes", write: "always", equal: "flag" },
    has_autoreply: { ...unseen, equal: "flag" },
    autoreply_text: { ...unseen, equal: "text" },
    auto_renew: { ...unseen, equal: "flag" },
  },
  roles: {
    title: "title",
    text: "description",
    kind: "profession_id",
    address: "address",
    lat: "lat",
    long: "long",
    refresh: "job_refresh",
  },
  services: {
    job_refresh: { gapMs: 5 * day },
    job_highlight: { lastsMs: day },
    elevation_1d: { lastsMs: day },
    elevation_3d: { lastsMs: 3 * day },
    elevation_plus: { lastsMs: 7 * day },
  },
  publications: ["job_publish", "super_job_publish", "ultra_job_publish"],
  updatesInactive: "unknown",
  batch: 20,
};
