#!/usr/bin/env node
// Wires flags to commands, which are loaded when they are called. The only file that sets the exit code.
import yargs, { type Argv } from "yargs";
import packageJson from "../package.json" with { type: "json" };
import { type ExitCode, exit, type Globals, logLevels, tell } from "./commands/io.ts";
import { terminalIo } from "./commands/terminal.ts";
import { wireAccount } from "./commands/wiring/account.ts";
import { wireApplications } from "./commands/wiring/applications.ts";
import { wireCandidates } from "./commands/wiring/candidates.ts";
import { wireCosts } from "./commands/wiring/costs.ts";
import { wireEmulator } from "./commands/wiring/emulator.ts";
import { wireInit } from "./commands/wiring/init.ts";
import { wireLists } from "./commands/wiring/lists.ts";
import { wireMoney } from "./commands/wiring/money.ts";
import { wireOffline } from "./commands/wiring/offline.ts";
import { wireReconcile } from "./commands/wiring/reconcile.ts";
import { wireReport } from "./commands/wiring/report.ts";
import type { Run } from "./commands/wiring/run.ts";
import { wireState } from "./commands/wiring/state.ts";
import { UsageError, VacError } from "./model/errors.ts";
import { now, started, timings } from "./model/timings.ts";

const io = terminalIo(
  process,
  () => process.exit(exit.interrupted),
  // A reader that has seen enough (vac plan | head) is no failure.
  (error) => process.exit(error.code === "EPIPE" ? exit.ok : exit.failed),
);

/** Flags that may be given several times. */
const lists: ReadonlySet<string> = new Set([
  "target",
  "allow",
  "renew",
  "id",
  "key",
  "keys",
  "status",
  "jobId",
  "drivingLicenseCategories",
]);

/** Markdown keeps an @ in a key from calling somebody by a character without width: a key that was copied has it too. */
const words = process.argv.slice(2).map((word) => word.replaceAll("\u200b", ""));

/** An argument without anything in it is a variable that isn't set: taken for a value, it may mean 0, or everything. */
function refuseEmpty(): void {
  for (const [index, word] of words.entries()) {
    const [flag, value] = word.startsWith("--") ? word.split(/=(.*)/s) : [words[index - 1], word];
    if (value !== "") continue;
    throw new UsageError(`${flag?.startsWith("-") ? flag : "an argument"} is empty`, {
      hint: "name what it is about, or leave it out",
    });
  }
}

let wanted: (() => Promise<ExitCode>) | undefined;
/** Whether the run's timings are told at its end. */
let isTimed = false;

/** Keeps what to run until parsing has ended, so that a wrong flag is told before anything happens. */
const run: Run = (args, command) => {
  isTimed = args.timings === true;
  const { dir, board, format, color, input, logLevel, verbose } = args as unknown as Globals;
  const own = { dir, format, color, input, logLevel, verbose };
  const globals: Globals = { ...own, ...(board !== undefined && { board }) };
  wanted = () => command(io, globals);
};

