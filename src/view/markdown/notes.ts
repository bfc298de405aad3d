// What stands beside changes: what is held, what refuses, and problems of the files.
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Guard, Held } from "../../model/plan.ts";
import { guardWay, heldKinds, kindLines } from "../held.ts";
import { code, md } from "./escape.ts";
import { listed, type Room, section } from "./room.ts";

/** Held vacancies with the reason and the way out; many that are held alike together where room is short. */
export function heldSection(held: readonly Held[], room: Room): string {
  const isWhole = room.changes === "each" || room.changes === "short";
  const { single, together } = isWhole ? { single: held, together: [] } : heldKinds(held);
  const alike = together.map((kind) =>
    kindLines(kind)
      .map((line) => md(line, room.text))
      .join("<br>"),
  );
  return section("Held, until somebody decides:", [
    ...listed(alike, room.items, (text) => text),
    ...listed(single, room.items, (one) => heldText(one, room)),
  ]);
}

function heldText({ key, job_id, reason, hint }: Held, { text }: Room): string {
  const job = job_id === null ? "" : ` ${md(`(job ${job_id})`, text)}`;
  return `${code(key, text)}${job}: ${md(reason, text)}<br>→ ${md(hint, text)}`;
}

/** What refuses a plan, with the way out. */
export function guardsSection(guards: readonly Guard[], heading: string, room: Room): string {
  return section(
    heading,
    listed(
      guards,
      Math.max(5, room.items),
      (guard) =>
        `**${md(guard.name)}**: ${md(guard.message, 2 * room.text)}<br>→ ${md(guardWay(guard), 2 * room.text)}`,
    ),
  );
}

/** Problems with their places and how to mend them, errors first. */
export function problemsSection(diagnostics: readonly Diagnostic[], room: Room): string {
  const of = (severity: Diagnostic["severity"]): readonly Diagnostic[] =>
    diagnostics.filter((one) => one.severity === severity);
  const told = (heading: string, some: readonly Diagnostic[]): string =>
    section(
      heading,
      listed(some, room.items, (one) => problemText(one, room)),
    );
  const texts = [told("Errors:", of("error")), told("Warnings:", of("warning"))];
  return texts.filter((text) => text !== "").join("\n\n");
}

function problemText({ message, file, line, column, hint }: Diagnostic, { text }: Room): string {
  const place = line > 0 ? `${file}:${line}:${column}` : file;
  const at = place === "" ? "" : `${code(place, text)}: `;
  return `${at}${md(message, text)}${hint === undefined ? "" : `<br>→ ${md(hint, text)}`}`;
}
