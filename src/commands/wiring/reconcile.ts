// Flags of plan and apply.
import type { Argv } from "yargs";
import { durationMs } from "../../config/durations.ts";
import { UsageError } from "../../model/errors.ts";
import { guardNames } from "../../model/plan.ts";
import type { PlanFlags } from "../planning.ts";
import { markdownOption, maxCostOption } from "./options.ts";
import type { Run } from "./run.ts";

/** plan and apply. */
export function wireReconcile(y: Argv, run: Run): Argv {
  return y
    .command(
      "plan",
      "Show what would change on the board",
      (y) =>
        markdownOption(planOptions(y))
          .option("detailed-exitcode", {
            type: "boolean",
            default: false,
            describe: "Exit 2 where there are changes",
          })
          .option("out", {
            type: "string",
            requiresArg: true,
            describe: "Keep the plan in this file, for apply FILE",
          })
          .option("offline", {
            type: "boolean",
            default: false,
            describe: "From what was last seen of the board: no credentials, no network",
          })
          .option("base", {
            type: "string",
            requiresArg: true,
            describe:
              "The branch that this one is to be merged into, whose limits count (such as origin/main)",
          })
          .example("$0 plan", "what an apply would do")
          .example("$0 plan --target 'moscow/*' -o json", "a part of it, for a program"),
      (args) =>
        run(args, async (io, flags) =>
          (await import("../plan.ts")).planCommand(io, {
            ...flags,
            target: args.target,
            allow: args.allow,
            renew: args.renew,
            detailedExitcode: args.detailedExitcode,
            offline: args.offline,
            ...(args.base !== undefined && { base: args.base }),
            ...(args.changedSince !== undefined && { changedSince: args.changedSince }),
            ...(args.only !== undefined && { only: args.only }),
            ...moneyFlags(args),
            ...(args.out !== undefined && { out: args.out }),
          }),
        ),
    )
    .command(
      "show <plan>",
      "Show a plan that plan --out has kept",
      (y) =>
        markdownOption(y).positional("plan", { type: "string", demandOption: true, describe: "The file" }),
      (args) =>
        run(args, async (io, flags) => (await import("../show.ts")).showCommand(io, flags, args.plan)),
    )
    .command(
      "apply [plan]",
      "Make the board equal to the files, or carry out a kept plan",
      (y) =>
        markdownOption(planOptions(y))
          .positional("plan", { type: "string", describe: "A file that plan --out has written; used once" })
          .option("auto-approve", { type: "boolean", default: false, describe: "Don't ask" })
          .option("wait", {
            type: "string",
            requiresArg: true,
            coerce: waitOf,
            describe: "So long while another run holds the state, such as 10m",
          })
          .example("$0 apply", "show the plan, ask, carry it out")
          .example("$0 apply --auto-approve", "in a pipeline"),
      (args) =>
        run(args, async (io, flags) =>
          (await import("../apply.ts")).applyCommand(io, {
            ...flags,
            target: args.target,
            allow: args.allow,
            renew: args.renew,
            autoApprove: args.autoApprove,
            ...(args.wait !== undefined && { waitMs: args.wait }),
            ...(args.changedSince !== undefined && { changedSince: args.changedSince }),
            ...(args.only !== undefined && { only: args.only }),
            ...moneyFlags(args),
            ...(args.plan !== undefined && { file: args.plan }),
          }),
        ),
    );
}

/** Milliseconds of --wait. */
function waitOf(text: string): number {
  const ms = durationMs(text);
  if (ms !== undefined) return ms;
  throw new UsageError(`--wait takes a number and m, h or d, such as 10m, and not ${text}`);
}

/** What of the flags is about money; kopecks from here on. */
function moneyFlags(args: {
  readonly spend: boolean;
  readonly withinBudget: boolean;
  readonly maxCost: number | undefined;
}): Pick<PlanFlags, "noSpend" | "withinBudget" | "maxCost"> {
  return {
    ...(!args.spend && { noSpend: true }),
    ...(args.withinBudget && { withinBudget: true }),
    ...(args.maxCost !== undefined && { maxCost: Math.round(args.maxCost * 100) }),
  };
}

const planOptions = (y: Argv) =>
  maxCostOption(y)
    .option("target", {
      type: "string",
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe: "Only these keys (globs such as moscow/*)",
    })
    .option("changed-since", {
      type: "string",
      requiresArg: true,
      describe: "Only what was changed since this branch or commit (such as origin/main)",
    })
    .option("only", {
      choices: ["commit", "clock", "board"] as const,
      describe: "Steps of one cause: edits, passed time, or drift",
    })
    .option("allow", {
      choices: guardNames,
      array: true,
      requiresArg: true,
      default: [] as (typeof guardNames)[number][],
      describe: "Lift a guard by name",
    })
    .option("renew", {
      type: "string",
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe: "Revive these keys now (globs), which is paid",
    })
    .option("spend", { type: "boolean", default: true, describe: "--no-spend: free steps only" })
    .option("within-budget", {
      type: "boolean",
      default: false,
      describe: "What doesn't fit the budget is held, and the rest goes on",
    });
