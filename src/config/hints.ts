// How to mend a value of the wrong type.
import { readDate } from "./dates.ts";
import { required, sent } from "./shapes.ts";
import { quote } from "./wording.ts";

const words: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, on: true, y: true, "1": true, да: true, есть: true },
  ...{ false: false, no: false, off: false, n: false, "0": false, нет: false },
};

/** For a number, given something else. */
export function numberHint(value: unknown, whole: boolean, source: string | undefined): string {
  if (typeof value === "number") {
    // What is meant by 60.500 is more than sixty and a half.
    if (whole && source !== undefined && /^\d{1,3}(\.\d{3})+$/.test(source))
      return `write ${source.replaceAll(".", "")}, with nothing between the digits`;
    return Number.isFinite(value) && whole
      ? `round it, to ${Math.round(value)} for example`
      : "write an ordinary number";
  }
  if (typeof value !== "string") return "write digits only";
  const joined = value.replace(/[\s_']/g, "");
  const bare =
    whole && /^\d{1,3}([.,]\d{3})+$/.test(joined) ? joined.replace(/[.,]/g, "") : joined.replace(",", ".");
  if (!/^[+-]?\d+(\.\d+)?$/.test(bare) || (whole && bare.includes(".")))
    return `write digits only${isQuoted(source) ? ", without quotes" : ""}`;
  if (isQuoted(source)) return `write ${bare} without quotes`;
  return whole ? `write ${bare}, with nothing between the digits` : `write ${bare}`;
}

/** For true or false, given something else. */
export function boolHint(value: unknown, source: string | undefined): string {
  const word = typeof value === "object" ? "" : String(value).trim().toLowerCase();
  const meant = Object.hasOwn(words, word) ? words[word] : undefined;
  return `write ${meant ?? "true or false"}${isQuoted(source) ? " without quotes" : ""}`;
}

/** For what is no day and no time. */
export function dateHint(text = ""): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim()) ?? [];
  const [, d = "", m = "", y] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim()) ?? [];
  const meant =
    year === undefined ? `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}` : `${year}-${month}-${day}`;
  return readDate(meant)
    ? `write ${meant}`
    : "write a day such as 2026-12-31, or a time such as 2026-12-31T18:00";
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
