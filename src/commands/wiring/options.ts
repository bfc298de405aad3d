// Flags that several commands have.
import type { Argv } from "yargs";
import { UsageError } from "../../model/errors.ts";

/** --format for what can be printed as markdown too; the parser adds it to what every command can print. */
export const markdownOption = <T>(y: Argv<T>) =>
  y.option("format", { choices: ["markdown"] as const, describe: "How the result is printed" });

/**
 * An id of the board as an argument: digits, spelled in one way, so that nobody is asked for or paid for twice under two
 * spellings. `what` and `list` say what it is of and which command shows such ids.
 */
export function idOf(text: string, what: string, list: string): string {
  const id = text.trim();
  if (/^[1-9]\d*$/.test(id)) return id;
  throw new UsageError(`${JSON.stringify(text)} is no id of ${what}`, {
    hint: /[,;]/.test(id)
      ? "write ids apart, with a space between them"
      : `an id is a number: ${list} shows them`,
  });
}

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
