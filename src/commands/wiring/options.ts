// Flags that several commands have.
import type { Argv } from "yargs";
import { UsageError } from "../../model/errors.ts";

/** --max-cost, in roubles. */
export const maxCostOption = (y: Argv) =>
  y
    .option("max-cost", {
      type: "number",
      requiresArg: true,
      describe: "Roubles that the wallet may give at most",
    })
    .check(({ maxCost }) => {
      if (maxCost === undefined || (typeof maxCost === "number" && maxCost >= 0)) return true;
      throw new UsageError("--max-cost takes an amount in roubles", { hint: "such as --max-cost 4000" });
    });
