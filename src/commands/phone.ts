// vac candidates phone: the phone of one candidate. The board buys the contact where it isn't bought.

import type { Phone } from "../board/vkrabota/candidates.ts";
import { CallError } from "../board/vkrabota/client.ts";
import { AuthError, BoardError } from "../model/errors.ts";
import type { Funds } from "../model/job.ts";
import type { PhoneResult } from "../model/listed.ts";
import type { Contact } from "../model/state.ts";
import { takenBetween } from "../plan/contacts.ts";
import { cleanLine } from "../view/clean.ts";
import { takenText } from "../view/contacts.ts";
import {
  agreeOn,
  type Buying,
  type BuyingFlags,
  noteIntent,
  noteSent,
  onContacts,
  openContact,
  refuseBusy,
  takeBack,
  tellIntents,
} from "./contacts.ts";
import { type ExitCode, exit, type Io, print, printJson, tell } from "./io.ts";

export interface PhoneFlags extends Omit<BuyingFlags, "account" | "contacts"> {
  readonly id: string;
}

/** Shows a phone (document: Просмотр контакта); asks first unless the board shows the contact as bought. */
export async function candidatesPhone(io: Io, given: PhoneFlags): Promise<ExitCode> {
  const flags = { ...given, account: "company", contacts: true } as const;
  const { id } = flags;
  return onContacts(io, flags, [id], async (ground) => {
    const { bought, session, client, config } = ground;
    if (bought?.has(id)) {
      const phone = await client.phone(id, () => undefined);
      show(io, flags, phone, undefined);
      return exit.ok;
    }
    const open = openContact(session.state, id);
    if (open) refuseBusy(id, open, client.now(), config);
    const { code, plan, funds } = await agreeOn(io, flags, ground, `Contact of candidate ${id}`, 1);
    if (code !== exit.ok) return code;
    return buy(io, flags, ground, plan.wallets[0] ?? 0, funds);
  });
}

/** The one call, between its intent and what became of it. */
async function buy(
  io: Io,
  flags: PhoneFlags,
  ground: Buying,
  wallet: number,
  before: Funds,
): Promise<ExitCode> {
  const { client, session } = ground;
  const { id } = flags;
  const earlier = session.state.contacts?.[id];
  await noteIntent(ground, id, wallet, "company");
  await tellIntents(ground, [id], earlier);
  const ended = await io.guarded(
    () => tell(io, "\nWaiting for the board's answer: the call can't be taken back."),
    () =>
      client
        .phone(id, () => noteSent(ground, id))
        .then(
          (phone) => ({ phone }),
          (error: unknown) => ({ error }),
        ),
  );
  if ("phone" in ended) {
    // What an open call of before has bought is what this one finds bought; else nothing tells that it wasn't charged.
    const isCharged = ended.phone.charged !== false || earlier?.open !== undefined;
    await session.append({ event: "contact-settled", id, as: isCharged ? "charged" : "owned" }, "fsync");
    const after = await client.funds().catch(() => undefined);
    show(io, flags, ended.phone, after && takenBetween(before, after));
    return exit.ok;
  }
  return failed(io, ground, id, ended.error, earlier);
}

async function failed(
  io: Io,
  { client, session }: Buying,
  id: string,
  error: unknown,
  earlier: Contact | undefined,
): Promise<ExitCode> {
  if (error instanceof AuthError || (error instanceof CallError && error.fate !== "unclear")) {
    // That this call wasn't done says nothing of one before it.
    await takeBack({ session }, id, earlier);
    throw error;
  }
  if (!(error instanceof BoardError)) throw error;
  const found = await client.bought([id]).catch(() => undefined);
  if (found?.has(id)) {
    await session.append({ event: "contact-settled", id, as: "charged" }, "fsync");
    tell(
      io,
      `${cleanLine(error.message)}; the contact is bought all the same: vac candidates phone ${id} shows it`,
    );
  } else {
    tell(
      io,
      `${cleanLine(error.message)}; the contact may be bought or not: vac candidates phone ${id} tells later, and pays only if it isn't`,
    );
  }
  return exit.incomplete;
}

function show(
  io: Io,
  { format, id }: Pick<PhoneFlags, "format" | "id">,
  { phone, charged, spent }: Phone,
  taken: ReturnType<typeof takenBetween> | undefined,
): void {
  if (format === "json") {
    const told: PhoneResult = {
      ...{ id, phone, charged: charged ?? null, spent_counts: spent },
      taken: taken ? { units: taken.units, wallet: taken.wallet ?? null } : null,
    };
    printJson(io, told);
    return;
  }
  print(io, cleanLine(phone));
  if (charged === false) tell(io, "It was bought before: nothing was charged.");
  else if (taken) tell(io, `Taken from the account: ${takenText(taken)}.`);
  else tell(io, "Charged.");
}
