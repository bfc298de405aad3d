// The process as the edge of commands: streams, environment, questions and signals.
import { newSecrets } from "../model/secrets.ts";
import type { Io } from "./io.ts";

/** SIGHUP is a terminal that was closed. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What opens a board or a repository; git and whatever it starts have no use for the first two. */
const secretNames = ["VAC_PASSWORD", "VAC_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"] as const;
const ownNames = ["VAC_PASSWORD", "VAC_TOKEN"] as const;

/**
 * The edge of a real process. `quit` ends it at once: outside of what has to be ended in order, a signal may do that,
 * since what the process held on disk shows it as gone. `deaf` ends it when nobody reads what it writes any more; while
 * a task runs, that is like a first signal.
 */
export function terminalIo(
  process: NodeJS.Process,
  quit: () => void,
  deaf: (error: NodeJS.ErrnoException) => void,
): Io {
  const ask = process.stdin.isTTY === true && process.stderr.isTTY === true;
  for (const name of signals) process.on(name, quit);
  const env = { ...process.env };
  const secrets = newSecrets();
  for (const name of secretNames) secrets.learn(env[name]?.trim() ?? "");
  for (const name of ownNames) delete process.env[name];
  let onLost = deaf;
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => onLost(error));
  return {
    out: process.stdout,
    err: process.stderr,
    env,
    secrets,
    ask: ask ? (question) => askOn(process, question) : undefined,
    async guarded(stop, task) {
      let count = 0;
      const onSignal = (): void => {
        count += 1;
        if (count > 1) quit();
        else stop();
      };
      let lost = false;
      onLost = () => {
        if (!lost) stop();
        lost = true;
      };
      for (const name of signals) process.removeListener(name, quit).on(name, onSignal);
      try {
        return await task();
      } finally {
        // Who was lost in between stays so: the run ends in order, and its exit code tells of it.
        onLost = lost ? () => undefined : deaf;
        for (const name of signals) process.removeListener(name, onSignal).on(name, quit);
      }
    },
  };
}

async function askOn(process: NodeJS.Process, question: string): Promise<string | undefined> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = new Promise<string | undefined>((resolve) => {
      terminal.once("SIGINT", () => resolve(undefined));
      // At the end of input the question never settles: nobody answers any more.
      terminal.once("close", () => resolve(undefined));
    });
    return await Promise.race([terminal.question(question), ended]);
  } finally {
    terminal.close();
  }
}
