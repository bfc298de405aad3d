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
        .check((args) => {
          if (Number.isInteger(args.port) && args.port >= 0 && args.port < 65536) return true;
          throw new UsageError("--port takes a number from 0 to 65535");
        }),
    (args) =>
      run(args, async (io, flags) =>
        (await import("../emulator.ts")).emulatorCommand(io, {
          ...flags,
          port: args.port,
          example: args.example,
          ...(args.data !== undefined && { data: args.data }),
        }),
      ),
  );
}
