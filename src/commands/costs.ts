// vac costs: what was spent, held against the board's transactions.
import { monthOf } from "../model/month.ts";
import type { Spent } from "../model/spent.ts";
import type { State } from "../model/state.ts";
import { costsOf } from "../plan/costs.ts";
import { costsCsv, costsText } from "../view/costs.ts";
import { readSpentOf } from "./board.ts";
import { type ConfirmFlags, confirmLedger } from "./confirming.ts";
import { type Managed, onManaged } from "./ground.ts";
import { type ExitCode, exit, type Io, print, printJson, styleOf, tell } from "./io.ts";

export interface CostsFlags extends ConfirmFlags {
  /** Rows for a spreadsheet instead of text or JSON. */
  readonly csv: boolean;
  /** `2026-12`; the month of now unless given. */
  readonly month?: string;
  /** Begins the ledger from what can be read. */
  readonly confirmLedger: boolean;
}

/** Shows a month; with --confirm-ledger begins the ledger first. Writes nothing to the board. */
export async function costsCommand(io: Io, given: CostsFlags): Promise<ExitCode> {
  // What is told beside a result has no columns.
  const flags: CostsFlags = given.csv ? { ...given, format: "text" } : given;
  return onManaged(io, flags, async (ground) => {
    const { workspace, client, identity, config } = ground;
    if (!flags.confirmLedger) {
      show(io, flags, ground, workspace.state, await readSpentOf(client));
      return exit.ok;
    }
    const session = await workspace.store.open(identity);
    try {
      const spent = await readSpentOf(client);
      const code = await confirmLedger(io, flags, config, client, session, spent);
      if (code === exit.ok && flags.format === "json") show(io, flags, ground, session.state, spent);
      return code;
    } finally {
      await session.close();
    }
  });
}

function show(
  io: Io,
  flags: CostsFlags,
  { workspace, client, identity }: Managed,
  state: State | undefined,
  spent: Spent,
): void {
  const { timezone } = workspace.compiled.config;
  const month = flags.month ?? monthOf(client.now(), timezone);
  const costs = costsOf({ state, spent, ...identity, month, timezone });
  if (flags.csv) {
    print(io, costsCsv(costs));
    const count = costs.unmatched.length;
    if (count > 0) tell(io, `${count} ${count === 1 ? "difference" : "differences"}: vac costs names them.`);
  } else if (flags.format === "json") printJson(io, costs);
  else print(io, costsText(costs, styleOf(io, flags, "out")));
}
