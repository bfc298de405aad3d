// A new vacancy file, as a person would write it.
import { isTable } from "../layers.ts";
import type { Path } from "../problem.ts";
import { namesAt } from "../shapes.ts";
import type { Table } from "../yaml/document.ts";
import { indented } from "./block.ts";
import { bareText, formsOf, isPhone, keyText, quoted, type Value } from "./scalar.ts";

/** Characters up to which a text stays on one line. */
const longest = 80;
/** Characters, with the indentation, at which a longer one is folded. */
const foldAt = 90;

/** The text of a file with these attributes, in canonical order. Values that are undefined are left out. */
export function writeVacancy(attributes: Readonly<Record<string, unknown>>): string {
  return blockMap(attributes, [], 0) || "{}\n";
}

function blockMap(table: Table, path: Path, indent: number): string {
  return entriesOf(table, path)
    .map(([name, value]) => {
      const own = blockValue(value, [...path, name], indent);
      return `${" ".repeat(indent)}${keyText(name)}:${own.startsWith("\n") ? "" : " "}${own}`;
    })
    .join("");
}

/** What stands behind the colon, with the line end. */
function blockValue(value: unknown, path: Path, indent: number): string {
  const inner = indent + 2;
  if (isTable(value) && entriesOf(value, path).length > 0) return `\n${blockMap(value, path, inner)}`;
  if (Array.isArray(value) && value.length > 0) {
    const items = value.map((item, index) => `- ${flowValue(item, [...path, String(index)], false)}`);
    return `\n${indented(items, inner, "\n")}\n`;
  }
  if (typeof value !== "string" || isPhone(path.at(-1)) || isRagged(value)) {
    return `${flowValue(value, path, false)}\n`;
  }
  const form = formsOf(value, { quote: "plain", flow: false, longest, width: foldAt - inner })[0];
  return `${form?.head}\n${form?.lines ? `${indented(form.lines, inner, "\n")}\n` : ""}`;
}

/** A value on one line; `flow` is whether it stands in braces or brackets. */
function flowValue(value: unknown, path: Path, flow: boolean): string {
  if (isTable(value)) {
    const pairs = entriesOf(value, path).map(
      ([name, item]) => `${keyText(name)}: ${flowValue(item, [...path, name], true)}`,
    );
    return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
  }
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => flowValue(item, [...path, String(index)], true)).join(", ")}]`;
  }
  if (isPhone(path.at(-1)) && value !== null) return quoted(String(value));
  if (typeof value === "string" && isRagged(value)) return quoted(bareText(value));
  const forms = formsOf(value as Value, { quote: "plain", flow, longest: Infinity, width: foldAt });
  return forms.find(({ lines }) => lines === undefined)?.head ?? "null";
}

/** Whether a text has white space at its beginning or at the end of a line, which only quotes show. */
function isRagged(value: string): boolean {
  const text = bareText(value);
  return /^\s/.test(text) || /[^\S\n]$/m.test(text);
}

/** The entries of a map in canonical order, others last. */
function entriesOf(table: Table, path: Path): [string, unknown][] {
  const names = namesAt("vacancy", path);
  const rank = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.length);
  return Object.entries(table)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => rank(a) - rank(b));
}