const parser = [
  wireInit,
  wireOffline,
  wireReconcile,
  wireAccount,
  wireState,
  wireMoney,
  wireCosts,
  wireReport,
  wireLists,
  wireApplications,
  wireCandidates,
  wireEmulator,
]
  .reduce(
    (y, wire) => wire(y, run),
    yargs(words)
      .scriptName("vac")
      .locale("en")
      .usage("$0 COMMAND\n\nVacancies as code: YAML files in git, planned and published on a job board.")
      .parserConfiguration({ "greedy-arrays": false, "strip-aliased": true, "strip-dashed": true })
      .option("dir", {
        alias: "C",
        type: "string",
        default: "vacancies",
        requiresArg: true,
        describe: "The workspace: a folder of vacancy files",
      })
      .option("board", {
        type: "string",
        requiresArg: true,
        describe: "The board's address, or emulator (VAC_BOARD; _config.yaml)",
      })
      .option("format", {
        alias: "o",
        choices: ["text", "json"] as const,
        default: "text" as const,
        describe: "How the result is printed",
      })
      .option("color", {
        type: "boolean",
        default: true,
        describe: "Colours on a terminal (--no-color: never)",
      })
      .option("input", { type: "boolean", default: true, describe: "Ask on a terminal (--no-input: never)" })
      .option("verbose", {
        type: "boolean",
        default: false,
        describe: "Show everything, also where many are alike",
      })
      .option("timings", {
        type: "boolean",
        default: false,
        describe: "Tell on stderr where the time went",
      })
      .option("log-level", {
        choices: logLevels,
        default: "warn" as const,
        describe: "What is logged to stderr",
      }) as Argv,
  )
  .check((args) => {
    for (const [name, value] of Object.entries(args)) {
      if (name === "_" || !Array.isArray(value)) continue;
      if (!lists.has(name))
        throw new UsageError(`--${name} is given more than once`, { hint: "give it once" });
    }
    // The parser checks choices by the dashed name, which it strips.
    if (!logLevels.includes(args.logLevel as (typeof logLevels)[number])) {
      throw new UsageError(`there is no log level ${args.logLevel}`, {
        hint: `take one of ${logLevels.join(", ")}`,
      });
    }
    return true;
  })
  .demandCommand(1, 1, "which command? See vac --help")
  .strict()
  .recommendCommands()
  .version(packageJson.version)
  .help()
  .exitProcess(false)
  .showHelpOnFail(false)
  .fail((message, error) => {
    if (error instanceof VacError) throw error;
    throw new UsageError(plainMessage(message || error?.message || "the command line can't be read"), {
      hint: "vac --help lists the commands, vac COMMAND --help its flags",
    });
  });

/** What yargs has beyond its types. */
interface Internal {
  getInternalMethods?(): { getUsageInstance?(): { cacheHelpMessage?(): void } };
}

// After each command yargs puts its help together, for an error that may be told with it: ours are told without it, and
// that takes 6 of the 200 ms of a short run. Asked for, help is made as ever.
const usage = (parser as Internal).getInternalMethods?.().getUsageInstance?.();
if (usage) usage.cacheHelpMessage = () => undefined;

/** What the parser says, in one sentence and with flags as they were typed: `--max-cost`, not `maxCost`. */
function plainMessage(message: string): string {
  const typed = (name: string): string => {
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const word = words.find((one) => one.startsWith("-") && one.replace(/^-+/, "").split("=")[0] === kebab);
    return word?.split("=")[0] ?? (words.includes("-o") ? kebab.replace(/^format$/, "--format") : kebab);
  };
  const choice = /Argument: (\S+), Given: (.*), Choices: (.*)/.exec(message);
  if (choice) {
    const [, name = "", given = "", choices = ""] = choice;
    return `${typed(name)}: ${given} isn't one of ${choices.replaceAll('"', "")}`;
  }
  const missing = /^Missing required arguments?: (.*)/.exec(message)?.[1];
  if (missing !== undefined) return `missing: ${missing.replace(/[^, ]+/g, (name) => `--${typed(name)}`)}`;
  if (message.startsWith("Not enough non-option arguments")) {
    const command = words.slice(0, 2).filter((word) => /^[a-z-]+$/.test(word) && !word.startsWith("-"));
    return `vac ${command.join(" ")}: an argument is missing`;
  }
  return message.replace(/^(Unknown arguments?): (.*)$/, (_line, what: string, names: string) => {
    return `${what}: ${[...new Set(names.split(", ").map(typed))].join(", ")}`;
  });
}

async function main(): Promise<ExitCode> {
  refuseEmpty();
  await parser.parseAsync();
  started();
  return wanted ? await wanted() : exit.ok;
}

/** Also where a run failed: what was slow is asked then too. */
async function tellTimings(): Promise<void> {
  if (!isTimed) return;
  const { timingsText } = await import("./view/timings.ts");
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuMs = (userCPUTime + systemCPUTime) / 1000;
  tell(io, timingsText(timings(), { wallMs: now(), cpuMs, memory: maxRSS / 1024 }));
}

async function fail(error: unknown): Promise<void> {
  const { errorText } = await import("./view/error.ts");
  const colour = process.stderr.isTTY === true && !process.env.NO_COLOR;
  tell(io, io.secrets.redact(errorText(error, { colour })));
  process.exitCode = exit.failed;
}

// What nobody waited for: told as any other error, without the trace that Node would print. Then nothing goes on.
process.on("uncaughtException", (error) => fail(error).finally(() => process.exit()));

try {
  process.exitCode = await main();
} catch (error) {
  await fail(error);
}
await tellTimings();
