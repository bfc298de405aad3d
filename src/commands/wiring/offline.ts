// Flags of the commands that need no board.
import type { Argv } from "yargs";
import { markdownOption } from "./options.ts";
import { keyArgument, type Run } from "./run.ts";

/** validate, fmt, schema, explain. */
export function wireOffline(y: Argv, run: Run): Argv {
  return y
    .command("validate", "Check the files, offline", markdownOption, (args) =>
      run(args, async (io, flags) => (await import("../validate.ts")).validateCommand(io, flags)),
    )
    .command(
      "fmt",
      "Put the files in canonical form",
      (y) => y.option("check", { type: "boolean", default: false, describe: "Only tell which files aren't" }),
      (args) =>
        run(args, async (io, flags) =>
          (await import("../fmt.ts")).fmtCommand(io, { ...flags, check: args.check }),
        ),
    )
    .command(
      "schema [name]",
      "Print a JSON Schema of a file format or an output",
      (y) => y.positional("name", { type: "string" }),
      (args) =>
        run(args, async (io, flags) => (await import("../schema.ts")).schemaCommand(io, flags, args.name)),
    )
    .command(
      "explain <key>",
      "Where each value of a vacancy comes from, and what the plan makes of it",
      (y) =>
        y
          .positional("key", keyArgument)
          .option("offline", { type: "boolean", default: false, describe: "Files and state alone" }),
      (args) =>
        run(args, async (io, flags) =>
          (await import("../explain.ts")).explainCommand(
            io,
            { ...flags, target: [], allow: [], renew: [], offline: args.offline },
            args.key,
          ),
        ),
    );
}
