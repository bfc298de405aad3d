// What vac init wrote, what it left alone and how that differs, and what comes next.
import type { InitFile, InitResult } from "../model/init.ts";
import { clean, cleanLine } from "./clean.ts";
import { type Colour, type Paint, painter, type Style } from "./paint.ts";
import { table } from "./table.ts";

const signs: Readonly<Record<InitFile["action"], { sign: string; colour: Colour; says: string }>> = {
  written: { sign: "+", colour: "green", says: "" },
  extended: { sign: "~", colour: "yellow", says: "lines added" },
  unchanged: { sign: "=", colour: "dim", says: "there already" },
  kept: { sign: "=", colour: "dim", says: "there already, yours" },
  differs: { sign: "!", colour: "yellow", says: "there already, left as it is; it differs:" },
};

/** Files, differences, what to do next. */
export function initText({ files, notes }: InitResult, style: Style): string {
  const paint = painter(style.colour);
  const plain = files.filter(({ action }) => action !== "differs");
  const others = files.filter(({ action }) => action === "differs");
  const parts = [
    plain.length > 0 ? table(plain.map((file) => row(file, paint))) : "",
    ...others.map(
      (file) => `${row(file, paint).join("  ").trimEnd()}\n${patchText(file.patch ?? "", paint)}`,
    ),
    ["Next:", ...notes.map((note) => `  - ${note}`)].join("\n"),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function row({ path, action }: InitFile, paint: Paint): string[] {
  const { sign, colour, says } = signs[action];
  return [`  ${paint(colour, sign)} ${cleanLine(path)}`, paint("dim", says)];
}

/** The lines of a patch without its head. */
function patchText(patch: string, paint: Paint): string {
  const lines = clean(patch).trimEnd().split("\n");
  return lines
    .slice(lines.findIndex((line) => line.startsWith("@@")))
    .map((line) => {
      const colour: Colour = line.startsWith("+") ? "green" : line.startsWith("-") ? "red" : "dim";
      return `    ${paint(colour, line)}`;
    })
    .join("\n");
}
