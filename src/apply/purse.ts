// Watches what is taken while a plan is carried out: a charge beyond the plan's bounds stops all that would be paid.
import type { Board } from "../board/port.ts";
import type { Funds } from "../model/job.ts";
import { roubles } from "../model/money.ts";
import type { Step, StepResult } from "../model/plan.ts";
import { walletOf } from "../plan/cost.ts";

export interface Purse {
  /** Why nothing more is bought; undefined as long as all is as planned. */
  readonly stopped: string | undefined;
  /** Counts what a paid step may have taken at most, by what became of it. */
  count(step: Step, status: StepResult["status"]): void;
  /** Reads the funds and holds them against what may have been taken since the plan was made. */
  check(): Promise<void>;
  /** The funds as they were read last. */
  readonly funds: Funds | undefined;
}

/** `start` are the funds that the plan was made with; without them nothing was to be bought. */
export function purseOf(board: Board, start: Funds | undefined): Purse {
  const before = start && walletOf(start);
  let funds = start;
  let allowed = 0;
  let stopped: string | undefined;
  return {
    get stopped() {
      return stopped;
    },
    get funds() {
      return funds;
    },
    count(step, status) {
      if (status !== "applied" && status !== "unknown" && status !== "pending") return;
      for (const { wallet } of step.cost ?? [])
        allowed += typeof wallet === "number" ? wallet : (wallet?.max ?? 0);
    },
    async check() {
      try {
        funds = await board.funds();
      } catch (error) {
        stopped ??= `the funds can't be read any more (${(error as Error).message}), so nothing more was bought`;
        return;
      }
      const now = walletOf(funds);
      if (before === undefined || now === undefined || before - now <= allowed) return;
      stopped ??= `${roubles(before - now)} were taken from the wallet, and the plan allows ${roubles(allowed)} for what was bought so far: nothing more was bought`;
    },
  };
}
