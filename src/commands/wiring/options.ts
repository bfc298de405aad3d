// Flags that several commands have.
import type { Argv } from "yargs";
import { UsageError } from "../../model/errors.ts";

/** --format for what can be printed as markdown too; the parser adds it to what every command can print. */
export const markdownOption = <T>(y: Argv<T>) =>
  y.option("format", { choices: ["markdown"] as const, describe: "How the result is printed" });

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
