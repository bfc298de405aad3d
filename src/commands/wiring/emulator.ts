// Flags of vac emulator.
import type { Argv } from "yargs";
import { UsageError } from "../../model/errors.ts";
import type { Run } from "./run.ts";

/** emulator. */
export function wireEmulator(y: Argv, run: Run): Argv {
  return y.command(
    "emulator",
    "Run the board on this machine",
    (y) =>
      y
        .option("port", {
          type: "number",
          requiresArg: true,
          default: 0,
          describe: "0 takes any that is free",
        })
        .option("data", { type: "string", requiresArg: true, describe: "Folder to keep its data in" })
        .option("example", {
          type: "boolean",
          default: false,
          describe: "Fill it with an example account: 200 vacancies, as messy as a real one",
        })
        .option("seed", {
          type: "number",
          requiresArg: true,
          default: 1,
          describe: "Which made-up candidates there are; the same number, the same people",
        })
        .example("$0 emulator --port 8080 --data board", "at one address, and its data is kept")
        .example("$0 emulator --example --seed 7", "an example account, and other people who applied")
        .check((args) => {
          if (!Number.isInteger(args.seed) || args.seed < 0 || args.seed > 0xffffffff)
            throw new UsageError("--seed takes a whole number from 0 on");
          if (Number.isInteger(args.port) && args.port >= 0 && args.port < 65536) return true;
          throw new UsageError("--port takes a number from 0 to 65535");
        }),
    (args) =>
      run(args, async (io, flags) =>
        (await import("../emulator.ts")).emulatorCommand(io, {
          ...flags,
          port: args.port,
          example: args.example,
          seed: args.seed,
          ...(args.data !== undefined && { data: args.data }),
        }),
      ),
  );
}
