// Flags of vac init.
import type { Argv } from "yargs";
import { backends, pipelines } from "../../starter/answers.ts";
import type { Run } from "./run.ts";

/** init. */
export function wireInit(y: Argv, run: Run): Argv {
  return y.command(
    "init",
    "Write a workspace to begin with, editor settings and a pipeline",
    (y) =>
      y
        .option("state", {
          choices: backends,
          describe: "Where the state is kept: on this machine, or on a branch",
        })
        .option("ci", { choices: pipelines, describe: "Whose pipeline is written" })
        .example("$0 init", "asks")
        .example("$0 init --ci github --board emulator", "for a rehearsal on GitHub"),
    (args) =>
      run(args, async (io, flags) =>
        (await import("../init.ts")).initCommand(io, {
          ...flags,
          ...(args.state !== undefined && { state: args.state }),
          ...(args.ci !== undefined && { ci: args.ci }),
        }),
      ),
  );
}
