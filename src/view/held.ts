// What a plan leaves alone or would refuse, and how to go on.
import { type Guard, guardNames, type Held } from "../model/plan.ts";
import { keyText } from "./change.ts";
import { cleanLine } from "./clean.ts";
import type { Paint, Style } from "./paint.ts";
import { foldersText, someText } from "./places.ts";
import { wrap } from "./table.ts";

/** More held vacancies of one kind than this are told together. */
const grouped = 5;
/** Keys that are named then. */
const named = 10;

/** Held vacancies with the reason and the way out, those that are held alike together. */
export function heldText(
  held: readonly Held[],
  paint: Paint,
  style: Pick<Style, "verbose" | "width">,
): string {
  if (held.length === 0) return "";
  const { single, together } = style.verbose ? { single: held, together: [] } : heldKinds(held);
  return [
    paint("bold", "Held, until somebody decides:"),
    ...single.map((one) => oneText(one, paint)),
    ...together.map((kind) => kindText(kind, paint, style.width)),
    ...(together.length > 0
      ? [paint("dim", "  (those held alike are shown together; --verbose shows each)")]
      : []),
  ].join("\n");
}

/** Those that are told one by one, and the many that are held alike. */
export function heldKinds(held: readonly Held[]): { single: readonly Held[]; together: readonly Held[][] } {
  const kinds = new Map<string, Held[]>();
  for (const one of held) {
    const kind = kinds.get(kindOf(one));
    if (kind) kind.push(one);
    else kinds.set(kindOf(one), [one]);
  }
  const together = [...kinds.values()].filter((kind) => kind.length > grouped);
  const all = new Set(together.flat());
  return { single: held.filter((one) => !all.has(one)), together };
}

function oneText(one: Held, paint: Paint): string {
  return `  ${paint("yellow", "!")} ${keyText(one, "", paint)}\n    ${cleanLine(one.reason)}\n    → ${cleanLine(one.hint)}`;
}

/** Two vacancies of one kind are held by one guard, or with the same words but for keys, jobs and days. */
function kindOf(one: Held): string {
  return one.guard ?? general(one.reason, one);
}

function general(text: string, { key, job_id }: Held): string {
  const plain = text.replaceAll(key, "KEY");
  const named = plain.replace(/\bjob \d+/g, "job ID");
  return (job_id === null ? named : named.replaceAll(`job ${job_id}`, "job ID")).replace(
    /\b\d{1,2} \p{L}{3,4} \d{4}\b/gu,
    "DATE",
  );
}

function kindText(kind: readonly Held[], paint: Paint, width: number): string {
  const [head = "", ...rest] = kindLines(kind).flatMap((line) => wrap(line, Math.max(40, width - 4)));
  return [`  ${paint("yellow", "!")} ${paint("bold", head)}`, ...rest.map((line) => `    ${line}`)].join(
    "\n",
  );
}

/** How many are held alike and why, which they are, where, and the way out. */
export function kindLines(kind: readonly Held[]): string[] {
  const [first] = kind;
  if (!first) return [];
  const keys = kind.map(({ key }) => key);
  const guard = first.guard === undefined ? "" : ` by the guard ${first.guard}`;
  const folders = foldersText(keys);
  return [
    `${kind.length} vacancies${guard}: ${cleanLine(first.reason)}${kind.every(({ reason }) => reason === first.reason) ? "" : ", and alike"}`,
    someText(keys, named),
    ...(folders === "" ? [] : [`by folder: ${folders}`]),
    `→ ${cleanLine(first.hint.replaceAll(first.key, "KEY"))}`,
  ];
}

/** Guards that refuse a plan, each with how it is allowed, or what else can be done. */
export function guardText(guards: readonly Guard[], paint: Paint): string {
  if (guards.length === 0) return "";
  const lines = guards.map(
    (guard) =>
      `  ${paint("red", guard.name)}: ${cleanLine(guard.message)}\n    → ${cleanLine(guardWay(guard))}`,
  );
  return [paint("bold", "An apply would refuse this plan:"), ...lines].join("\n");
}

/** How a guard is allowed, or what else can be done. */
export function guardWay({ name, allow }: Guard): string {
  const isLifted = (guardNames as readonly string[]).includes(name);
  if (!isLifted) return allow;
  const fits = name === "budget" ? "; --within-budget applies what fits" : "";
  return `if it is meant so: ${allow}, or Vac-Allow: ${name} in a commit's last lines${fits}`;
}
