// Problems of the input, each with its place, the line it is about and how to mend it.
import stringWidth from "fast-string-width";
import type { Diagnostic } from "../model/diagnostic.ts";
import { addTo } from "../model/groups.ts";
import { clean, cleanLine } from "./clean.ts";
import { type Paint, painter, type Style } from "./paint.ts";
import { foldersText } from "./places.ts";
import { cut } from "./table.ts";

/** All of them, in their order, an empty line between two, and how many there are. */
export function diagnosticsText(diagnostics: readonly Diagnostic[], style: Style): string {
  if (diagnostics.length === 0) return "";
  const count = (severity: Diagnostic["severity"]): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const counts = countText({ errors: count("error"), warnings: count("warning") }, painter(style.colour));
  return `${problemsText(diagnostics, style)}\n\n${counts}.`;
}

/** More of one kind than this are told together, of which so many are shown. */
const grouped = 5;
const shown = { error: 3, warning: 1 } as const;

/** The same without the count, for a view that ends with its own. Where many are alike, the first stand for them. */
export function problemsText(diagnostics: readonly Diagnostic[], style: Style): string {
  const paint = painter(style.colour);
  const kinds = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const kind = `${diagnostic.severity} ${diagnostic.code} ${diagnostic.severity === "error" ? "" : diagnostic.message.replace(/\d+/g, "#")}`;
    addTo(kinds, kind, diagnostic);
  }
  const parts = [...kinds.values()].flatMap((kind) => {
    if (style.verbose || kind.length <= grouped) return kind.map((one) => oneText(one, paint, style.width));
    const first = kind.slice(0, shown[kind[0]?.severity ?? "error"]);
    return [...first.map((one) => oneText(one, paint, style.width)), moreText(kind, first.length, paint)];
  });
  return parts.join("\n\n");
}

/** How many more there are of a kind, and where. */
function moreText(kind: readonly Diagnostic[], told: number, paint: Paint): string {
  const [first] = kind;
  const colour = first?.severity === "error" ? "red" : "yellow";
  const files = [...new Set(kind.map(({ file, key }) => (file === "" ? (key ?? "") : file)))];
  const folders = foldersText(files);
  const where = folders === "" ? "" : `; in all, by folder: ${folders}`;
  const like = told === 1 ? "like this one" : "like these";
  return `${paint(colour, `and ${kind.length - told} more`)} ${like}${where} ${paint("dim", "(--verbose shows each)")}`;
}

/** `2 errors, 1 warning`; empty where there is none. */
export function countText(
  { errors, warnings }: { readonly errors: number; readonly warnings: number },
  paint: Paint,
): string {
  return [
    ...(errors > 0 ? [paint("red", counted(errors, "error"))] : []),
    ...(warnings > 0 ? [paint("yellow", counted(warnings, "warning"))] : []),
  ].join(", ");
}

/** A number with its noun. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

function oneText(diagnostic: Diagnostic, paint: Paint, width: number): string {
  const { severity, code, message, file, line, column, hint } = diagnostic;
  const colour = severity === "error" ? "red" : "yellow";
  const place = cleanLine(line > 0 ? `${file}:${line}:${column}` : file);
  return [
    `${paint(colour, severity)}${paint("dim", `[${cleanLine(code)}]`)}: ${cleanLine(message)}`,
    ...(file === "" ? [] : [`  ${paint("blue", "-->")} ${place}`]),
    ...excerptLines(diagnostic, paint, width),
    ...(hint === undefined ? [] : [`  ${paint("blue", "hint:")} ${cleanLine(hint)}`]),
  ].join("\n");
}

/**
 * The line with a caret under the column, which counts code points; what is too long is cut around it. An excerpt
 * that ends before the column isn't shown, since no caret could stand right.
 */
function excerptLines({ code, excerpt, line, column }: Diagnostic, paint: Paint, width: number): string[] {
  // That line is the very thing that mustn't be shown.
  if (excerpt === undefined || line === 0 || code === "board-credentials") return [];
  const points = [...excerpt];
  if (column > points.length + 1) return [];
  const number = String(line);
  const room = Math.max(30, width - number.length - 6);
  const before = visible(points.slice(0, Math.max(0, column - 1)));
  const after = visible(points.slice(Math.max(0, column - 1)));
  const kept = stringWidth(before) >= room - 1 ? `…${lastColumns(before, Math.floor(room / 2))}` : before;
  const at = stringWidth(kept);
  const bar = paint("blue", "|");
  return [
    `  ${paint("blue", number)} ${bar} ${kept}${cut(after, room - at)}`.trimEnd(),
    `  ${" ".repeat(number.length)} ${bar} ${" ".repeat(at)}${paint("red", "^")}`,
  ];
}

/** A tab is two columns, wherever it stands. */
const visible = (points: readonly string[]): string => clean(points.join("")).replaceAll("\t", "  ");

/** The end of a text, of at most so many columns. */
function lastColumns(text: string, columns: number): string {
  let width = 0;
  let shown = "";
  for (const point of [...text].reverse()) {
    width += stringWidth(point);
    if (width > columns) break;
    shown = point + shown;
  }
  return shown;
}
