// Titles of professions to the board's ids.
import type { Attributes } from "../model/attributes.ts";
import { type Compiled, type WantedTitle, withProblems } from "./compile.ts";
import { type Problem, start } from "./problem.ts";
import { sent } from "./shapes.ts";
import { folded, nearest, show } from "./wording.ts";

/** An item of the board's dictionary. */
export interface Profession {
  readonly id: string | number;
  readonly title: string;
}

/** Codes of what this module says, so that resolving again replaces it. */
const codes = new Set(["unknown-profession", "ambiguous-profession", "professions-unchecked"]);

/**
 * Sets `profession_id` (a number) where a vacancy names its profession by title. A title that isn't in the dictionary
 * is an error where it is stated. Without a dictionary one warning says so, and those ids stay absent.
 */
export function resolveProfessions(
  compiled: Compiled,
  professions: readonly Profession[] | undefined,
): Compiled {
  const kept = compiled.diagnostics.filter(({ code }) => !codes.has(code));
  if (compiled.wanted.length === 0) return { ...compiled, diagnostics: kept };
  if (professions === undefined) {
    return { ...compiled, diagnostics: withProblems(compiled, kept, [unchecked(compiled.titles)]) };
  }
  const ids = new Map<string, number[]>();
  for (const { id, title } of professions) {
    const same = ids.get(folded(title));
    if (same === undefined) ids.set(folded(title), [Number(id)]);
    else if (!same.includes(Number(id))) same.push(Number(id));
  }
  const problems: Problem[] = [];
  const resolved = new Map<string, number>();
  for (const wanted of compiled.wanted) {
    const found = ids.get(folded(wanted.title)) ?? [];
    const [id] = found;
    if (found.length === 1 && id !== undefined) resolved.set(wanted.key, id);
    else problems.push(found.length === 0 ? unknown(wanted, professions) : ambiguous(wanted, found));
  }
  const vacancies = compiled.vacancies.map((vacancy) => {
    const id = resolved.get(vacancy.key);
    return id === undefined ? vacancy : { ...vacancy, attributes: withId(vacancy.attributes, id) };
  });
  return { ...compiled, vacancies, diagnostics: withProblems(compiled, kept, problems) };
}

/** The attributes with the id in its place of the canonical order. */
function withId(attributes: Attributes, id: number): Attributes {
  const result: Attributes = {};
  for (const name of sent) {
    const value = name === "profession_id" ? id : attributes[name];
    if (value !== undefined) result[name] = value;
  }
  return result;
}

function unchecked(titles: readonly string[]): Problem {
  const what =
    titles.length === 1 ? "the profession's title wasn't" : `${titles.length} titles of professions weren't`;
  return {
    severity: "warning",
    code: "professions-unchecked",
    message: `${what} checked, as the board's dictionary hasn't been read yet`,
    hint: "vac plan reads and keeps it",
    file: "",
    spot: start,
  };
}

function unknown({ key, title, file, path }: WantedTitle, professions: readonly Profession[]): Problem {
  const near = nearest(
    title,
    professions.map((profession) => profession.title),
    3,
  );
  return {
    severity: "error",
    code: "unknown-profession",
    message: `the board knows no profession ${show(title)}`,
    hint: near.length > 0 ? `did you mean ${near.join(", or ")}?` : "vac dictionaries professions lists them",
    file,
    spot: { path, part: "value" },
    key,
  };
}

function ambiguous({ key, title, file, path }: WantedTitle, ids: readonly number[]): Problem {
  return {
    severity: "error",
    code: "ambiguous-profession",
    message: `the board knows several professions ${show(title)}: ${ids.join(", ")}`,
    hint: `write profession_id: ${ids[0]} or another of them instead of the title`,
    file,
    spot: { path, part: "value" },
    key,
  };
}
