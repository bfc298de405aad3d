// vac candidates buy: contacts, each paid for at most once.

import type { ContactOutcome } from "../board/vkrabota/candidates.ts";
import type { Candidate } from "../board/vkrabota/people.ts";
import { traits } from "../board/vkrabota/traits.ts";
import type { Funds } from "../model/job.ts";
import type { ContactsResult } from "../model/listed.ts";
import { roubles } from "../model/money.ts";
import { takenBetween } from "../plan/contacts.ts";
import { contactsText, takenText } from "../view/contacts.ts";
import {
  agreeOn,
  type Buying,
  type BuyingFlags,
  noteIntent,
  noteSent,
  onContacts,
  openContact,
  tellIntents,
} from "./contacts.ts";
import { type ExitCode, exit, type Io, print, printJson, styleOf, tell } from "./io.ts";
import { nameOf, personItem } from "./people.ts";

export interface BuyFlags extends BuyingFlags {
  readonly ids: readonly string[];
}

interface Bought {
  readonly id: string;
  readonly result: "bought" | "owned" | "failed" | "unknown" | "not_started";
  readonly candidate?: Candidate;
  readonly error?: string;
}

/** Buys what isn't bought yet (document: Покупка контакта), after the price was shown and agreed on. */
export async function candidatesBuy(io: Io, flags: BuyFlags): Promise<ExitCode> {
  const ids = [...new Set(flags.ids)];
  return onContacts(io, flags, ids, async (ground) => {
    const known = ids.map((id) => withoutBuying(ground, id));
    const wanted = ids.filter((_, index) => known[index] === undefined);
    let bought: readonly Bought[] = [];
    let interrupted = false;
    if (wanted.length > 0) {
      const what =
        wanted.length === 1 ? `Contact of candidate ${wanted[0]}` : `Contacts of ${wanted.length} candidates`;
      const { code, plan, funds } = await agreeOn(io, flags, ground, what, wanted.length);
      if (code !== exit.ok) return code;
      ({ bought, interrupted } = await buyAll(io, flags, { ...ground, before: funds }, wanted, plan.wallets));
    }
    const results = ids.map((id, index) => known[index] ?? bought[wanted.indexOf(id)] ?? unstarted(id));
    show(io, flags, results);
    if (interrupted) return exit.interrupted;
    if (results.every(({ result }) => result === "bought" || result === "owned")) return exit.ok;
    return results.length === 1 && results[0]?.result === "failed" ? exit.failed : exit.incomplete;
  });
}

const unstarted = (id: string): Bought => ({ id, result: "not_started" });

/** What is to be said of a contact that must not be bought: it is, or it may be. */
function withoutBuying({ bought, session }: Buying, id: string): Bought | undefined {
  if (bought?.has(id)) return { id, result: "owned" };
  if (bought === undefined) {
    const error = `whether it is bought can't be looked up: vac candidates phone ${id} pays only if it isn't`;
    return { id, result: "failed", error };
  }
  // The search may lag behind; buying twice may be charged twice.
  if (session.state.contacts?.[id] === undefined) return undefined;
  if (openContact(session.state, id) === undefined) return { id, result: "owned" };
  const way = `vac candidates phone ${id} shows it, and pays only if it isn't bought`;
  return { id, result: "unknown", error: `it isn't known whether an earlier call has bought it: ${way}` };
}

/**
 * Where batches begin and end. The first contact goes alone, and the first one that the wallet pays for: what they take
 * shows whether the others would be charged as it was said.
 */
function batchesOf(wallets: readonly number[]): [from: number, to: number][] {
  const paid = wallets.findIndex((wallet) => wallet > 0);
  const cuts = new Set([1, paid, paid + 1]);
  const batches: [number, number][] = [];
  for (let from = 0, to = 0; from < wallets.length; from = to) {
    do to += 1;
    while (to < wallets.length && to - from < traits.batch && !cuts.has(to));
    batches.push([from, to]);
  }
  return batches;
}

