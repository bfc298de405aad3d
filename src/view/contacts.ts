// Contacts of candidates: what they cost, and what became of each.
import type { Plan } from "../model/plan.ts";
import { cleanLine } from "./clean.ts";
import { costText } from "./cost.ts";
import { roubles } from "./money.ts";
import { type Colour, painter, type Style } from "./paint.ts";
import { table } from "./table.ts";

/** What is bought, and what it takes. */
export function contactCostText(
  what: string,
  account: "company" | "bonus",
  cost: Plan["cost"],
  { colour }: Style,
): string {
  const paint = painter(colour);
  const bonus = "It is paid with bonus, of which the board tells neither the price nor the balance.";
  return `${paint("bold", cleanLine(what))}\n${account === "bonus" ? bonus : costText(cost, paint)}`;
}

/** What has left the account, as far as the board shows it. */
export function takenText({ units, wallet }: { units: number; wallet: number | undefined }): string {
  const parts = [
    ...(units > 0 ? [`${units} × contact_view`] : []),
    ...(wallet !== undefined && wallet > 0 ? [`${roubles(wallet)} from the wallet`] : []),
  ];
  return parts.join(" and ") || "nothing that the account shows";
}

interface Line {
  readonly id: string;
  readonly name: string;
  readonly result: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly error: string | null;
}

const tints: Readonly<Record<string, Colour>> = { bought: "green", owned: "dim", failed: "red" };
const words: Readonly<Record<string, string>> = { owned: "bought before", not_started: "not started" };

/** A line for each contact. */
export function contactsText(lines: readonly Line[], { colour }: Style): string {
  const paint = painter(colour);
  return table(
    lines.map(({ id, name, result, phone, email, error }) => [
      `  ${cleanLine(id)}`,
      paint(tints[result] ?? "yellow", words[result] ?? result),
      cleanLine(name),
      cleanLine([phone ?? "", email ?? ""].filter((part) => part !== "").join(", ")),
      error === null ? "" : cleanLine(error),
    ]),
  );
}
