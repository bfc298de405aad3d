// What buying a contact stands on: the lock on the state, what is bought already, the price, and consent.
import { randomUUID } from "node:crypto";
import { beginLedger } from "../apply/ledger.ts";
import { UntoldError } from "../board/vkrabota/candidates.ts";
import { CallError } from "../board/vkrabota/client.ts";
import { UsageError } from "../model/errors.ts";
import type { Funds } from "../model/job.ts";
import type { Contact, State } from "../model/state.ts";
import type { Config } from "../model/vacancy.ts";
import { type ContactPlan, planContacts } from "../plan/contacts.ts";
import type { StateSession } from "../state/store.ts";
import { contactCostText } from "../view/contacts.ts";
import { readSpentOf } from "./board.ts";
import { type Managed, onManaged } from "./ground.ts";
import { type ExitCode, exit, type Globals, type Io, log, styleOf, tell } from "./io.ts";

export interface BuyingFlags extends Globals {
  readonly account: "company" | "bonus";
  /** Kopecks that the wallet may give at most: where nobody can be asked, this is the consent. */
  readonly maxCost?: number;
  /** With phones and e-mails. */
  readonly contacts: boolean;
}

export interface Buying extends Managed {
  /** Held for as long as contacts are bought: no apply pays for anything meanwhile. */
  readonly session: StateSession;
  /** Those of the contacts that the board shows as bought; undefined where it refuses to be asked. */
  readonly bought: ReadonlySet<string> | undefined;
  /** Whose marks are believed, as the state's store says. */
  readonly machine: string;
}

/** Opens the state, looks which of the contacts are bought already, and closes calls of earlier runs by that. */
export async function onContacts(
  io: Io,
  flags: Globals,
  ids: readonly string[],
  task: (ground: Buying) => Promise<ExitCode>,
): Promise<ExitCode> {
  return onManaged(io, flags, async (ground) => {
    const { store } = ground.workspace;
    const machine = await store.machine();
    const session = await store.open(ground.identity);
    try {
      const bought = await lookUp(io, flags, ground, ids);
      for (const id of ids) await settleEarlier(session, id, bought?.has(id) === true, machine);
      return await task({ ...ground, session, bought, machine });
    } finally {
      await session.close();
    }
  });
}

async function lookUp(
  io: Io,
  flags: Globals,
  { client }: Managed,
  ids: readonly string[],
): Promise<ReadonlySet<string> | undefined> {
  try {
    return new Set((await client.bought(ids)).keys());
  } catch (error) {
    const isRefused = error instanceof CallError && error.fate === "refused";
    if (!isRefused && !(error instanceof UntoldError)) throw error;
    log(io, flags, "warn", `the board doesn't tell which contacts are bought: ${error.message}`);
    return undefined;
  }
}

/**
 * A call of an earlier run that never left was not done; one whose contact is bought now was. That it left may be missing
 * after a power cut: there nothing is concluded from it.
 */
async function settleEarlier(
  session: StateSession,
  id: string,
  isBought: boolean,
  machine: string,
): Promise<void> {
  const contact = session.state.contacts?.[id];
  if (contact?.open === undefined) return;
  const neverLeft = contact.open === "intent" && contact.machine === machine;
  if (isBought) await session.append({ event: "contact-settled", id, as: "charged" }, "fsync");
  else if (neverLeft) await session.append({ event: "contact-settled", id, as: "refused" }, "fsync");
}

/** What an earlier call may still be doing. */
export function openContact({ contacts }: State, id: string): Contact | undefined {
  const contact = contacts?.[id];
  return contact?.open === undefined ? undefined : contact;
}

/** Refuses to begin while a call of an earlier run may still be under way on the board. */
export function refuseBusy(
  id: string,
  contact: Contact,
  now: number,
  { settleAfterMs }: Pick<Config, "settleAfterMs">,
): void {
  const left = contact.at + settleAfterMs - now;
  if (left <= 0) return;
  throw new UsageError(`it isn't known yet whether candidate ${id} was bought by a call of before`, {
    hint: `try again in ${Math.ceil(left / 60_000)} min (settle_after in _config.yaml): the board may still be at it`,
  });
}

