import { VacError } from "../model/errors.ts";
import { cleanLine } from "./clean.ts";
import { painter } from "./paint.ts";

/** Characters of an error, so that what it quotes fills no screen. */
const longest = 1500;

/** An error for a person: what, and how to mend it; never a stack trace. */
export function errorText(error: unknown, { colour }: { colour: boolean }): string {
  const paint = painter(colour);
  if (error instanceof VacError) {
    const hint = error.hint === undefined ? "" : `\n${paint("blue", "hint:")} ${short(error.hint)}`;
    return `${paint("red", "Error:")} ${short(error.message)}${hint}`;
  }
  return [
    `${paint("red", "Internal error:")} ${short(reasonOf(error))}`,
    "This is a fault of vac itself. Please report it with the command that you ran.",
  ].join("\n");
}

/** On one line, cut between words: no half of a secret, which would be no secret's form any more. */
function short(text: string): string {
  const line = cleanLine(text);
  return line.length > longest ? `${line.slice(0, longest).replace(/ \S*$/, "")}…` : line;
}

/** What was thrown, in words: its message, else its kind. */
function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message.trim() === "" ? error.name : error.message;
  try {
    return String(error);
  } catch {
    return "something that can't be told was thrown";
  }
}
