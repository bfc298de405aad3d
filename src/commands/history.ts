// What the planner has to know of git, asked before planning so that it needn't wait.
import { createHash } from "node:crypto";
import { statedAt } from "../config/index.ts";
import { renamesSince } from "../git/renames.ts";
import type { Repository } from "../git/repository.ts";
import { normalText } from "../model/equality.ts";
import { addTo } from "../model/groups.ts";
import { refKey } from "../model/job.ts";
import { OpenCalls } from "../model/open.ts";
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

/** A key whose file the history itself has to tell of. */
interface Asked {
  readonly key: string;
  readonly entry: StateEntry;
  readonly otherwise: Known;
}

async function knownKeys(
  repository: Repository,
  absent: readonly (readonly [string, StateEntry])[],
): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  const asked = new Map<string, Asked[]>();
  for (const [key, entry] of absent) {
    const { commit, uncommitted } = entry;
    if (commit === null) continue;
    const contained = await repository.contains(commit);
    if (contained === "yes" && !uncommitted) continue;
    const otherwise = contained === "unknown" ? "unknown" : "no";
    addTo(asked, commit, { key, entry, otherwise });
  }
  for (const [commit, keys] of asked) {
    const touched = await repository.history.touched(
      keys.map(({ entry }) => entry.file),
      commit,
    );
    for (const { key, entry, otherwise } of keys) {
      const has = touched ? touched.has(entry.file) : await hadText(repository, entry);
      known.set(key, has ? "yes" : otherwise);
    }
  }
  return known;
}

/**
 * Whether HEAD ever had a file with just this text. Where the commit that brought it isn't there, as after a squash in
 * another clone, this is the only witness: an older file of the same name isn't one.
 */
async function hadText({ history }: Repository, { file, textHash }: StateEntry): Promise<boolean> {
  const texts = (await history.versions(file, null)) ?? [];
  return texts.some((text) => createHash("sha256").update(text).digest("hex") === textHash);
}

/** By job and attribute, where it matters: whether a version of the file that HEAD has had states the accepted value. */
async function acceptedValues(
  repository: Repository,
  { entries }: State,
  wanted: ReadonlyMap<string, Vacancy>,
): Promise<Map<string, Known>> {
  const values = new Map<string, Known>();
  for (const [key, { job, accepted = {} }] of Object.entries(entries)) {
    for (const [name, mark] of Object.entries(accepted)) {
      // Only a file that states what it stated before makes it a question.
      const vacancy = wanted.get(key);
      const desired = name === "status" ? vacancy?.status : vacancy?.attributes[name];
      if (vacancy && !mark.before.includes(desired ?? null)) continue;
      values.set(`${refKey(job)} ${name}`, await hasArrived(repository, mark));
    }
  }
  return values;
}

type Mark = NonNullable<StateEntry["accepted"]>[string];

async function hasArrived({ contains, history }: Repository, mark: Mark): Promise<Known> {
  const contained = mark.commit === null ? "yes" : await contains(mark.commit);
  if (mark.arrived && contained === "yes") return "yes";
  const texts = (await history.versions(mark.file, mark.commit)) ?? [];
  if (texts.some((text) => isSame(statedAt(text, mark.path), mark.stated))) return "yes";
  return contained === "unknown" ? "unknown" : "no";
}

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === "string" && typeof b === "string" && normalText(a) === normalText(b));

/** Commits that renames are looked for since: each takes a while. */
const comparedCommits = 3;

/** Files renamed since the last apply of the whole: asked only where a key has gone and another has come, for it takes a while. */
export async function renamesFor(
  repository: Repository | undefined,
  folder: string,
  state: State,
  desired: readonly Vacancy[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(desired.map(({ key }) => key));
  const vanished = Object.entries(state.entries).some(([key, entry]) => !wanted.has(key) && !entry.tombstone);
  const open = new OpenCalls(state).creates().filter(({ key }) => !wanted.has(key));
  const fresh = desired.some(({ key }) => state.entries[key] === undefined);
  const applied = state.whole ?? state.commit;
  if (!repository || !fresh) return new Map();
  // What was about to be published when a run was cut short came with a commit that the state may not have yet.
  const since = new Set([
    ...(vanished && applied !== undefined ? [applied] : []),
    ...open.flatMap(({ entry: { commit } }) => (commit === null ? [] : [commit])),
  ]);
  const found = new Map<string, string>();
  for (const commit of [...since].slice(0, comparedCommits))
    for (const [to, from] of await renamesSince(folder, commit)) if (!found.has(to)) found.set(to, from);
  return found;
}
