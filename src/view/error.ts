import { VacError } from "../model/errors.ts";
import { cleanLine } from "./clean.ts";
import { painter } from "./paint.ts";

/** An error for a person: what, and how to mend it; never a stack trace. */
export function errorText(error: unknown, { colour }: { colour: boolean }): string {
  const paint = painter(colour);
  if (error instanceof VacError) {
    const hint = error.hint === undefined ? "" : `\n${paint("blue", "hint:")} ${cleanLine(error.hint)}`;
    return `${paint("red", "Error:")} ${cleanLine(error.message)}${hint}`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return `${paint("red", "Internal error:")} ${cleanLine(message)}\nThis is a fault of vac itself. Please report it with the command that you ran.`;
}
