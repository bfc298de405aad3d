// Problems of the input, each with its place, the line it is about and how to mend it.

import stringWidth from "fast-string-width";
import type { Diagnostic } from "../model/diagnostic.ts";
import { clean, cleanLine } from "./clean.ts";
import { type Paint, painter, type Style } from "./paint.ts";

/** All of them, in their order, an empty line between two. */
export function diagnosticsText(diagnostics: readonly Diagnostic[], style: Style): string {
  const paint = painter(style.colour);
  return diagnostics.map((diagnostic) => oneText(diagnostic, paint, style.width)).join("\n\n");
}

function oneText(diagnostic: Diagnostic, paint: Paint, width: number): string {
  const { severity, code, message, file, line, column, hint } = diagnostic;
  const colour = severity === "error" ? "red" : "yellow";
  const place = file === "" ? "" : line > 0 ? `${file}:${line}:${column}` : file;
  return [
    `${paint(colour, severity)}${paint("dim", `[${code}]`)}: ${cleanLine(message)}`,
    ...(place === "" ? [] : [`  ${paint("blue", "-->")} ${place}`]),
    ...excerptLines(diagnostic, paint, width),
    ...(hint === undefined ? [] : [`  ${paint("blue", "hint:")} ${cleanLine(hint)}`]),
  ].join("\n");
}

/** The line with a caret under the column; what is too long is cut around it. */
function excerptLines({ excerpt, line, column }: Diagnostic, paint: Paint, width: number): string[] {
  if (excerpt === undefined || line === 0) return [];
  const number = String(line);
  const characters = [...clean(excerpt).replaceAll("\t", " ")];
  const room = Math.max(30, width - number.length - 8);
  const start = column > room ? column - Math.floor(room / 2) : 0;
  const shown = characters.slice(start, start + room).join("");
  const before = characters.slice(start, Math.max(start, column - 1)).join("");
  const caret = " ".repeat(stringWidth(before) + (start > 0 ? 1 : 0));
  const bar = paint("blue", "|");
  return [
    `  ${paint("blue", number)} ${bar} ${start > 0 ? "…" : ""}${shown}`,
    `  ${" ".repeat(number.length)} ${bar} ${caret}${paint("red", "^")}`,
  ];
}
