// Flags of the commands that bring a living account and its files together.
import type { Argv } from "yargs";
import { guardNames } from "../../model/plan.ts";
import { markdownOption } from "./options.ts";
import type { Run } from "./run.ts";

/** import and drift. */
export function wireAccount(y: Argv, run: Run): Argv {
  return y
    .command(
      "import [id..]",
      "Make files of live jobs, and manage them from now on",
      (y) =>
        y
          .positional("id", { type: "string", array: true, describe: "Ids of jobs" })
          .option("all", { type: "boolean", default: false, describe: "Every job that nobody manages" })
          .option("dry-run", { type: "boolean", default: false, describe: "Only tell what would be written" })
          .option("into", {
            type: "string",
            requiresArg: true,
            default: "",
            describe: "Folder of the workspace for the files",
          })
          .option("include-closed", {
            type: "boolean",
            default: false,
            describe: "With --all: closed jobs too, as status: closed",
          })
          .option("renew", {
            choices: ["never", "on_expiry"] as const,
            default: "never" as const,
            describe: "What the files say of renewal; on_expiry is paid",
          })
          .option("allow", {
            choices: guardNames.filter((name) => name === "twins"),
            array: true,
            requiresArg: true,
            default: [] as "twins"[],
            describe: "Also what may be another copy of a vacancy that waits to be published",
          })
          .example("$0 import --all --dry-run", "what would be written")
          .example("$0 import 651 652 --into imported", "these two, into a folder"),
      (args) =>
        run(args, async (io, flags) =>
          (await import("../import.ts")).importCommand(io, {
            ...flags,
            ids: (args.id ?? []).map(String),
            all: args.all,
            dryRun: args.dryRun,
            into: args.into,
            includeClosed: args.includeClosed,
            renew: args.renew,
            allow: args.allow,
          }),
        ),
    )
    .command(
      "drift [key..]",
      "What was changed on the board by hand, and into the files with it",
      (y) =>
        markdownOption(y)
          .positional("key", { type: "string", array: true, describe: "Only these keys (globs)" })
          .option("accept", {
            type: "boolean",
            default: false,
            describe: "Write the board's values into the files, in place",
          })
          .option("all", { type: "boolean", default: false, describe: "With --accept: every vacancy" })
          .option("detailed-exitcode", {
            type: "boolean",
            default: false,
            describe: "Exit 2 where something was changed",
          })
          .example("$0 drift", "what differs since our last write")
          .example("$0 drift --accept moscow/baker", "a hand edit becomes an edit of the file"),
      (args) =>
        run(args, async (io, flags) =>
          (await import("../drift.ts")).driftCommand(io, {
            ...flags,
            keys: args.key ?? [],
            accept: args.accept,
            all: args.all,
            detailedExitcode: args.detailedExitcode,
          }),
        ),
    );
}
