// The last look at what is written to a terminal or a pipeline's log, whatever a view let through.
import { emoji, unsafe } from "./clean.ts";

/** Our own colours, CRLF of tables, and emoji may stay; what else a terminal obeys or hides may not. */
const parts = new RegExp(
  `(\\u001b\\[[\\d;]*m)|(\\r\\n|${emoji.source})|${unsafe.source}|[\\u2028\\u2029]`,
  "gu",
);
const hidden = new RegExp(`${unsafe.source}|[\\u2028\\u2029]`, "gu");
/** What a runner of GitHub Actions or of Azure takes for a command: at a line's beginning, or anywhere. */
const atStart = /^([^\S\n]*):(?=:)/gm;
const anywhere = /#(?=#[a-z]*\[)/gi;

/** A text of which no part is a command to a terminal or to a pipeline: `::error` becomes `: :error`. */
export function guardText(text: string, { colour }: { colour: boolean }): string {
  // A mark for programs that read tables; it moves nothing.
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const plain = text.replace(
    parts,
    (_, paint?: string, kept?: string) => kept ?? (colour ? paint : "") ?? "",
  );
  return mark + plain.replace(atStart, "$1: ").replace(anywhere, "# ");
}

/** The same JSON value, with what is unsafe in its strings as \u codes. */
export function guardJson(text: string): string {
  return text.replace(hidden, coded).replace(anywhere, "\\u0023");
}

const coded = (found: string): string =>
  found.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
