// Whether patched files make what was wanted, and nothing else.
import type { Value } from "../../model/attributes.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { equalValue } from "../../model/equality.ts";
import type { Vacancy } from "../../model/vacancy.ts";
import type { Compiled } from "../compile.ts";
import type { Patch, Want } from "./want.ts";

/** Files of which a patch made something else than was wanted, with the reason. */
export function wrongFiles(
  before: Compiled,
  after: Compiled,
  wants: readonly Want[],
  patches: readonly Patch[],
): Map<string, string> {
  const wrong = new Map<string, string>();
  const known = new Set(before.diagnostics.map(wordOf));
  for (const diagnostic of after.diagnostics) {
    if (diagnostic.severity !== "error" || known.has(wordOf(diagnostic))) continue;
    const files = patches.filter(({ file }) => file === diagnostic.file);
    const at = files.length > 0 ? files : patches;
    for (const { file } of at) wrong.set(file, diagnostic.message);
  }
  if (wrong.size > 0) return wrong;
  const wanted = new Map(wants.map((want) => [`${want.key} ${want.name}`, want]));
  const vacancies = new Map(after.vacancies.map((vacancy) => [vacancy.key, vacancy]));
  for (const old of before.vacancies) {
    const now = vacancies.get(old.key);
    if (now && isAsWanted(old, now, wanted)) continue;
    const why = `${old.key} would become something else than the board has: edit it by hand`;
    const concerned = patches.filter(
      ({ file, wants: own }) => file === old.file || own.some(({ key }) => key === old.key),
    );
    for (const { file } of concerned.length > 0 ? concerned : patches) wrong.set(file, why);
  }
  return wrong;
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
