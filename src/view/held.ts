// What a plan leaves alone or would refuse, and how to go on.
import type { Guard, Held } from "../model/plan.ts";
import { keyText } from "./change.ts";
import { cleanLine } from "./clean.ts";
import type { Paint } from "./paint.ts";

/** Held vacancies, each with the reason and the way out; at most so many of them. */
export function heldText(held: readonly Held[], paint: Paint, most = Number.POSITIVE_INFINITY): string {
  if (held.length === 0) return "";
  const lines = held
    .slice(0, most)
    .map(
      (one) =>
        `  ${paint("yellow", "!")} ${keyText(one, "", paint)}\n    ${cleanLine(one.reason)}\n    → ${cleanLine(one.hint)}`,
    );
  const more = held.length > most ? [`  and ${held.length - most} more: vac plan shows them`] : [];
  return [paint("bold", "Held, until somebody decides:"), ...lines, ...more].join("\n");
}

/** Guards that refuse a plan, each with how it is allowed. */
export function guardText(guards: readonly Guard[], paint: Paint): string {
  if (guards.length === 0) return "";
  const lines = guards.map(
    ({ name, message, allow }) =>
      `  ${paint("red", name)}: ${cleanLine(message)}\n    → if it is meant so: ${cleanLine(allow)}`,
  );
  return [paint("bold", "An apply would refuse this plan:"), ...lines].join("\n");
}
