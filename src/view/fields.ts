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
  if (isAllNew(step)) {
    const widest = fields.reduce((most, { name }) => Math.max(most, stringWidth(name)), 0);
    return fields.flatMap((field) => newLines(field, widest, style));
  }
  return fields.flatMap((field) => {
    const head = `      ${style.paint("yellow", "~")} ${cleanLine(field.name)}:`;
    return toldLines(head, tellField(field, style.titles), style);
  });
}

/** Whether the values of a step are new as a whole, so that there is nothing to compare them with. */
export const isAllNew = ({ step, reason }: Pick<Step, "step" | "reason">): boolean =>
  step === "create" || reason === "not shown by the board";

function newLines({ name, desired }: Field, widest: number, style: FieldStyle): string[] {
  const text = isLong(desired) ? `"${clean(desired).trim()}"` : shown(name, desired, style.titles);
  const [first = "", ...rest] = wrap(text, Math.max(least, style.width - widest - 12));
  const head = pad(`${cleanLine(name)}:`, widest + 1);
  return [
    `      ${style.paint("green", "+")} ${head} ${first}`,
    ...rest.map((line) => " ".repeat(widest + inner) + line),
  ];
}

/** What is said of a changed attribute: words beside its name, then texts of which the words are compared. */
export interface Told {
  /** Empty where the texts say it all. */
  readonly said: string;
  readonly texts: readonly { readonly intro: string; readonly before: string; readonly after: string }[];
}

const way = "from its text to the file's:";

/** An attribute that changed in the files alone, or on the board, and maybe in the files too: then all three sides. */
export function tellField({ name, prior, desired, live }: Field, titles: Titles): Told {
  if (live === undefined) {
    const texts = longTexts(prior, desired);
    if (texts) return { said: "", texts: [texts] };
    const [from, to] = shownAll(name, [prior, desired] as const, titles);
    return { said: `${from} → ${to}`, texts: [] };
  }
  const back = longTexts(live, desired);
  if (!back) {
    const [was, is, to] = shownAll(name, [prior, live, desired] as const, titles);
    return { said: `applied ${was}, on the board ${is} → ${to}`, texts: [] };
  }
  const isApplied = typeof prior === "string" && normalText(prior) === normalText(back.after);
  if (isApplied) return { said: `changed on the board; ${way}`, texts: [back] };
  const drift = longTexts(prior, live);
  if (!drift)
    return {
      said: `applied ${shown(name, prior, titles)}, then changed on the board; ${way}`,
      texts: [back],
    };
  return {
    said: "changed on the board, and edited in the file",
    texts: [
      { ...drift, intro: "what was changed on the board:" },
      { ...back, intro: way },
    ],
  };
}

/** Two values if both are texts and a line doesn't hold them; clean, or written out where only what can't be seen differs. */
function longTexts(before: Field["prior"] | undefined, after: Field["prior"] | undefined) {
  if (typeof before !== "string" || typeof after !== "string") return undefined;
  if (!isLong(before) && !isLong(after)) return undefined;
  const [a, b] = [clean(before), clean(after)];
  return a === b
    ? { intro: "", before: reveal(before), after: reveal(after) }
    : { intro: "", before: a, after: b };
}

function toldLines(head: string, { said, texts }: Told, style: FieldStyle): string[] {
  const indent = " ".repeat(inner);
  return [
    ...(said === "" ? [head] : beside(head, said, style)),
    ...texts.flatMap(({ intro, before, after }) => {
      const own = intro === "" ? inner : inner + 2;
      const lines = wordDiff(before, after, { ...style, width: Math.max(least, style.width - own) });
      return [
        ...(intro === "" ? [] : [indent + intro]),
        ...lines.map((line) => (" ".repeat(own) + line).trimEnd()),
      ];
    }),
  ];
}

/** Beside the name if it fits there, else below it. */
function beside(head: string, text: string, style: FieldStyle): string[] {
  if (stringWidth(head) + 1 + stringWidth(text) <= style.width) return [`${head} ${text}`];
  const lines = wrap(text, Math.max(least, style.width - inner));
  return [head, ...lines.map((line) => " ".repeat(inner) + line)];
}
