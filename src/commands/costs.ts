// vac costs: what was spent, held against the board's transactions.
import type { VkrabotaBoard } from "../board/vkrabota/index.ts";
import { monthOf } from "../model/month.ts";
import type { Spent } from "../model/spent.ts";
import type { State } from "../model/state.ts";
import { costsOf } from "../plan/costs.ts";
import { checkIdentity } from "../state/store.ts";
import { costsCsv, costsText } from "../view/costs.ts";
import { openClient, readSpentOf } from "./board.ts";
import { type ConfirmFlags, confirmLedger } from "./confirming.ts";
import { type ExitCode, exit, type Io, print, printJson, styleOf, tell } from "./io.ts";
import { refuseErrors } from "./planning.ts";
import { loadWorkspace, type Workspace } from "./workspace.ts";

export interface CostsFlags extends ConfirmFlags {
  /** Rows for a spreadsheet instead of text or JSON. */
  readonly csv: boolean;
  /** `2026-12`; the month of now unless given. */
  readonly month?: string;
  /** Begins the ledger from what can be read. */
  readonly confirmLedger: boolean;
}

/** Where a month's spending is looked up. */
interface CostsGround {
  readonly workspace: Workspace;
  readonly client: VkrabotaBoard;
  readonly identity: { readonly board: string; readonly account: string };
}

/** Shows a month; with --confirm-ledger begins the ledger first. Writes nothing to the board. */
export async function costsCommand(io: Io, given: CostsFlags): Promise<ExitCode> {
  // What is told beside a result has no columns.
  const flags: CostsFlags = given.csv ? { ...given, format: "text" } : given;
  const workspace = await loadWorkspace(io, flags);
  const { config, diagnostics } = workspace.compiled;
  // The month and the prices are those of the settings: without them nothing can be told.
  if (refuseErrors(io, flags, diagnostics.filter(isOfSettings))) return exit.failed;
  const { client, address, close } = await openClient(io, flags, config);
  try {
    const identity = { board: address, account: (await client.identity()).account };
    if (workspace.state) checkIdentity(workspace.state, identity);
    const ground: CostsGround = { workspace, client, identity };
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
  } finally {
    await close();
  }
}

const isOfSettings = ({ file }: { readonly file: string }): boolean => /^_config\.ya?ml$/i.test(file);

function show(
  io: Io,
  flags: CostsFlags,
  { workspace, client, identity }: CostsGround,
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
