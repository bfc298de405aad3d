// What an entry's layers state, as a vacancy.
import type { Picture, Promotion as WrittenPromotion } from "../generated/vacancy.ts";
import type { Attributes, Value } from "../model/attributes.ts";
import { normalText } from "../model/equality.ts";
import type { Promotion, Renewal, Vacancy } from "../model/vacancy.ts";
import type { Entry } from "./assemble.ts";
import { endOf, readDate, startOf, type Zone } from "./dates.ts";
import { durationMs } from "./durations.ts";
import { isTable, type Merged } from "./layers.ts";
import { sent } from "./shapes.ts";

/** The vacancy of an entry in which nothing is an error. A profession by title is left out: it has no id yet. */
export function vacancyOf({ key, file, location, merged }: Entry, zone: Zone): Vacancy {
  const read = reader(merged);
  const until = read<string | null>("publish_until", null);
  const date = until === null ? undefined : readDate(until);
  const background = backgroundOf(merged);
  return {
    key,
    file: file.name,
    ...(location === undefined ? {} : { location }),
    textHash: file.hash,
    attributes: attributesOf(merged),
    status: read("status", "active"),
    ...(date ? { publishUntil: endOf(date, zone) } : {}),
    publication: read("publication_type", "job_publish"),
    renew: renewalOf(read("renew", "on_expiry")),
    reopenClosed: read("reopen_closed", false),
    keep: {
      preventClose: read("prevent_close", false),
      closeReason: read("close_reason", "closed_irrelevant"),
      onDelete: read("on_delete", "close"),
    },
    ...(background ? { background } : {}),
    promote: read<readonly WrittenPromotion[]>("promote", []).map((item) => promotionOf(item, zone)),
  };
}

/** Reads values that the schema has been asked about. */
const reader =
  (merged: Merged) =>
  <T>(name: string, absent: T): T =>
    (merged.get(name)?.value ?? absent) as T;

function attributesOf(merged: Merged): Attributes {
  const attributes: Attributes = {};
  for (const name of sent) {
    const stated = merged.get(name);
    if (stated === undefined) continue;
    const value = stated.value as Value;
    attributes[name] = typeof value === "string" ? normalText(value) : value;
  }
  return attributes;
}

function renewalOf(text: string): Renewal {
  if (text === "on_expiry" || text === "never") return text;
  return { earlyMs: durationMs(text) ?? 0 };
}

function promotionOf({ action, account, at, every, until }: WrittenPromotion, zone: Zone): Promotion {
  const [first, period, last] = [at && readDate(at), every && durationMs(every), until && readDate(until)];
  return {
    action,
    account: account ?? "company",
    ...(first ? { at: startOf(first, zone) } : {}),
    ...(period ? { every: period } : {}),
    ...(last ? { until: endOf(last, zone) } : {}),
  };
}

/** The background; its file is relative to the workspace already. */
function backgroundOf(merged: Merged): Picture | undefined {
  const stated = merged.get("background");
  if (!stated || !isTable(stated.value)) return undefined;
  const { file, crop } = stated.value as unknown as Picture;
  return { file, ...(crop && { crop: { x: crop.x, y: crop.y, w: crop.w, h: crop.h } }) };
}
