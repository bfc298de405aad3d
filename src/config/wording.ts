// Values as messages show them, and what a person may have meant.
import { distance } from "fastest-levenshtein";

/** A value in a sentence: texts in quotes and cut, maps and lists by their kind. */
export function show(value: unknown): string {
  if (typeof value === "string") return quote(cut(value));
  if (value === null || value === undefined) return "null";
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "a map";
  return String(value);
}

/** The text in double quotes, as YAML reads it. */
export const quote = (text: string): string => JSON.stringify(text);

/** Spaces that look like one and that YAML takes for letters, as they come along with text from other programs. */
export const noBreakSpace = /[\u00a0\u2007\u202f]/;

function cut(text: string): string {
  const points = [...text];
  return points.length > 60 ? `${points.slice(0, 59).join("")}…` : text;
}

/** Text as it is compared with names that a person may have mistyped. */
export const folded = (text: string): string => text.normalize("NFC").trim().toLowerCase();

/**
 * The names that are nearest to a text, best first; none that differs in more than about a third of its letters.
 */
export function nearest(text: string, names: readonly string[], count = 3): string[] {
  const wanted = folded(text).slice(0, 100);
  const once = new Map(names.map((name) => [folded(name), name]));
  return [...once.values()]
    .map((name) => ({ name, far: far(wanted, folded(name)) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.ceil(name.length / 3)))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

/** Edit distance; a name that holds the other one is near too. */
function far(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const begins = short.length >= 3 && long.startsWith(short);
  const holds = short.length >= 4 && long.includes(short);
  return Math.min(distance(a, b), begins ? 1 : holds ? 2 : Number.POSITIVE_INFINITY);
}

/** Which letters of a name only look like those of the one that is meant. */
export function lookalikes(name: string, near: string): string {
  const foreign = [...new Set(name.match(/\p{Script=Cyrillic}/gu))].map(show);
  if (foreign.length === 0 || name.length !== near.length) return "";
  return ` ${foreign.join(", ")} in it ${foreign.length === 1 ? "is a Russian letter" : "are Russian letters"}`;
}
