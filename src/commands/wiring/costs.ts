// Flags of vac costs.
import type { Argv } from "yargs";
import { UsageError } from "../../model/errors.ts";
import type { Run } from "./run.ts";

const months = /^\d{4}-(0[1-9]|1[0-2])$/;

/** costs. */
export function wireCosts(y: Argv, run: Run): Argv {
  return y.command(
    "costs",
    "What was spent in a month, held against the board's transactions",
    (y) =>
      y
        .option("month", { type: "string", requiresArg: true, describe: "YYYY-MM; the month of now" })
        .option("format", {
          // The parser adds this to what every command can print.
          choices: ["csv"] as const,
          describe: "How the result is printed",
        })
        .option("confirm-ledger", {
          type: "boolean",
          default: false,
          describe: "After a lost state: go on from what the board's transactions tell of this month",
        })
        .option("auto-approve", {
          type: "boolean",
          default: false,
          describe: "With --confirm-ledger: don't ask",
        })
        .check(({ month, confirmLedger, autoApprove, format }) => {
          if (month !== undefined && !months.test(month)) {
            throw new UsageError(
              `--month takes a year and a month, and ${JSON.stringify(month)} is neither`,
              {
                hint: "write it as YYYY-MM, such as 2026-12",
              },
            );
          }
          if (confirmLedger && month !== undefined) {
            throw new UsageError("--confirm-ledger is about the month of now", { hint: "leave out --month" });
          }
          if (confirmLedger && format === "csv") {
            throw new UsageError("--confirm-ledger prints text or JSON", { hint: "leave out --format csv" });
          }
          if (autoApprove && !confirmLedger) {
            throw new UsageError("--auto-approve goes with --confirm-ledger", { hint: "leave it out" });
          }
          return true;
        })
        .example("$0 costs --month 2026-11", "a month's folders and codes")
        .example("$0 costs -o csv > costs.csv", "for a spreadsheet; kopecks"),
    (args) =>
      run(args, async (io, flags) =>
        (await import("../costs.ts")).costsCommand(io, {
          ...flags,
          csv: args.format === "csv",
          confirmLedger: args.confirmLedger,
          autoApprove: args.autoApprove,
          ...(args.month !== undefined && { month: args.month }),
        }),
      ),
  );
}
