// A value as YAML text: in the style that is wanted where it can be written so, else in one that can hold it.
import { isMap, isScalar } from "yaml";
import { parseNodes } from "../yaml/nodes.ts";
import { foldedLines, isPrintable, literalLines } from "./block.ts";

/** What a YAML scalar can be. */
export type Value = string | number | boolean | null;

/** What stands where a value begins, and the lines of a block scalar below it, not yet indented. */
export interface Form {
  readonly head: string;
  readonly lines?: readonly string[];
}

/** What is asked of the form of a value. */
export interface Wanted {
  readonly quote: "plain" | "single" | "double";
  /** Whether the value stands in braces or brackets. */
  readonly flow: boolean;
  /** The header of the block scalar that was there. */
  readonly header?: string | undefined;
  /** Characters up to which a text stays on one line. */
  readonly longest: number;
  /** Characters at which a text is folded. */
  readonly width: number;
}

/** Forms that a value can have, the best one first: a place may not be fit for each of them. */
export function formsOf(value: Value, wanted: Wanted): Form[] {
  if (typeof value !== "string") return [{ head: Object.is(value, -0) ? "-0" : String(value) }];
  const text = bareText(value);
  return [...blockForms(text, wanted), ...lineForms(text, wanted)];
}

/** A text with the line ends of YAML, and none around it. */
export const bareText = (text: string): string => text.replace(/\r\n?/g, "\n").replace(/^\n+|\n+$/g, "");

/** Whether a key's value is always in double quotes: a phone, so that no program takes it for a number. */
export const isPhone = (name: string | undefined): boolean => name === "contact_phone";

function blockForms(text: string, { flow, header, longest, width }: Wanted): Form[] {
  if (flow || text.trim() === "") return [];
  const literal = (head: string): Form[] => formOf(head, literalLines(text));
  const folded = (head: string): Form[] => formOf(head, foldedLines(text, width));
  if (header?.startsWith("|")) return literal(header);
  if (header) return [...folded(header), ...literal(`|${header.replace(/\D/g, "")}-`)];
  if (text.includes("\n")) return literal("|-");
  return [...text].length > longest ? folded(">-") : [];
}

const formOf = (head: string, lines: readonly string[] | undefined): Form[] =>
  lines === undefined ? [] : [{ head, lines }];

function lineForms(text: string, { quote, flow }: Wanted): Form[] {
  const forms: Form[] = [];
  const simple = !text.includes("\n") && isPrintable(text);
  if (simple && quote === "plain" && readsAs(text, flow)) forms.push({ head: text });
  if (simple && quote === "single") forms.push({ head: `'${text.replaceAll("'", "''")}'` });
  return [...forms, { head: quoted(text) }];
}

/** Whether a text without quotes is read as itself. */
function readsAs(text: string, flow: boolean): boolean {
  const { contents, errors } = parseNodes(flow ? `{ a: ${text} }` : `a: ${text}\n`);
  if (errors.length > 0 || !isMap(contents) || contents.items.length !== 1) return false;
  const value = contents.items[0]?.value;
  return isScalar(value) && value.value === text;
}

/** A text in double quotes: escaped is what a line can't hold or nobody would see. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A name as the key of a map. */
export function keyText(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) ? name : quoted(name);
}
