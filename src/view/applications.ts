// What became of applications, and what rules would make of them.
import { dateTime } from "../model/dates.ts";
import type { Move, TriageRule } from "../model/triage.ts";
import { cleanLine } from "./clean.ts";
import { type Colour, painter, type Style } from "./paint.ts";
import { table } from "./table.ts";

interface Line {
  readonly id: string;
  readonly key: string | null;
  readonly job_id: string | null;
  readonly status: string;
  readonly result: string;
  readonly error: string | null;
  readonly name: string;
}

const words: Readonly<Record<string, readonly [word: string, colour: Colour]>> = {
  applied: ["", "green"],
  failed: ["failed", "red"],
  unknown: ["unknown", "yellow"],
  moved_on: ["left alone: it has another status by now", "dim"],
  not_started: ["not started", "dim"],
};

/** A line for each, and how many of each kind. */
export function proceedingText(
  lines: readonly Line[],
  summary: Readonly<Record<string, number>>,
  { colour }: Style,
): string {
  const paint = painter(colour);
  const rows = lines.map(({ id, key, job_id, status, result, error, name }) => {
    const [word, tint] = words[result] ?? [result, "yellow"];
    const why = error === null ? word : `${word}: ${cleanLine(error)}`;
    const vacancy = key ?? (job_id === null ? "" : `job ${job_id}`);
    return [`  ${cleanLine(id)}`, paint(tint, cleanLine(status)), cleanLine(vacancy), cleanLine(name), why];
  });
  const counts = Object.entries(summary).filter(([, count]) => count > 0);
  const told = counts.map(([name, count]) => `${count} ${name.replaceAll("_", " ")}`);
  return [...(rows.length > 0 ? [table(rows), ""] : []), `Applications: ${told.join(", ") || "none"}.`].join(
    "\n",
  );
}

/** Rows of one rule that are shown unless all are asked for. */
const shown = 10;

/** What the rules would do, rule by rule. `now` is milliseconds since 1970. */
export function triageText(
  moves: readonly Move[],
  rules: readonly TriageRule[],
  { colour, verbose = false, timezone }: Style & { readonly timezone: string },
): string {
  const paint = painter(colour);
  const parts = rules.flatMap((rule, index) => {
    const own = moves.filter((move) => move.rule === index);
    if (own.length === 0) return [];
    const rows = (verbose ? own : own.slice(0, shown)).map(({ id, key, createdAt }) => [
      `    ${cleanLine(id)}`,
      cleanLine(key),
      createdAt === undefined ? "" : dateTime(createdAt, timezone),
    ]);
    const more =
      own.length > rows.length ? [paint("dim", `    and ${own.length - rows.length} more (--verbose)`)] : [];
    return [`  ${paint("bold", ruleText(rule))}: ${own.length}`, table(rows), ...more, ""];
  });
  const count = moves.length === 1 ? "1 application" : `${moves.length} applications`;
  return [
    ...parts,
    moves.length === 0 ? "No application is due for a rule." : `Triage: ${count} to move on.`,
  ].join("\n");
}

function ruleText({ vacancy, status, olderThan, set }: TriageRule): string {
  const age = olderThan === undefined ? "" : `, older than ${olderThan}`;
  return cleanLine(`${vacancy ?? "every vacancy"}, ${status}${age} → ${set}`);
}
