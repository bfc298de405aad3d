// Begins the ledger of this month from what the board's transactions tell, though they don't tell all.
import type { VkrabotaBoard } from "../board/vkrabota/index.ts";
import { UsageError } from "../model/errors.ts";
import { startOfMonth } from "../model/month.ts";
import type { Spent } from "../model/spent.ts";
import type { Config } from "../model/vacancy.ts";
import { pricesOf } from "../plan/cost.ts";
import { ledgerStart, reckon } from "../plan/ledger.ts";
import type { StateSession } from "../state/store.ts";
import { ledgerBeginText } from "../view/ledger.ts";
import { type ExitCode, exit, type Globals, type Io, print, styleOf, tell } from "./io.ts";

export interface ConfirmFlags extends Globals {
  readonly autoApprove: boolean;
}

/** Shows what is counted and what isn't, asks, and writes it into the state, whose lock is held. */
export async function confirmLedger(
  io: Io,
  flags: ConfirmFlags,
  { prices, timezone }: Pick<Config, "prices" | "timezone">,
  client: VkrabotaBoard,
  session: StateSession,
  spent: Spent,
): Promise<ExitCode> {
  const { state } = session;
  const say = (text: string): void => (flags.format === "json" ? tell(io, text) : print(io, text));
  const now = client.now();
  const since = startOfMonth(now, timezone);
  if (ledgerStart(state) <= since) {
    say("The ledger holds what was spent in this month: there is nothing to confirm.");
    return exit.ok;
  }
  const known = pricesOf(await client.funds(), prices).known;
  const reckoned = reckon(spent, { state, timezone, now, prices: known });
  const style = { ...styleOf(io, flags, flags.format === "json" ? "err" : "out"), timezone };
  say(ledgerBeginText(reckoned, since, style));
  const consent = await askConsent(io, flags);
  if (consent !== exit.ok) return consent;
  await session.append({ event: "ledger", since, charges: reckoned.charges }, "fsync");
  say("\nThe ledger begins with this. Paid steps go on within the limits.");
  return exit.ok;
}

/** Asks unless told not to; anything but ok ends the command with nothing changed. */
async function askConsent(io: Io, flags: ConfirmFlags): Promise<ExitCode> {
  if (flags.autoApprove) return exit.ok;
  if (!io.ask || !flags.input) {
    throw new UsageError("nobody can be asked here, so nothing was changed", {
      hint: "look at what would be counted, then run vac costs --confirm-ledger with --auto-approve",
    });
  }
  const answer = await io.ask('\nBegin the ledger with this? Only "yes" is taken as consent: ');
  if (answer?.trim() === "yes") return exit.ok;
  tell(io, "\nNot begun: nothing was changed.");
  return answer === undefined ? exit.interrupted : exit.failed;
}
