// What the planner has to know of git, asked before planning so that it needn't wait.
import { statedAt } from "../config/index.ts";
import { renamesSince } from "../git/renames.ts";
import type { Repository } from "../git/repository.ts";
import { normalText } from "../model/equality.ts";
import { refKey } from "../model/job.ts";
import type { State, StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import type { History, Known } from "../plan/input.ts";

/** Without git everything is known: its rules have no say then. */
const everything: History = { knows: () => "yes", accepts: () => "yes" };

/** What HEAD knows of the keys whose files are absent, and of values that were accepted from the board. */
export async function historyFor(
  repository: Repository | undefined,
  state: State,
  desired: readonly Vacancy[],
): Promise<History> {
  if (!repository) return everything;
  const wanted = new Map(desired.map((vacancy) => [vacancy.key, vacancy]));
  const absent = Object.entries(state.entries).filter(
    ([key, entry]) => !wanted.has(key) && entry.tombstone === undefined,
  );
  const known = await knownKeys(repository, absent);
  const accepted = await acceptedValues(repository, state, wanted);
  return {
    knows: (key) => known.get(key) ?? "yes",
    accepts: (job, attribute) => accepted.get(`${job} ${attribute}`) ?? "yes",
  };
}

async function knownKeys(
  repository: Repository,
  absent: readonly (readonly [string, StateEntry])[],
): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  /** Files that only the history itself can tell of, by the commit after which they must have come. */
  const asked = new Map<string, [string, string, Known][]>();
  for (const [key, { commit, uncommitted, file }] of absent) {
    if (commit === null) continue;
    const contained = await repository.contains(commit);
    if (contained === "yes" && !uncommitted) continue;
    asked.set(commit, [
      ...(asked.get(commit) ?? []),
      [key, file, contained === "unknown" ? "unknown" : "no"],
    ]);
  }
  for (const [commit, keys] of asked) {
    const files = [...new Set(keys.map(([, file]) => file))];
    const touched = await repository.history.touched(files, commit);
    for (const [key, file, otherwise] of keys) known.set(key, touched.has(file) ? "yes" : otherwise);
  }
  return known;
}

/** By job and attribute, where it matters: whether a version of the file that HEAD has had states the accepted value. */
async function acceptedValues(
  { history }: Repository,
  { entries }: State,
  wanted: ReadonlyMap<string, Vacancy>,
): Promise<Map<string, Known>> {
  const values = new Map<string, Known>();
  const versions = new Map<string, readonly string[]>();
  for (const [key, { job, accepted = {} }] of Object.entries(entries)) {
    for (const [name, { commit, file, path, before, stated }] of Object.entries(accepted)) {
      // Only a file that states what it stated before makes it a question.
      const vacancy = wanted.get(key);
      const desired = name === "status" ? vacancy?.status : vacancy?.attributes[name];
      if (vacancy && !isSame(desired ?? null, before)) continue;
      const word = `${commit} ${file}`;
      const texts = versions.get(word) ?? (await history.versions(file, commit).catch(() => []));
      versions.set(word, texts);
      const has = texts.some((text) => isSame(statedAt(text, path), stated));
      values.set(`${refKey(job)} ${name}`, has ? "yes" : "no");
    }
  }
  return values;
}

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === "string" && typeof b === "string" && normalText(a) === normalText(b));

/** Files renamed since the last apply: asked only where a key has gone and another has come, for it takes a while. */
export async function renamesFor(
  repository: Repository | undefined,
  folder: string,
  state: State,
  desired: readonly Vacancy[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(desired.map(({ key }) => key));
  const vanished = Object.entries(state.entries).some(([key, entry]) => !wanted.has(key) && !entry.tombstone);
  const fresh = desired.some(({ key }) => state.entries[key] === undefined);
  if (!repository || state.commit === undefined || !vanished || !fresh) return new Map();
  return renamesSince(folder, state.commit);
}
