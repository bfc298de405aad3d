// vac promote: one purchase outside the files, planned, shown and bought as an apply does it.
import { applyCommand } from "./apply.ts";
import type { ExitCode, Globals, Io } from "./io.ts";

export interface PromoteFlags extends Globals {
  /** Keys, or globs of keys. */
  readonly keys: readonly string[];
  readonly action: string;
  readonly account: "company" | "bonus";
  /** Also where it runs already, or may. */
  readonly again: boolean;
  /** Kopecks that the wallet may give at most: where nobody can be asked, this is the consent. */
  readonly maxCost?: number;
}

/** Shows what it takes, asks, and buys it; whatever else is due for these vacancies is left alone. */
export async function promoteCommand(io: Io, flags: PromoteFlags): Promise<ExitCode> {
  const { keys, action, account, again, maxCost, ...globals } = flags;
  const isAsked = io.ask !== undefined && flags.input;
  return applyCommand(io, {
    ...globals,
    target: keys,
    allow: [],
    renew: [],
    once: { action, account, again },
    autoApprove: maxCost !== undefined && !isAsked,
    ...(maxCost !== undefined && { maxCost }),
  });
}
