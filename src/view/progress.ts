// What is happening while an apply runs: a bar on a terminal, a line for each step elsewhere.
import type { Writable } from "node:stream";
import cliProgress from "cli-progress";
import type { StepResult } from "../model/plan.ts";
import { steps } from "../model/plan.ts";
import { cleanLine } from "./clean.ts";
import { painter } from "./paint.ts";
import { past } from "./past.ts";

export interface Progress {
  step(result: StepResult, done: number, total: number): void;
  /** Leaves the terminal as it was. */
  stop(): void;
}

/** Reports to a stream. */
export function progress({
  stream,
  isTTY,
  colour,
}: {
  stream: Writable;
  isTTY: boolean;
  colour: boolean;
}): Progress {
  return isTTY ? bar(stream) : lines(stream, colour);
}

function lines(stream: Writable, colour: boolean): Progress {
  const paint = painter(colour);
  return {
    step({ key, step, status, job_id }, done, total) {
      const { sign, colour: name } = steps[step];
      const became = status === "applied" ? past[step] : `${step} ${status.replace("_", " ")}`;
      const job = job_id === null ? "" : cleanLine(`, job ${job_id}`);
      stream.write(`[${done}/${total}] ${paint(name, sign)} ${cleanLine(key)} ${became}${job}\n`);
    },
    stop() {},
  };
}

function bar(stream: Writable): Progress {
  let shown: cliProgress.SingleBar | undefined;
  return {
    step({ key }, done, total) {
      if (!shown) {
        shown = new cliProgress.SingleBar({
          stream: stream as NodeJS.WriteStream,
          clearOnComplete: true,
          hideCursor: true,
          format: (options, { progress: part, value, total: all }, { key: last }: { key: string }) =>
            `applying ${cliProgress.Format.BarFormat(part, options)} ${value}/${all}  ${last}`,
        });
        shown.start(total, 0, { key });
      }
      shown.update(done, { key });
    },
    stop() {
      shown?.stop();
    },
  };
}
