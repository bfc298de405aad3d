// Flags of the commands that show what the account has.
import type { Argv } from "yargs";
import { UsageError } from "../../model/errors.ts";
import { listFlags, listOptions } from "./lists.ts";
import { wirePromote } from "./promote.ts";
import type { Run } from "./run.ts";

/** promote, company, packets, transactions. */
export function wireMoney(y: Argv, run: Run): Argv {
  return wirePromote(y, run)
    .command(
      "company",
      "What the account has: its wallet and one-time units",
      (y) => y.example("$0 company", "the wallet, and units that were bought one by one"),
      (args) => run(args, async (io, flags) => (await import("../account.ts")).companyCommand(io, flags)),
    )
    .command(
      "packets [what]",
      "Packets of prepaid units, or their balance",
      (y) =>
        y
          .positional("what", { choices: ["balance"] as const, describe: "Units by region and category" })
          .option("fias-id", { type: "string", requiresArg: true, describe: "Only packets of this region" })
          .option("status", { choices: ["active", "archived"] as const, describe: "Only these packets" })
          .example("$0 packets --status active", "what is left in each packet, and until when")
          .example("$0 packets balance", "units by region and category")
          .check(({ what, fiasId, status }) => {
            if (Array.isArray(status))
              throw new UsageError("--status is given more than once", { hint: "give it once" });
            if (what === undefined || (fiasId === undefined && status === undefined)) return true;
            throw new UsageError("a balance has no --fias-id and no --status", { hint: "leave them out" });
          }),
      (args) =>
        run(args, async (io, flags) => {
          const account = await import("../account.ts");
          if (args.what === "balance") return account.packetBalanceCommand(io, flags);
          return account.packetsCommand(io, {
            ...flags,
            ...(args.fiasId !== undefined && { fiasId: args.fiasId }),
            ...(args.status !== undefined && { status: args.status }),
          });
        }),
    )
    .command(
      "transactions",
      "What was taken from the account, in the board's words",
      (y) =>
        listOptions(y)
          .example("$0 transactions --limit 10", "the first ten")
          .example("$0 transactions --all -o csv > taken.csv", "for a spreadsheet"),
      (args) =>
        run(args, async (io, flags) =>
          (await import("../account.ts")).transactionsCommand(io, {
            ...flags,
            ...listFlags(flags, args),
          }),
        ),
    );
}
