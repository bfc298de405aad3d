// Flags of vac applications.
import type { Argv } from "yargs";
import { applicationStatuses } from "../../board/vkrabota/names.ts";
import { listFlags, listOptions } from "./lists.ts";
import { idOf } from "./options.ts";
import type { Run } from "./run.ts";

/** What a person may set: `closed` is the board's own. */
const settable = applicationStatuses.filter((status) => status !== "closed");

/** applications list, proceed, triage. */
export const wireApplications = (y: Argv, run: Run): Argv =>
  y.command("applications", "Who applied, and what becomes of it", (z) =>
    triage(proceed(list(z, run), run), run)
      .example("$0 applications list --status unread", "what nobody has read yet, with ids")
      .example("$0 applications proceed 12 --status invited", "an answer to one of them")
      .demandCommand(1, "which? vac applications list, proceed or triage"),
  );

const list = (y: Argv, run: Run): Argv =>
  y.command(
    "list",
    "Applications to all jobs, or to some vacancies",
    (z) =>
      listOptions(
        z
          .option("key", {
            type: "string",
            array: true,
            requiresArg: true,
            default: [] as string[],
            describe: "Only to these vacancies (globs)",
          })
          .option("job-id", {
            type: "string",
            array: true,
            requiresArg: true,
            default: [] as string[],
            describe: "Only to these jobs, managed or not (vac jobs list)",
          })
          .option("status", {
            choices: applicationStatuses,
            array: true,
            requiresArg: true,
            default: [] as string[],
            describe: "Only these",
          })
          .option("since", {
            type: "string",
            requiresArg: true,
            describe: "Only from then on: a date, a time, or a span such as 7d",
          })
          .option("contacts", {
            type: "boolean",
            default: false,
            describe: "Phones and e-mails of candidates too",
          }),
      )
        .example("$0 applications list --key 'moscow/*' --status unread", "what nobody has read yet")
        .example(
          "$0 applications list --since 7d --contacts --all -o csv > week.csv",
          "a week, for a spreadsheet",
        ),
    (args) =>
      run(args, async (io, flags) =>
        (await import("../applications.ts")).applicationsList(io, {
          ...flags,
          ...listFlags(flags, args),
          keys: args.key,
          jobs: args.jobId.map((id) => idOf(id, "a job", "vac jobs list")),
          status: args.status,
          contacts: args.contacts,
          ...(args.since !== undefined && { since: args.since }),
        }),
      ),
  );

const proceed = (y: Argv, run: Run): Argv =>
  y.command(
    "proceed <id..>",
    "Give applications another status",
    (z) =>
      z
        .positional("id", {
          type: "string",
          array: true,
          demandOption: true,
          describe: "Their ids (vac applications list)",
        })
        .option("status", {
          choices: settable,
          demandOption: true,
          requiresArg: true,
          describe: "What they become",
        })
        .example("$0 applications proceed 12 15 --status invited", "the board tells the candidates"),
    (args) =>
      run(args, async (io, flags) =>
        (await import("../proceed.ts")).applicationsProceed(io, {
          ...flags,
          ids: args.id.map((id) => idOf(id, "an application", "vac applications list")),
          status: args.status,
        }),
      ),
  );

const triage = (y: Argv, run: Run): Argv =>
  y.command(
    "triage",
    "Move applications on by the rules in _config.yaml",
    (z) =>
      z
        .option("dry-run", { type: "boolean", default: false, describe: "Only tell what would be done" })
        .option("auto-approve", { type: "boolean", default: false, describe: "Don't ask" })
        .example("$0 applications triage --dry-run", "what the rules would do now")
        .example("$0 applications triage --auto-approve", "every night, in a pipeline"),
    (args) =>
      run(args, async (io, flags) =>
        (await import("../triage.ts")).applicationsTriage(io, {
          ...flags,
          dryRun: args.dryRun,
          autoApprove: args.autoApprove,
        }),
      ),
  );
