// The attributes of a step, one line each.
import type { Field, Step } from "../model/plan.ts";
import { clean, cleanLine } from "./clean.ts";
import type { Paint } from "./paint.ts";
import { pad, wrap } from "./table.ts";
import { wordDiff } from "./words.ts";

/** Texts longer than this are shown as a word diff. */
const long = 60;

export interface FieldStyle {
  readonly paint: Paint;
  readonly colour: boolean;
  readonly width: number;
  /** Titles of professions by id. */
  readonly titles: ReadonlyMap<string, string>;
}

/** The lines of a step's fields, with names aligned. */
export function fieldLines(step: Step, style: FieldStyle): string[] {
  const fields = step.fields ?? [];
  const widest = Math.max(0, ...fields.map(({ name }) => name.length));
  return fields.flatMap((field) => {
    const name = `${field.name}:`;
    const indent = " ".repeat(8);
    if (step.step === "create" || step.reason === "not shown by the board") {
      const text = wrap(shown(field, field.desired, style), Math.max(30, style.width - widest - 12));
      const rest = text.slice(1).map((line) => indent + " ".repeat(widest + 2) + line);
      return [`      ${style.paint("green", "+")} ${pad(name, widest + 1)} ${text[0] ?? ""}`, ...rest];
    }
    return [`      ${style.paint("yellow", "~")} ${name} ${changed(field, style)}`.replace(/ +$/m, "")];
  });
}

/** What became of one attribute, and by whom. */
function changed(field: Field, style: FieldStyle): string {
  const { prior, desired, live } = field;
  if (live === undefined) return arrow(field, prior, desired, style);
  const edited = prior !== desired ? `, the file says ${shown(field, desired, style)}` : "";
  const drift = `applied ${shown(field, prior, style)}, on the board ${shown(field, live, style)}${edited}`;
  return `${drift} → ${shown(field, desired, style)}`;
}

function arrow(field: Field, from: Field["prior"], to: Field["prior"], style: FieldStyle): string {
  if (typeof from === "string" && typeof to === "string" && (from.length > long || to.length > long)) {
    const lines = wordDiff(clean(from), clean(to), style.paint, style.colour)
      .split("\n")
      .flatMap((line) => wrap(line, Math.max(30, style.width - 10)));
    return lines.length === 1 ? (lines[0] ?? "") : ["", ...lines].join(`\n${" ".repeat(10)}`);
  }
  return `${shown(field, from, style)} → ${shown(field, to, style)}`;
}

/** A value in a line: texts in quotes only where they hold what could mislead; a profession with its title. */
function shown(field: Field, value: Field["prior"], { titles, paint }: FieldStyle): string {
  if (value === null) return paint("gray", "(empty)");
  const title = field.name.startsWith("profession") ? titles.get(String(value)) : undefined;
  if (title !== undefined) return `${value} (${cleanLine(title)})`;
  return typeof value === "string" ? `"${cleanLine(value)}"` : String(value);
}
