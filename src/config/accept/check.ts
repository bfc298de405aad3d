// Whether patched files make what was wanted, and nothing else.
import type { Value } from "../../model/attributes.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { equalValue } from "../../model/equality.ts";
import type { Vacancy } from "../../model/vacancy.ts";
import type { Compiled } from "../compile.ts";
import type { Patch, Want } from "./want.ts";

/** Wants that made something else than was wanted, with the reason; no more than can be told to be at fault. */
export function wrongWants(before: Compiled, after: Compiled, patches: readonly Patch[]): Map<Want, string> {
  const wants = patches.flatMap((patch) => patch.wants);
  const wrong = new Map<Want, string>();
  const known = new Set(before.diagnostics.map(wordOf));
  const filesOf = new Map(before.vacancies.map(({ key, file }) => [key, file]));
  for (const diagnostic of after.diagnostics) {
    if (diagnostic.severity !== "error" || known.has(wordOf(diagnostic))) continue;
    for (const want of concernedBy(diagnostic, wants, patches, filesOf)) wrong.set(want, diagnostic.message);
  }
  if (wrong.size > 0) return wrong;
  const wanted = new Map(wants.map((want) => [`${want.key} ${want.name}`, want]));
  const vacancies = new Map(after.vacancies.map((vacancy) => [vacancy.key, vacancy]));
  for (const old of before.vacancies) {
    const now = vacancies.get(old.key);
    if (now && isAsWanted(old, now, wanted)) continue;
    const why = `${old.key} would become something else than the board has: edit it by hand`;
    const own = wants.filter(({ key }) => key === old.key);
    for (const want of own.length > 0 ? own : wants) wrong.set(want, why);
  }
  return wrong;
}

/** The wants that an error is about: those of its vacancy, of its file, else all; of these the ones that it names. */
function concernedBy(
  { key, file, message }: Diagnostic,
  wants: readonly Want[],
  patches: readonly Patch[],
  filesOf: ReadonlyMap<string, string>,
): readonly Want[] {
  const inFile = new Set(patches.filter((patch) => patch.file === file).flatMap((patch) => patch.wants));
  const choices = [
    wants.filter((want) => want.key === key),
    wants.filter((want) => inFile.has(want) || filesOf.get(want.key) === file),
    wants,
  ];
  const near = choices.find((choice) => choice.length > 0) ?? [];
  const named = near.filter(({ name }) => message.includes(name));
  return named.length > 0 ? named : near;
}

const wordOf = ({ file, code, message }: Diagnostic): string => JSON.stringify([file, code, message]);

function isAsWanted(old: Vacancy, now: Vacancy, wanted: ReadonlyMap<string, Want>): boolean {
  const names = new Set([...Object.keys(old.attributes), ...Object.keys(now.attributes)]);
  for (const name of names) {
    const want = wanted.get(`${old.key} ${name}`);
    // Titles are resolved later.
    if (name === "profession_id" && (want !== undefined || now.attributes[name] === undefined)) continue;
    const expected = want ? want.value : old.attributes[name];
    const is = now.attributes[name];
    if (expected === undefined || is === undefined) {
      if (expected !== is) return false;
    } else if (!equalValue(kindOfValue(expected), expected, is)) return false;
  }
  const status = wanted.get(`${old.key} status`);
  if (now.status !== (status?.value ?? old.status)) return false;
  const rest = ({ attributes: _, textHash: __, status: ___, ...others }: Vacancy): string =>
    JSON.stringify(others);
  return rest(old) === rest(now);
}

function kindOfValue(value: Value): "text" | "number" | "flag" {
  return typeof value === "number" ? "number" : typeof value === "boolean" ? "flag" : "text";
}
