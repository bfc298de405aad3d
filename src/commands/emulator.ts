// vac emulator: the board on this machine, for tests and rehearsals.
import { startEmulator } from "../emulator/index.ts";
import { type ExitCode, exit, type Globals, type Io, print } from "./io.ts";

export interface EmulatorFlags extends Globals {
  readonly port: number;
  readonly data?: string;
  readonly example: boolean;
  /** Which made-up people there are. */
  readonly seed: number;
}

function told(filled: boolean): string {
  return filled
    ? "It holds an example account: 200 vacancies, as messy as a real one"
    : "No example was added: its data folder already holds vacancies";
}

/** Runs until a signal comes. */
export async function emulatorCommand(io: Io, flags: EmulatorFlags): Promise<ExitCode> {
  const emulator = await startEmulator({
    port: flags.port,
    example: flags.example,
    seed: flags.seed,
    ...(flags.data !== undefined && { dataDir: flags.data }),
  });
  const { url, login, password } = emulator;
  if (flags.format === "json") print(io, JSON.stringify({ url, login, password }));
  else {
    print(io, `The embedded board listens at ${url}`);
    print(
      io,
      `login ${login}, password ${password}; ${flags.data ? `its data is kept in ${flags.data}` : "its data is lost at the end"}`,
    );
    if (flags.example) print(io, told(emulator.filled));
    print(io, `${url}/__emulator/ shows what it holds, and moves its clock`);
    print(io, `\n  VAC_LOGIN=${login} VAC_PASSWORD=${password} vac plan --board ${url}\n\nCtrl-C ends it.`);
  }
  const ended = new Promise<void>((resolve) => {
    void io.guarded(resolve, () => new Promise<void>(() => undefined));
  });
  // Signals alone don't keep a process alive; the listening server does.
  await ended;
  await emulator.close();
  return exit.ok;
}
