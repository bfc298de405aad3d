// Flags of vac state.
import type { Argv } from "yargs";
import { UsageError } from "../../model/errors.ts";
import { keyArgument, type Run } from "./run.ts";

/** state list, show, mv, rm, adopt, resolve, pull, push, history, force-unlock. */
export function wireState(y: Argv, run: Run): Argv {
  return y.command(
    "state",
    "What is known of the board",
    (y) =>
      y
        .command(
          "list",
          "All that is managed",
          (z) => z,
          (args) => run(args, async (io, flags) => (await import("../state.ts")).stateList(io, flags)),
        )
        .command(
          "show <key>",
          "One entry whole",
          (z) => z.positional("key", keyArgument),
          (args) =>
            run(args, async (io, flags) => (await import("../state.ts")).stateShow(io, flags, args.key)),
        )
        .command(
          "mv <from> <to>",
          "Give an entry another key",
          (z) => z.positional("from", keyArgument).positional("to", keyArgument),
          (args) =>
            run(args, async (io, flags) =>
              (await import("../state.ts")).stateMove(io, flags, args.from, args.to),
            ),
        )
        .command(
          "rm <key>",
          "Forget an entry; its job stays on the board",
          (z) => z.positional("key", keyArgument),
          (args) =>
            run(args, async (io, flags) => (await import("../state.ts")).stateRemove(io, flags, args.key)),
        )
        .command(
          "adopt <key> <id>",
          "Bind a vacancy to a job",
          (z) => z.positional("key", keyArgument).positional("id", { type: "string", demandOption: true }),
          (args) =>
            run(args, async (io, flags) =>
              (await import("../state-adopt.ts")).stateAdopt(
                io,
                { ...flags, target: [], allow: [], renew: [] },
                args.key,
                args.id,
              ),
            ),
        )
        .command(
          "resolve <key>",
          "Say what became of a call that can't be told by reading",
          (z) =>
            z
              .positional("key", keyArgument)
              .option("done", { type: "boolean", describe: "It was done" })
              .option("not-done", { type: "boolean", describe: "It wasn't" })
              .check((args) => {
                if (Boolean(args.done) === Boolean(args.notDone))
                  throw new UsageError("say either --done or --not-done");
                return true;
              }),
          (args) =>
            run(args, async (io, flags) =>
              (await import("../state.ts")).stateResolve(io, flags, args.key, args.done === true),
            ),
        )
        .command(
          "pull",
          "Bring the state here from its branch",
          (z) => z,
          (args) => run(args, async (io, flags) => (await import("../state-branch.ts")).statePull(io, flags)),
        )
        .command(
          "push",
          "Push what a run couldn't push to the state's branch",
          (z) => z,
          (args) => run(args, async (io, flags) => (await import("../state-branch.ts")).statePush(io, flags)),
        )
        .command(
          "history",
          "What happened to the state on its branch, newest first",
          (z) =>
            z
              .option("limit", {
                type: "number",
                default: 30,
                requiresArg: true,
                describe: "At most so many",
              })
              .check(({ limit }) => {
                if (Number.isInteger(limit) && limit > 0) return true;
                throw new UsageError("--limit takes a number from 1 on");
              }),
          (args) =>
            run(args, async (io, flags) =>
              (await import("../state-branch.ts")).stateHistory(io, { ...flags, limit: args.limit }),
            ),
        )
        .command(
          "force-unlock",
          "Take the lock from a run that is gone for certain",
          (z) => z,
          (args) => run(args, async (io, flags) => (await import("../state.ts")).stateForceUnlock(io, flags)),
        )
        .demandCommand(1, 1, "which of them? See vac state --help"),
    () => undefined,
  );
}
