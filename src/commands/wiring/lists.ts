// Flags that lists have, and those of the board's lists.
import type { Argv } from "yargs";
import { dictionaryNames } from "../../board/vkrabota/names.ts";
import { UsageError } from "../../model/errors.ts";
import type { Globals } from "../io.ts";
import { idOf } from "./options.ts";
import type { Run } from "./run.ts";

/** --limit, --all and --format csv. */
export const listOptions = <T>(y: Argv<T>, limit = 50) =>
  y
    .option("limit", { type: "number", requiresArg: true, default: limit, describe: "How many are shown" })
    .option("all", { type: "boolean", default: false, describe: "Every one" })
    .option("format", {
      // The parser adds this to what every command can print.
      choices: ["csv"] as const,
      describe: "How the result is printed",
    })
    .check(({ limit }) => {
      if (Number.isInteger(limit) && (limit as number) > 0) return true;
      throw new UsageError("--limit takes a number from 1 on");
    });

/** What of it a command takes. */
export const listFlags = (
  flags: Pick<Globals, "format">,
  args: { limit: number; all: boolean; format: string | undefined },
) => ({
  csv: args.format === "csv",
  format: args.format === "csv" ? ("text" as const) : flags.format,
  limit: args.limit,
  all: args.all,
});

/** login, jobs, dictionaries. */
export function wireLists(y: Argv, run: Run): Argv {
  return y
    .command(
      "login",
      "Whether the board accepts the credentials, and which company they are of",
      (z) => z.example("VAC_LOGIN=… VAC_PASSWORD=… $0 login", "nothing is kept"),
      (args) => run(args, async (io, flags) => (await import("../login.ts")).loginCommand(io, flags)),
    )
    .command("jobs", "Jobs on the board", (z) =>
      wireJobs(z, run)
        .example("$0 jobs list --status active", "what is published, with ids")
        .example("$0 jobs get 651", "one of them, with all that the board tells")
        .demandCommand(1, "which? vac jobs list, or vac jobs get ID"),
    )
    .command(
      "dictionaries <name>",
      "What the board has ids for: professions, cities and more",
      (z) =>
        listOptions(
          z
            .positional("name", {
              choices: dictionaryNames,
              demandOption: true,
              describe: "Which dictionary",
            })
            .option("search", {
              type: "string",
              requiresArg: true,
              describe: "Only what is called so, or about so",
            }),
        )
          .example("$0 dictionaries professions --search пекар", "the ids of bakers")
          .example("$0 dictionaries cities --all -o csv", "for a spreadsheet"),
      (args) =>
        run(args, async (io, flags) =>
          (await import("../dictionaries.ts")).dictionariesCommand(io, {
            ...flags,
            ...listFlags(flags, args),
            name: args.name,
            ...(args.search !== undefined && { search: args.search }),
          }),
        ),
    );
}

function wireJobs(y: Argv, run: Run): Argv {
  return y
    .command(
      "list",
      "All of them, with the vacancies that they are",
      (z) =>
        listOptions(
          z
            .option("status", {
              choices: ["active", "expired", "closed", "hidden"] as const,
              array: true,
              requiresArg: true,
              default: [] as string[],
              describe: "Only these",
            })
            .option("unmanaged", {
              type: "boolean",
              default: false,
              describe: "Only those that no workspace here manages",
            }),
        )
          .example("$0 jobs list --status active --unmanaged", "what vac import --all would take over")
          .example("$0 jobs list --all -o csv > jobs.csv", "for a spreadsheet"),
      (args) =>
        run(args, async (io, flags) =>
          (await import("../jobs.ts")).jobsList(io, {
            ...flags,
            ...listFlags(flags, args),
            status: args.status,
            unmanaged: args.unmanaged,
          }),
        ),
    )
    .command(
      "get <id>",
      "One job, as the board shows it now",
      (z) =>
        z
          .positional("id", {
            type: "string",
            demandOption: true,
            describe: "Its id on the board (vac jobs list)",
          })
          .example("$0 jobs get 651", "what the board tells of it"),
      (args) =>
        run(args, async (io, flags) =>
          (await import("../jobs.ts")).jobsGet(io, flags, idOf(args.id, "a job", "vac jobs list")),
        ),
    );
}
