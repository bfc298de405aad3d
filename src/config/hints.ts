// How to mend a value of the wrong type.
import { required, sent } from "./shapes.ts";
import { quote } from "./wording.ts";

const words: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, on: true, y: true, "1": true, да: true, есть: true },
  ...{ false: false, no: false, off: false, n: false, "0": false, нет: false },
};

/** For a number, given something else. */
export function numberHint(value: unknown, whole: boolean, source: string | undefined): string {
  if (typeof value === "number") {
    return Number.isFinite(value) && whole
      ? `round it, to ${Math.round(value)} for example`
      : "write an ordinary number";
  }
  if (typeof value !== "string") return "write digits only";
  const bare = value.replace(/[\s\u00a0\u202f_']/g, "").replace(",", ".");
  if (!/^[+-]?\d+(\.\d+)?$/.test(bare) || (whole && bare.includes(".")))
    return `write digits only${isQuoted(source) ? ", without quotes" : ""}`;
  return isQuoted(source) ? `write ${bare} without quotes` : `write ${bare}, with nothing between the digits`;
}

/** For true or false, given something else. */
export function boolHint(value: unknown, source: string | undefined): string {
  const word = typeof value === "object" ? "" : String(value).trim().toLowerCase();
  const meant = Object.hasOwn(words, word) ? words[word] : undefined;
  return `write ${meant ?? "true or false"}${isQuoted(source) ? " without quotes" : ""}`;
}

/** For a text that is empty: of what the board knows, null is the way to say so. */
export function emptyHint(name: string): string {
  return sent.includes(name) && !required.includes(name)
    ? "write null to clear it on the board, or remove the line"
    : "give it a value, or remove the line";
}

const isQuoted = (source: string | undefined): boolean => source !== undefined && /^["']/.test(source);

/** For a text, given something else. */
export function textHint(value: unknown, source: string | undefined): string {
  return typeof value === "object"
    ? 'write one text; put it in quotes if it holds ": " or begins with - or {'
    : `quote it: ${quote(source ?? String(value))}`;
}

/** For a map or a list, given something else. */
export function mapHint(wanted: string, last: string): string {
  const name = /^\d*$/.test(last) ? "it" : last;
  return wanted === "array"
    ? `begin each item of ${name} on a line of its own with "- "`
    : `write the parts of ${name} below it as name: value, indented`;
}
