// From chosen jobs to what is written of them: values, and the file that each gets.
import { slugify } from "transliteration";
import { cityWord, type Importable, nameFiles, type Slugify, statedByDefaults } from "../config/index.ts";
import type { Attributes, Traits } from "../model/attributes.ts";
import { refKey } from "../model/job.ts";
import type { State } from "../model/state.ts";
import type { Chosen } from "../plan/importable.ts";
import { professionsFor } from "./dictionary.ts";
import type { Ground } from "./planning.ts";

/** Values and file of each job; a job that once had a file gets it back, if nothing else has its name now. */
export async function importables(
  ground: Ground,
  state: State,
  chosen: readonly Chosen[],
  into: string,
): Promise<Importable[]> {
  if (chosen.length === 0) return [];
  const { compiled, open } = ground;
  const { traits } = open.board;
  const titles = await titlesFor(ground, chosen);
  const existing = new Set(compiled.sources.files.map(({ name }) => name));
  const taken = new Set([
    ...existing,
    ...compiled.vacancies.map(({ key }) => key),
    ...Object.keys(state.entries),
  ]);
  const files = nameFiles(
    chosen.map(({ view }) => ({
      id: refKey(view.ref),
      title: String(view.attributes[traits.roles.title] ?? ""),
      address: String(view.attributes[traits.roles.address] ?? ""),
    })),
    { slugify, into, folders: foldersOf(ground, slugify), taken, isAvoided: avoidedIn(ground) },
  );
  return chosen.map(({ view, status, was }): Importable => {
    const id = refKey(view.ref);
    const entry = was === undefined ? undefined : state.entries[was];
    const attributes = { ...hiddenOf(traits, entry?.applied), ...view.attributes };
    const profession = titles.get(String(attributes[traits.roles.kind]));
    const before = entry?.location === undefined ? entry?.file : undefined;
    return {
      id,
      file:
        before !== undefined && was === keyOf(before) && !existing.has(before)
          ? before
          : (files.get(id) ?? ""),
      attributes,
      closed: status === "closed",
      ...(profession !== undefined && { profession }),
      ...(view.publication !== undefined && { publication: view.publication }),
    };
  });
}

const keyOf = (file: string): string => file.replace(/\.ya?ml$/i, "");

/** What was applied to a job and reads don't show. */
function hiddenOf(traits: Traits, applied: Attributes = {}): Attributes {
  return Object.fromEntries(
    Object.entries(applied).filter(([name]) => traits.attributes[name]?.read !== "always"),
  );
}

/** Titles by profession, those that name only one; read only where a job tells its profession. */
async function titlesFor(
  { workspace, open }: Ground,
  chosen: readonly Chosen[],
): Promise<Map<string, string>> {
  const { kind } = open.board.traits.roles;
  if (chosen.every(({ view, was }) => view.attributes[kind] === undefined && was === undefined))
    return new Map();
  const items = await professionsFor([], workspace.dir, workspace.address, open.board);
  const word = (title: string): string => title.normalize("NFC").trim().toLowerCase();
  const counts = new Map<string, number>();
  for (const { title } of items) counts.set(word(title), (counts.get(word(title)) ?? 0) + 1);
  return new Map(
    items.filter(({ title }) => counts.get(word(title)) === 1).map(({ id, title }) => [id, title]),
  );
}

/** The folder in which most vacancies of a city are already, by the city's word. */
function foldersOf({ compiled, open }: Ground, slugify: Slugify): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { file, attributes } of compiled.vacancies) {
    const word = cityWord(String(attributes[open.board.traits.roles.address] ?? ""), slugify);
    if (word === undefined) continue;
    const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
    const folders = counts.get(word) ?? new Map<string, number>();
    counts.set(word, folders.set(folder, (folders.get(folder) ?? 0) + 1));
  }
  return new Map(
    [...counts].map(([word, folders]) => [
      word,
      [...folders].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? "",
    ]),
  );
}

/** Whether defaults of a folder state what the board doesn't show: a file there would have it sent to its job. */
function avoidedIn({ compiled, open }: Ground): (folder: string) => boolean {
  const known = new Map<string, boolean>();
  return (folder) => {
    const stated = known.get(folder) ?? [...statedByDefaults(compiled.sources, folder)].some(isHidden);
    known.set(folder, stated);
    return stated;
  };
  function isHidden(name: string): boolean {
    return name === "profession" || open.board.traits.attributes[name]?.read === "never";
  }
}
