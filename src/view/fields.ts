// The attributes of a step, with who changed them.
import stringWidth from "fast-string-width";
import { normalText } from "../model/equality.ts";
import type { Field, Step } from "../model/plan.ts";
import { clean, cleanLine, reveal } from "./clean.ts";
import type { Paint } from "./paint.ts";
import { pad, wrap } from "./table.ts";
import { isLong, shown, shownAll, type Titles } from "./values.ts";
import { wordDiff } from "./words.ts";

export interface FieldStyle {
  readonly paint: Paint;
  readonly colour: boolean;
  readonly width: number;
  readonly titles: Titles;
}

/** Columns before what belongs to an attribute but doesn't fit beside its name. */
const inner = 10;
/** However narrow the terminal, a text gets this many columns. */
const least = 30;

/** The lines of a step's attributes: values with aligned names where all is new, else what changes. */
export function fieldLines(step: Step, style: FieldStyle): string[] {
  const fields = step.fields ?? [];
  if (step.step === "create" || step.reason === "not shown by the board") {
    const widest = fields.reduce((most, { name }) => Math.max(most, stringWidth(name)), 0);
    return fields.flatMap((field) => newLines(field, widest, style));
  }
  return fields.flatMap((field) => {
    const head = `      ${style.paint("yellow", "~")} ${cleanLine(field.name)}:`;
    return field.live === undefined ? editLines(head, field, style) : driftLines(head, field, style);
  });
}

function newLines({ name, desired }: Field, widest: number, style: FieldStyle): string[] {
  const text = isLong(desired) ? `"${clean(desired).trim()}"` : shown(name, desired, style.titles);
  const [first = "", ...rest] = wrap(text, Math.max(least, style.width - widest - 12));
  const head = pad(`${cleanLine(name)}:`, widest + 1);
  return [
    `      ${style.paint("green", "+")} ${head} ${first}`,
    ...rest.map((line) => " ".repeat(widest + inner) + line),
  ];
}

/** An attribute that changed in the files alone. */
function editLines(head: string, { name, prior, desired }: Field, style: FieldStyle): string[] {
  const texts = longTexts(prior, desired);
  if (texts) return [head, ...diffLines(texts, inner, style)];
  const [from, to] = shownAll(name, [prior, desired] as const, style.titles);
  return beside(head, `${from} → ${to}`, style);
}

/** An attribute that changed on the board, and maybe in the files too: all three sides. */
function driftLines(head: string, { name, prior, desired, live }: Field, style: FieldStyle): string[] {
  const back = longTexts(live, desired);
  if (!back) {
    const [was, is, to] = shownAll(name, [prior, live, desired] as const, style.titles);
    return beside(head, `applied ${was}, on the board ${is} → ${to}`, style);
  }
  const way = "from its text to the file's:";
  const isApplied = typeof prior === "string" && normalText(prior) === normalText(back[1]);
  if (isApplied) return [`${head} changed on the board; ${way}`, ...diffLines(back, inner, style)];
  const [drift, indent] = [longTexts(prior, live), " ".repeat(inner)];
  if (!drift) {
    const was = `applied ${shown(name, prior, style.titles)}, then changed on the board; ${way}`;
    return [...beside(head, was, style), ...diffLines(back, inner, style)];
  }
  return [
    `${head} changed on the board, and edited in the file`,
    `${indent}what was changed on the board:`,
    ...diffLines(drift, inner + 2, style),
    `${indent}${way}`,
    ...diffLines(back, inner + 2, style),
  ];
}

type Texts = readonly [before: string, after: string];

/** Two values if both are texts and a line doesn't hold them. */
function longTexts(before: Field["prior"] | undefined, after: Field["prior"] | undefined): Texts | undefined {
  if (typeof before !== "string" || typeof after !== "string") return undefined;
  return isLong(before) || isLong(after) ? [before, after] : undefined;
}

function diffLines([before, after]: Texts, indent: number, style: FieldStyle): string[] {
  const [a, b] = [clean(before), clean(after)];
  // Where only what can't be seen differs, it is written out.
  const [from, to] = a === b ? [reveal(before), reveal(after)] : [a, b];
  const lines = wordDiff(from, to, { ...style, width: Math.max(least, style.width - indent) });
  return lines.map((line) => (" ".repeat(indent) + line).trimEnd());
}

/** Beside the name if it fits there, else below it. */
function beside(head: string, text: string, style: FieldStyle): string[] {
  if (stringWidth(head) + 1 + stringWidth(text) <= style.width) return [`${head} ${text}`];
  const lines = wrap(text, Math.max(least, style.width - inner));
  return [head, ...lines.map((line) => " ".repeat(inner) + line)];
}
