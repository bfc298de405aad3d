// What is happening while an apply runs: a bar on a terminal, a line for each step elsewhere.
import type { Writable } from "node:stream";
import cliProgress from "cli-progress";
import stringWidth from "fast-string-width";
import type { StepResult } from "../model/plan.ts";
import { steps } from "../model/plan.ts";
import { cleanLine } from "./clean.ts";
import { guardText } from "./guard.ts";
import { painter } from "./paint.ts";
import { past } from "./past.ts";
import { cut } from "./table.ts";

export interface Progress {
  step(result: StepResult, done: number, total: number): void;
  /** Leaves the terminal as it was; nothing is written after it. */
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
  let stopped = false;
  return {
    step(result, done, total) {
      if (stopped) return;
      const { sign, colour: name } = steps[result.step];
      const line = `[${done}/${total}] ${paint(name, sign)} ${cleanLine(`${result.key} ${becameText(result)}`)}\n`;
      stream.write(guardText(line, { colour }));
    },
    stop() {
      stopped = true;
    },
  };
}

/** `created as job 651`, `update failed (job 652): the board answers 422`. */
function becameText({ step, status, job_id, error }: StepResult): string {
  const became = status === "applied" ? past[step] : `${step} ${status.replace("_", " ")}`;
  const isNew = status === "applied" && (step === "create" || step === "adopt");
  const job = job_id === null ? "" : isNew ? ` as job ${job_id}` : ` (job ${job_id})`;
  return `${became}${job}${error === undefined ? "" : `: ${error}`}`;
}

/**
 * Neither hides the cursor nor turns off wrapping, since a process that is ended at once couldn't turn them on again:
 * the line is cut to the terminal instead.
 */
function bar(stream: Writable): Progress {
  let shown: cliProgress.SingleBar | undefined;
  let stopped = false;
  return {
    step({ key }, done, total) {
      if (stopped) return;
      if (!shown) {
        shown = new cliProgress.SingleBar({
          stream: withoutReturn(stream as NodeJS.WriteStream),
          clearOnComplete: true,
          hideCursor: false,
          linewrap: true,
          gracefulExit: false,
          barsize: 24,
          format: (options, { progress: part, value, total: all }, { key: last }: { key: string }) => {
            const head = `applying ${cliProgress.Format.BarFormat(part, options)} ${value}/${all}`;
            const room = ((stream as NodeJS.WriteStream).columns || 80) - 1 - stringWidth(head) - 2;
            return room < 8 ? head : `${head}  ${cut(cleanLine(last), room)}`;
          },
        });
        shown.start(total, 0, { key });
      }
      shown.update(done, { key });
    },
    stop() {
      stopped = true;
      shown?.stop();
      shown = undefined;
    },
  };
}

const saveCursor = "\u001b7";
const restoreCursor = "\u001b8";

/** A stream on which the cursor doesn't jump back at the end, over what others have written meanwhile. */
function withoutReturn(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const shown = {
    isTTY: true,
    get columns() {
      return stream.columns;
    },
    write: (text: string): boolean => text === saveCursor || text === restoreCursor || stream.write(text),
  };
  return shown as unknown as NodeJS.WriteStream;
}
