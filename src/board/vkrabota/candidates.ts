// The search for candidates and their contacts (document: Поиск и покупка контактов из базы резюме). Both ways to a
// contact may charge, so neither is ever sent twice where it may have been done.
import { BoardError } from "../../model/errors.ts";
import type { Outcome } from "../../model/job.ts";
import { oneLine } from "./answers.ts";
import type { Client } from "./client.ts";
import { codeOf } from "./codes.ts";
import { fateOf } from "./fate.ts";
import { zeroGuid } from "./packets.ts";
import { eachPage } from "./pages.ts";
import { type Candidate, readCandidate, readIncluded } from "./people.ts";
import { asId, asList, asObject, type Json, misshapen, readText, readUnits, refuseErrors } from "./wire.ts";

/** Filters of the search under the document's names; a flag that is false is left out, since 0 asks for nothing. */
export interface CandidateFilter {
  readonly address?: string;
  readonly city_id?: string;
  /** FIAS id. */
  readonly region_id?: string;
  /** Degrees; with `distance_to` in kilometres. */
  readonly lat?: number;
  readonly long?: number;
  readonly distance_to?: number;
  readonly month_of_experience?: number;
  readonly key_word?: string;
  readonly nationality_id?: string;
  readonly has_avatar?: boolean;
  readonly medical_record?: boolean;
  readonly sex?: "Male" | "Female";
  readonly has_comment?: boolean;
  readonly show_bought?: boolean;
  readonly driving_license_categories?: readonly string[];
  readonly age_from?: number;
  readonly age_to?: number;
}

const pageSize = 50;

/** What a search finds, and how many there are once something was read. */
export interface Found {
  readonly candidates: AsyncIterable<Candidate>;
  total(): number | undefined;
}

/** Searches (document: Поиск кандидатов). */
export function searchCandidates(ask: Client, concurrency: number, filter: CandidateFilter): Found {
  let total: number | undefined;
  const read = async (page: number): Promise<Candidate[]> => {
    const what = `GET /candidates, page ${page}`;
    const query: [string, string][] = [
      ["page", String(page)],
      ["per_page", String(pageSize)],
      ...queryOf(filter),
    ];
    const ask1 = { method: "GET", path: "/candidates", about: "the search for candidates", query } as const;
    const top = asObject(what, "the answer", await ask(ask1));
    refuseErrors(what, top);
    total = readUnits((top.meta as { total?: unknown } | null | undefined)?.total) ?? total;
    const included = readIncluded(what, top.included);
    return asList(what, "data", top.data).map((value, index) =>
      readCandidate(what, `data[${index}]`, value, included),
    );
  };
  return {
    candidates: eachPage({
      what: "GET /candidates",
      size: pageSize,
      concurrency,
      read,
      idOf: ({ id }) => id,
      remember: 5000,
    }),
    total: () => total,
  };
}

function queryOf(filter: CandidateFilter): [string, string][] {
  return Object.entries(filter).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    if (value === undefined || value === false) return [];
    if (value === true) return [[name, "1"]];
    if (!Array.isArray(value)) return [[name, String(value)]];
    // One value as the document has it, several as its other list is sent.
    if (value.length === 1) return [[name, String(value[0])]];
    return value.map((one): [string, string] => [`${name}[]`, String(one)]);
  });
}

/** The board shows a contact, and not whether it is bought. */
export class UntoldError extends BoardError {}

/** Times that a list which moves meanwhile is read at most. */
const passes = 3;

/**
 * Which of these contacts the board shows as bought. It has no call for one candidate: what was bought anywhere is
 * searched, and again where a pass didn't show as many as the board says there are: who comes online moves to a page that
 * was read before. A contact that isn't found may be bought all the same, where the search lags behind. Throws an
 * UntoldError where one is shown without saying whether it is bought.
 */
export async function findBought(
  ask: Client,
  concurrency: number,
  ids: readonly string[],
): Promise<Map<string, Candidate>> {
  const wanted = new Set(ids);
  const found = new Map<string, Candidate>();
  for (let pass = 1; pass <= passes; pass += 1) {
    const { candidates, total } = searchCandidates(ask, concurrency, {
      region_id: zeroGuid,
      show_bought: true,
    });
    let count = 0;
    for await (const candidate of candidates) {
      count += 1;
      // A board that doesn't know the filter shows everybody: only what it says of each counts.
      if (!wanted.has(candidate.id)) continue;
      if (candidate.already_contacted === undefined)
        throw new UntoldError(`the search for candidates doesn't say whether ${candidate.id} is bought`);
      if (candidate.already_contacted) found.set(candidate.id, candidate);
      if (found.size === wanted.size) return found;
    }
    if (count >= (total() ?? 0)) break;
  }
  return found;
}

