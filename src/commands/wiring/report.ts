// Flags of vac report.
import type { Argv } from "yargs";
import type { Run } from "./run.ts";

/** report github. */
export function wireReport(y: Argv, run: Run): Argv {
  return y.command(
    "report",
    "Tell a result to others",
    (y) =>
      y
        .command(
          "github <file>",
          "In a workflow of GitHub: summary, outputs, annotations, comment, status, issue",
          (z) =>
            z
              .positional("file", {
                type: "string",
                demandOption: true,
                describe: "What plan, apply, validate or drift printed with -o json",
              })
              .example("$0 report github plan.json", "GITHUB_TOKEN is read from the environment"),
          (args) =>
            run(args, async (io, flags) =>
              (await import("../report.ts")).reportCommand(io, flags, args.file),
            ),
        )
        .demandCommand(1, 1, "to whom? See vac report --help"),
    () => undefined,
  );
}
