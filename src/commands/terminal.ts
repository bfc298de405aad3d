// The process as the edge of commands: streams, environment, questions and signals.
import { createInterface } from "node:readline/promises";
import type { Io } from "./io.ts";

const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * The edge of a real process. `quit` ends it at once: outside of what has to be ended in order, a signal may do that,
 * since what the process held on disk shows it as gone.
 */
export function terminalIo(process: NodeJS.Process, quit: () => void): Io {
  const ask = process.stdin.isTTY === true && process.stderr.isTTY === true;
  for (const name of signals) process.on(name, quit);
  return {
    out: process.stdout,
    err: process.stderr,
    env: process.env,
    ask: ask ? (question) => askOn(process, question) : undefined,
    async guarded(stop, task) {
      let count = 0;
      const onSignal = (): void => {
        count += 1;
        if (count > 1) quit();
        else stop();
      };
      for (const name of signals) process.removeListener(name, quit).on(name, onSignal);
      try {
        return await task();
      } finally {
        for (const name of signals) process.removeListener(name, onSignal).on(name, quit);
      }
    },
  };
}

async function askOn(process: NodeJS.Process, question: string): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = new Promise<string | undefined>((resolve) => {
      terminal.once("SIGINT", () => resolve(undefined));
      // At the end of input the question never settles: that is a no.
      terminal.once("close", () => resolve(""));
    });
    return await Promise.race([terminal.question(question), ended]);
  } finally {
    terminal.close();
  }
}
