// What an apply did: never more and never less than happened.

import { roubles } from "../model/money.ts";
import type { ApplyResult, StepName, StepResult } from "../model/plan.ts";
import { steps } from "../model/plan.ts";
import { cleanLine } from "./clean.ts";
import { heldText } from "./held.ts";
import { type Colour, type Paint, painter, type Style } from "./paint.ts";
import { past } from "./past.ts";

type Status = StepResult["status"];

/** In the order in which they are told: the worst last, where a reader of a log looks first. */
export const statuses: Readonly<
  Record<Exclude<Status, "applied">, { word: string; colour: Colour; way: (key: string) => string }>
> = {
  pending: {
    word: "pending",
    colour: "blue",
    way: () => "the board has taken it in and still checks it: vac plan tells what became of it",
  },
  stale: {
    word: "stale",
    colour: "yellow",
    way: () => "it wasn't needed any more as it was planned, and wasn't done: vac plan shows what is due now",
  },
  not_started: {
    word: "not started",
    colour: "yellow",
    way: () => "nothing was sent for it: the next vac apply does it, if it is still due",
  },
  unknown: {
    word: "unknown",
    colour: "red",
    way: (key) =>
      `it may or may not have been done: vac plan looks again. If it is held then: vac state resolve ${key} --done|--not-done`,
  },
  failed: {
    word: "failed",
    colour: "red",
    way: () =>
      "it wasn't done: mend what the message says and run vac apply again; what was applied isn't repeated",
  },
};
export const statusOrder = Object.keys(statuses) as (keyof typeof statuses)[];

/** What wasn't applied, with how to go on, notes on what was, what is held, then the counts. */
export function resultText(result: ApplyResult, style: Style): string {
  const paint = painter(style.colour);
  return [
    notesText(result.results, paint),
    ...statusOrder.map((status) => troublesText(result.results, status, paint)),
    heldText(result.held, paint, style),
    stoppedText(result.stopped, paint),
    takenText(result.taken),
    paint("bold", resultCounts(result)),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function notesText(results: readonly StepResult[], paint: Paint): string {
  return results
    .filter(({ status, note }) => status === "applied" && note !== undefined)
    .map(({ key, step, note }) => {
      const { sign, colour } = steps[step];
      return `  ${paint(colour, sign)} ${paint("bold", cleanLine(key))} ${past[step]}: ${cleanLine(note ?? "")}`;
    })
    .join("\n");
}

/** The steps of one status, and once below them what to do. */
function troublesText(results: readonly StepResult[], status: keyof typeof statuses, paint: Paint): string {
  const troubles = results.filter((result) => result.status === status);
  const [first, second] = troubles;
  if (!first) return "";
  const { word, colour, way } = statuses[status];
  const lines = troubles.map(({ key, step, job_id, error, note }) => {
    const job = job_id === null ? "" : paint("dim", ` (job ${cleanLine(job_id)})`);
    const why = cleanLine(whyText({ error, note }));
    const told = why === "" ? "" : `: ${why}`;
    return `  ${paint(colour, word)} ${steps[step].sign} ${paint("bold", cleanLine(key))} ${step}${job}${told}`;
  });
  return [...lines, `    → ${way(second ? "KEY" : cleanLine(first.key))}`].join("\n");
}

/** What is told of a step beside what became of it. */
export const whyText = ({ error, note }: { error?: string | undefined; note?: string | undefined }): string =>
  [error, note].filter((text) => text !== undefined).join("; ");

/** What it cost, for who pays. */
export function takenText(taken: ApplyResult["taken"]): string {
  if (taken === undefined) return "";
  const what = taken.wallet === 0 ? "nothing" : roubles(taken.wallet);
  return `It took ${what} from the wallet, which holds ${roubles(taken.left)}.`;
}

function stoppedText(stopped: string | undefined, paint: Paint): string {
  if (stopped === undefined) return "";
  return `  ${paint("red", "stopped")} ${cleanLine(stopped)}\n    → ${stoppedWay}`;
}

/** What to do after a run that has stopped buying. */
export const stoppedWay =
  "look at vac transactions and vac company before you go on; if the board's price has risen, correct prices in _config.yaml";

/** Counted from the results themselves, so that it says what they say. */
export function resultCounts({ results }: Pick<ApplyResult, "results">): string {
  const count = (status: Status, step?: StepName): number =>
    results.filter((one) => one.status === status && (step === undefined || one.step === step)).length;
  const done = (Object.keys(past) as StepName[])
    .filter((step) => count("applied", step) > 0)
    .map((step) => `${count("applied", step)} ${past[step]}`);
  const rest = (["failed", "unknown", "stale", "not_started", "pending"] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${statuses[status].word}`);
  const applied = done.length > 0 ? `Applied: ${done.join(", ")}.` : "Nothing was applied.";
  return rest.length > 0 ? `${applied} ${rest.join(", ")}.` : applied;
}
