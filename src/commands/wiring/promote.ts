// Flags of promote.
import type { Argv } from "yargs";
import { traits } from "../../board/vkrabota/traits.ts";
import { maxCostOption } from "./options.ts";
import type { Run } from "./run.ts";

export const wirePromote = (y: Argv, run: Run): Argv =>
  y.command(
    "promote <keys..>",
    "Buy a promotion once, outside the files",
    (y) =>
      maxCostOption(y)
        .positional("keys", {
          type: "string",
          array: true,
          demandOption: true,
          describe: "Vacancies (globs such as moscow/*)",
        })
        .option("action", {
          choices: Object.keys(traits.services),
          demandOption: true,
          requiresArg: true,
          describe: "What is bought",
        })
        .option("account", {
          choices: ["company", "bonus"] as const,
          default: "company" as const,
          requiresArg: true,
          describe: "What pays",
        })
        .option("again", {
          type: "boolean",
          default: false,
          describe: "Also where it runs already, or may: that is charged again",
        })
        .example("$0 promote moscow/baker --action job_refresh", "show what it takes, ask, buy it")
        .example(
          "$0 promote 'moscow/*' --action job_highlight --max-cost 2000",
          "in a pipeline: for 2000 roubles of the wallet at most",
        ),
    (args) =>
      run(args, async (io, flags) =>
        (await import("../promote.ts")).promoteCommand(io, {
          ...flags,
          keys: args.keys,
          action: args.action,
          account: args.account,
          again: args.again,
          ...(args.maxCost !== undefined && { maxCost: Math.round(args.maxCost * 100) }),
        }),
      ),
  );
