// What was changed on the board by hand, and where it went.
import type { DriftField, DriftItem, DriftResult } from "../model/drift.ts";
import { keyText } from "./change.ts";
import { cleanLine } from "./clean.ts";
import { counted } from "./diagnostics.ts";
import { type FieldStyle, fieldLines } from "./fields.ts";
import { type Paint, painter, type Style } from "./paint.ts";
import type { Titles } from "./values.ts";

export interface DriftStyle extends Style {
  readonly titles: Titles;
  /** Values were written into files. */
  readonly accepting: boolean;
}

/** Each vacancy with what it was and what it is on the board, then what can be done. */
export function driftText({ items, summary }: DriftResult, style: DriftStyle): string {
  const paint = painter(style.colour);
  if (items.length === 0)
    return paint(
      "bold",
      style.accepting
        ? "Nothing to accept: the board has what was written."
        : "No drift: nothing was changed on the board since it was written.",
    );
  const vacancies = items.map((item) => itemText(item, { ...style, paint }));
  const drift = `${counted(summary.fields, "change")} in ${counted(summary.vacancies, "vacancy", "vacancies")}`;
  const end = style.accepting
    ? acceptedLine(summary, paint)
    : `${paint("bold", `Changed on the board: ${drift}.`)} vac drift --accept KEY… writes the board's values into the files; vac apply writes the files' values back.`;
  return [...vacancies, end].join("\n\n");
}

function itemText(item: DriftItem, style: FieldStyle): string {
  const title = item.title === undefined ? "" : `  ${cleanLine(item.title)}`;
  return [
    `  ${style.paint("yellow", "~")} ${keyText(item, title, style.paint)}`,
    ...item.fields.flatMap((field) => [...changeLines(field, style), ...placeLines(field, style.paint)]),
  ].join("\n");
}

/** From what was seen after our write to what is there now; what the file wants beside it, where that is something else. */
function changeLines({ name, prior, live, desired }: DriftField, style: FieldStyle): string[] {
  const step = {
    step: "update",
    reason: "",
    cause: "board",
    fields: [{ name, prior, desired: live }],
  } as const;
  const lines = fieldLines({ ...step, fields: [...step.fields] }, style);
  if (desired === prior) return lines;
  const wanted = desired === null ? "(empty)" : cleanLine(JSON.stringify(desired));
  return [...lines, `          ${style.paint("dim", `the file says ${wanted}`)}`];
}

function placeLines({ accepted, left }: DriftField, paint: Paint): string[] {
  if (accepted) return [`          ${paint("green", "→")} ${cleanLine(`${accepted.file}:${accepted.line}`)}`];
  return left === undefined ? [] : [`          ${paint("red", "left:")} ${cleanLine(left)}`];
}

function acceptedLine({ accepted, left }: DriftResult["summary"], paint: Paint): string {
  const rest = left === 0 ? "" : ` ${counted(left, "change")} left as on the board.`;
  const next =
    accepted === 0
      ? ""
      : " Look at the files and commit them; vac plan shows that nothing is left to do for these.";
  return `${paint("bold", `Accepted ${counted(accepted, "change")} into the files.${rest}`)}${next}`;
}