/** What became of the purchase of one contact. */
export type ContactOutcome =
  | { readonly is: "done"; readonly candidate?: Candidate }
  | Extract<Outcome, { is: "refused" | "unclear" }>;

const what = "POST /paid_actions";

/**
 * Buys contacts (document: Покупка контакта); outcomes by index. The board doesn't say that buying twice is free. Never
 * throws for what happened.
 */
export async function buyContacts(
  ask: Client,
  ids: readonly string[],
  account: "company" | "bonus",
  onSend?: () => void,
): Promise<ContactOutcome[]> {
  try {
    const answer = await ask({
      method: "POST",
      path: "/paid_actions",
      json: { actions: ids.map((id) => ({ action: "contact_view", user_id: id })), use_account: account },
      once: true,
      ...(onSend && { onSend }),
    });
    const top = asObject(what, "the answer", answer);
    refuseErrors(what, top);
    const items = asList(what, "data", top.data);
    return ids.map((id, index) => readItem(id, `data[${index}]`, items[index]));
  } catch (error) {
    const fate = outcomeOf(error);
    return ids.map(() => fate);
  }
}

/** What an error tells of a purchase. */
function outcomeOf(error: unknown): Extract<Outcome, { is: "refused" | "unclear" }> {
  const fate = fateOf(error);
  if (fate.is === "refused" || fate.is === "unclear") return fate;
  throw error;
}

function readItem(id: string, path: string, value: unknown): ContactOutcome {
  try {
    const shown = asObject(what, `${path}.attributes`, asObject(what, path, value).attributes);
    const origin = asObject(what, `${path}.attributes.origin`, shown.origin);
    if (codeOf(String(origin.action)) !== "contact_view")
      throw misshapen(what, `${path}.attributes.origin.action`, "contact_view", origin.action);
    if (asId(what, `${path}.attributes.origin.user_id`, origin.user_id) !== id)
      throw misshapen(what, `${path}.attributes.origin.user_id`, id, origin.user_id);
    if (shown.status === "failed")
      return { is: "refused", message: oneLine(readText(shown.error_message) ?? "", 500) || "(no text)" };
    if (shown.status !== "success")
      throw misshapen(what, `${path}.attributes.status`, "success or failed", shown.status);
    const data = (shown.user as { data?: unknown } | null | undefined)?.data;
    if (data == null) return { is: "done" };
    return {
      is: "done",
      candidate: readCandidate(what, `${path}.attributes.user.data`, data, new Map()),
    };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** A contact as its own call shows it (document: Просмотр контакта). */
export interface Phone {
  readonly phone: string;
  /** Whether this very call was charged, as the board says; undefined where it doesn't. */
  readonly charged?: boolean;
  /** Units that it says were taken, by where they came from. */
  readonly spent: Readonly<Record<string, number>>;
}

/**
 * Shows a phone. A contact that isn't bought is bought by it, so the call is sent once. Throws a CallError: refused where
 * it was certainly not done, unclear where it may have been.
 */
export async function showPhone(ask: Client, id: string, onSend?: () => void): Promise<Phone> {
  const about = `the phone of candidate ${id}`;
  const answer = await ask({
    method: "GET",
    path: `/candidates/${encodeURIComponent(id)}/phone`,
    about,
    once: true,
    ...(onSend && { onSend }),
  });
  const top = asObject(about, "the answer", answer);
  refuseErrors(about, top);
  const data = asObject(about, "data", top.data);
  if (data.id != null && asId(about, "data.id", data.id) !== id)
    throw misshapen(about, "data.id", id, data.id);
  const shown = asObject(about, "data.attributes", data.attributes);
  const phone = readText(typeof shown.phone === "number" ? String(shown.phone) : shown.phone);
  if (phone === undefined) throw misshapen(about, "data.attributes.phone", "a text", shown.phone);
  const charged = chargedIn(shown);
  return { phone, ...(charged !== undefined && { charged }), spent: spentIn(shown) };
}

/** `contact_bought` says that money was taken, `already_contacted` that it had been before. */
function chargedIn({ contact_bought: bought, already_contacted: before }: Json): boolean | undefined {
  if (typeof bought === "boolean" && typeof before === "boolean") return bought && !before;
  return before === true ? false : undefined;
}

function spentIn({ spent_counts: counts }: Json): Record<string, number> {
  if (typeof counts !== "object" || counts === null) return {};
  const units = Object.entries(counts).flatMap(([name, value]) => {
    const count = readUnits(value);
    return count === undefined || count === 0 ? [] : [[name, count] as const];
  });
  return Object.fromEntries(units);
}