/** Shows what contacts cost and asks, or takes --max-cost for consent. Anything but ok ends the command with nothing bought. */
export async function agreeOn(
  io: Io,
  flags: BuyingFlags,
  { client, config, session }: Buying,
  what: string,
  count: number,
): Promise<{ code: ExitCode; plan: ContactPlan; funds: Funds }> {
  const funds = await client.funds();
  const now = client.now();
  const spending = { state: session.state, config, now, funds, hasJobs: true };
  const begun = await beginLedger({ ...spending, readSpent: () => readSpentOf(client) });
  for (const { message } of begun.notes) log(io, flags, "warn", message);
  const plan = planContacts({
    ...{ count, account: flags.account, funds, config, state: begun.state, now, doubt: begun.doubt },
    ...(flags.maxCost !== undefined && { maxCost: flags.maxCost }),
  });
  const style = styleOf(io, flags, "err");
  tell(io, contactCostText(what, flags.account, plan.cost, style));
  const [refusal] = plan.refusals;
  if (refusal) {
    throw new UsageError(`${plan.refusals.map(({ message }) => message).join("; ")}; nothing was bought`, {
      hint: refusal.hint,
    });
  }
  const code = await consent(io, flags, count);
  if (code === exit.ok) for (const event of begun.events) await session.append(event, "fsync");
  return { code, plan, funds };
}

async function consent(io: Io, flags: BuyingFlags, count: number): Promise<ExitCode> {
  if (!io.ask || !flags.input) {
    if (flags.maxCost !== undefined) return exit.ok;
    throw new UsageError("nobody can be asked here, so nothing was bought", {
      hint: "say what it may cost: --max-cost ROUBLES (0 for units alone)",
    });
  }
  const question = count === 1 ? "Buy this contact?" : `Buy these ${count} contacts?`;
  const answer = await io.ask(`\n${question} Only "yes" is taken as consent: `);
  if (answer?.trim() === "yes") return exit.ok;
  tell(io, "\nNothing was bought.");
  return answer === undefined ? exit.interrupted : exit.failed;
}

/**
 * Notes that a contact is about to be bought: until the call has left, it is certainly not. Where others can't see whether
 * it has, and where an earlier call may have bought it, it counts as sent from here on.
 */
export async function noteIntent(
  { session, client, machine }: Buying,
  id: string,
  wallet: number,
  account: "company" | "bonus",
): Promise<void> {
  const contact: Contact = {
    at: client.now(),
    open: session.shared || session.state.contacts?.[id] ? "sent" : "intent",
    machine,
    charge: { wallet, ...(account === "bonus" && { account }) },
  };
  await session.append({ event: "contact", id, contact }, "fsync");
}

/** Notes that this call was certainly not done: what was known before it is what is known. */
export async function takeBack(
  { session }: Pick<Buying, "session">,
  id: string,
  earlier: Contact | undefined,
): Promise<void> {
  await session.append(
    earlier ? { event: "contact", id, contact: earlier } : { event: "contact-settled", id, as: "refused" },
    "fsync",
  );
}

/**
 * Tells those who can't see the log what was noted; throws where that isn't possible: then nothing may be sent. `earlier`
 * is what was known before.
 */
export async function tellIntents(
  { session, client }: Buying,
  ids: readonly string[],
  earlier?: Contact,
): Promise<void> {
  try {
    await session.shared?.begin(randomUUID(), Math.round(client.now() - Date.now()));
  } catch (error) {
    for (const id of ids) await takeBack({ session }, id, earlier);
    throw error;
  }
}

/** The same once the bytes leave; for the edge between this process and the board. */
export function noteSent({ session }: Buying, id: string): void {
  session.shared?.check();
  const contact = session.state.contacts?.[id];
  if (contact) session.appendNow({ event: "contact", id, contact: { ...contact, open: "sent" } });
}