async function buyAll(
  io: Io,
  { account }: BuyFlags,
  ground: Buying & { readonly before: Funds },
  ids: readonly string[],
  wallets: readonly number[],
): Promise<{ bought: Bought[]; interrupted: boolean }> {
  let interrupted = false;
  let taken: ReturnType<typeof takenBetween> | undefined;
  let trouble: string | undefined;
  const look = async (sent: number): Promise<void> => {
    const after = await ground.client.funds().catch(() => undefined);
    taken = after && takenBetween(ground.before, after);
    const shown = wallets.slice(0, sent).reduce((sum, wallet) => sum + wallet, 0);
    if (taken === undefined) trouble = "What was taken from the account can't be read";
    else if ((taken.wallet ?? 0) > shown) trouble = `That is more than the ${roubles(shown)} that were shown`;
  };
  const stop = (): void => {
    interrupted = true;
    tell(
      io,
      "\nStopping: what is in flight is finished, nothing more is begun. A second signal quits at once.",
    );
  };
  const bought: Bought[] = [];
  await io.guarded(stop, async () => {
    for (const [from, to] of batchesOf(wallets)) {
      const batch = ids.slice(from, to);
      const isOver =
        interrupted || ground.session.lost.aborted || bought.some(({ result }) => result === "unknown");
      if (isOver || trouble !== undefined) {
        bought.push(...batch.map(unstarted));
        continue;
      }
      bought.push(...(await buyBatch(ground, batch, wallets.slice(from, to), account, from === 0)));
      await look(to);
    }
  });
  if (taken) tell(io, `Taken from the account: ${takenText(taken)}.`);
  if (trouble !== undefined) {
    const isCut = bought.some(({ result }) => result === "not_started");
    tell(io, isCut ? `${trouble}: nothing more was bought.` : `${trouble}.`);
  }
  return { bought, interrupted };
}

/** One request; what it leaves unclear is settled by the search, or stays open in the state. */
async function buyBatch(
  ground: Buying,
  ids: readonly string[],
  wallets: readonly number[],
  account: "company" | "bonus",
  isFirst: boolean,
): Promise<Bought[]> {
  const { client, session } = ground;
  for (const [index, id] of ids.entries()) await noteIntent(ground, id, wallets[index] ?? 0, account);
  try {
    await tellIntents(ground, ids);
  } catch (error) {
    // Once something was bought, that is what is to be told.
    if (isFirst) throw error;
    return ids.map((id) => ({ ...unstarted(id), error: (error as Error).message }));
  }
  const outcomes = await client.buyContacts(ids, account, () => {
    for (const id of ids) noteSent(ground, id);
  });
  const doubtful = ids.filter((_, index) => outcomes[index]?.is === "unclear");
  const found = doubtful.length === 0 ? undefined : await client.bought(doubtful).catch(() => undefined);
  const results = ids.map((id, index) => resultOf(id, outcomes[index], found));
  for (const { id, result } of results) {
    if (result === "bought") await session.append({ event: "contact-settled", id, as: "charged" }, "fsync");
    if (result === "failed") await session.append({ event: "contact-settled", id, as: "refused" }, "fsync");
  }
  return results;
}

function resultOf(
  id: string,
  outcome: ContactOutcome | undefined,
  found: ReadonlyMap<string, Candidate> | undefined,
): Bought {
  if (outcome?.is === "done") {
    return { id, result: "bought", ...(outcome.candidate && { candidate: outcome.candidate }) };
  }
  if (outcome?.is === "refused") return { id, result: "failed", error: outcome.message };
  const candidate = found?.get(id);
  if (candidate) return { id, result: "bought", candidate };
  const why = outcome?.cause ?? "the board's answer lacks it";
  const way = `vac candidates phone ${id} tells later, and pays only if it isn't bought`;
  return { id, result: "unknown", error: `${why}; it may be bought or not: ${way}` };
}

function show(io: Io, flags: BuyFlags, results: readonly Bought[]): void {
  const summary = { bought: 0, owned: 0, failed: 0, unknown: 0, not_started: 0 };
  for (const { result } of results) summary[result] += 1;
  if (flags.format === "json") {
    const items = results.map(({ id, result, candidate, error = null }) => ({
      ...{ id, result, error },
      candidate: candidate ? personItem(candidate, flags.contacts) : null,
    }));
    const told: ContactsResult = { summary, items };
    printJson(io, told);
    return;
  }
  const lines = results.map(({ id, result, candidate, error = null }) => ({
    ...{ id, result, error, name: nameOf(candidate) },
    phone: flags.contacts ? (candidate?.phone ?? null) : null,
    email: flags.contacts ? (candidate?.email ?? null) : null,
  }));
  print(io, contactsText(lines, styleOf(io, flags, "out")));
  const [shown] = lines.filter(({ result, phone }) => phone === null && /bought|owned/.test(result));
  if (shown)
    tell(io, `vac candidates phone ${shown.id} shows the phone; a bought contact costs nothing more.`);
}
