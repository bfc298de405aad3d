// Begins the ledger of a state that has none, or that has one since too late for a limit of this month.
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Funds } from "../model/job.ts";
import { startOfMonth } from "../model/month.ts";
import type { LedgerDoubt, Spent } from "../model/spent.ts";
import type { State } from "../model/state.ts";
import type { Config } from "../model/vacancy.ts";
import { pricesOf } from "../plan/cost.ts";
import { beginNote, ledgerStart, reckon, wantsSpent } from "../plan/ledger.ts";
import type { StateEvent } from "../state/events.ts";

interface LedgerInput {
  readonly state: State;
  readonly config: Config;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Absent where prices couldn't be read: no limit has to hold then. */
  readonly funds: Funds | undefined;
  /** Whether the account has jobs, which somebody may have paid for. */
  readonly hasJobs: boolean;
  /** Reads the board's transactions; absent where the board isn't asked. */
  readonly readSpent?: (() => Promise<Spent>) | undefined;
}

interface Begun {
  /** The state with what was spent before its ledger: to reckon with, not to keep. */
  readonly state: State;
  readonly doubt?: LedgerDoubt;
  /** What an apply logs before it buys anything. */
  readonly events: readonly StateEvent[];
  readonly notes: readonly Diagnostic[];
}

/**
 * The ledger for a plan that buys something. Where all that was spent this month is known, it begins with the month;
 * else now, so that its own charges are never taken for others', and what came before is asked for again next time.
 */
export async function beginLedger(input: LedgerInput): Promise<Begun> {
  const { state, config, now, funds, readSpent } = input;
  const { timezone } = config;
  // The board's clock is known to the second: what is bought from here on mustn't seem to have been bought before.
  const since = Math.min(Math.floor(now / 1000) * 1000, ledgerStart(state));
  const late: StateEvent[] = state.ledgerSince === null ? [{ event: "ledger", since, charges: [] }] : [];
  if (!readSpent || !funds || !wantsSpent(state, config, now)) return { state, events: late, notes: [] };
  const prices = pricesOf(funds, config.prices).known;
  const reckoned = reckon(await readSpent(), { state, timezone, now, prices });
  const { charges, doubt } = reckoned;
  const whole: StateEvent = { event: "ledger", since: startOfMonth(now, timezone), charges };
  return {
    state: { ...state, ledger: [...charges, ...(state.ledger ?? [])] },
    ...(doubt && { doubt }),
    events: doubt ? late : [whole],
    notes: beginNote(reckoned, { timezone, now, hasJobs: input.hasJobs }),
  };
}
