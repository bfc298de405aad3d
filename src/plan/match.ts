// Which job is a vacancy? Pairs new keys with vanished ones (moves) and with jobs that nobody claims (adoptions).
import type { Attributes, Traits } from "../model/attributes.ts";
import { compareText } from "../model/diagnostic.ts";
import { equalValue, normalText, samePlace } from "../model/equality.ts";
import { addTo } from "../model/groups.ts";
import { type JobView, refKey } from "../model/job.ts";
import type { State, StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import type { Live } from "./input.ts";

/** A key whose file is gone, with what the state knows of it. */
interface Vanished {
  readonly key: string;
  readonly entry: StateEntry;
}

export interface Moves {
  /** New key to the key it had. */
  readonly from: ReadonlyMap<string, string>;
  /** New and vanished keys with one title and place that nothing pairs: each with the other's name. */
  readonly replaced: ReadonlyMap<string, string>;
}

/** What a rung of the ladder compares: a vacancy and an entry with one word are one vacancy. */
interface Rung {
  readonly ofVacancy: (vacancy: Vacancy) => string | undefined;
  readonly ofEntry: (entry: StateEntry) => string | undefined;
}

/** One word for a text or file, and the location in it. */
export const placed = (file: string, location: string | undefined): string => `${file}@${location ?? ""}`;

/** The ladder of identity after the key itself: text hash, git's renames, equal content. */
function ladder(renames: ReadonlyMap<string, string> | undefined): Rung[] {
  return [
    {
      ofVacancy: (vacancy) => placed(vacancy.textHash, vacancy.location),
      ofEntry: (entry) => placed(entry.textHash, entry.location),
    },
    {
      ofVacancy: (vacancy) => {
        const before = renames?.get(vacancy.file);
        return before === undefined ? undefined : placed(before, vacancy.location);
      },
      ofEntry: (entry) => placed(entry.file, entry.location),
    },
    {
      ofVacancy: (vacancy) => contentWord(vacancy.attributes),
      ofEntry: (entry) => contentWord(entry.applied),
    },
  ];
}

/** One word for a set of attributes: equal sets have equal words. Empty values count as absent. */
export function contentWord(attributes: Attributes): string {
  const pairs = Object.entries(attributes)
    .map(([name, value]) => [name, typeof value === "string" ? normalText(value) : value] as const)
    .filter(([, value]) => value !== null && value !== "")
    .sort(([a], [b]) => compareText(a, b));
  return JSON.stringify(pairs);
}

/**
 * Pairs vanished keys with new ones; where n stand against m, the longest publication goes first. A remembered job that
 * people see again is paired too, or it would be bought a second time; and a key whose memory is of another vacancy is
 * as good as new.
 */
export function findMoves(
  traits: Traits,
  state: State,
  desired: readonly Vacancy[],
  isShown: (entry: StateEntry) => boolean,
  renames?: ReadonlyMap<string, string>,
): Moves {
  const wanted = new Set(desired.map((vacancy) => vacancy.key));
  let fresh = desired.filter((vacancy) => isNew(vacancy, state.entries[vacancy.key]));
  let vanished: Vanished[] = Object.entries(state.entries)
    .filter(([key, entry]) => !wanted.has(key) && (entry.tombstone === undefined || isShown(entry)))
    .map(([key, entry]) => ({ key, entry }))
    .sort(longestFirst);
  const from = new Map<string, string>();
  for (const rung of ladder(renames)) {
    if (fresh.length === 0 || vanished.length === 0) break;
    const waiting = groupBy(vanished, ({ entry }) => rung.ofEntry(entry));
    for (const vacancy of fresh) {
      const word = rung.ofVacancy(vacancy);
      const match = word === undefined ? undefined : waiting.get(word)?.shift();
      if (match) from.set(vacancy.key, match.key);
    }
    const taken = new Set(from.values());
    fresh = fresh.filter((vacancy) => !from.has(vacancy.key));
    vanished = vanished.filter(({ key }) => !taken.has(key));
  }
  const unknown = fresh.filter(({ key }) => state.entries[key] === undefined);
  const left = vanished.filter(({ entry }) => entry.tombstone === undefined);
  return { from, replaced: findReplaced(traits, unknown, left) };
}

/** Nothing is known of it, or only what is remembered of another vacancy that had its key. */
function isNew(vacancy: Vacancy, entry: StateEntry | undefined): boolean {
  if (entry === undefined) return true;
  if (entry.tombstone === undefined || vacancy.textHash === entry.textHash) return false;
  return contentWord(vacancy.attributes) !== contentWord(entry.applied);
}

function findReplaced(
  traits: Traits,
  fresh: readonly Vacancy[],
  vanished: readonly Vanished[],
): Map<string, string> {
  const replaced = new Map<string, string>();
  const title = traits.roles.title;
  const byTitle = groupBy(vanished, ({ entry }) => textOf(entry.applied[title]));
  for (const vacancy of fresh) {
    const other = byTitle
      .get(textOf(vacancy.attributes[title]) ?? "")
      ?.find(({ key, entry }) => !replaced.has(key) && samePlace(traits, vacancy.attributes, entry.applied));
    if (other) replaced.set(vacancy.key, other.key).set(other.key, vacancy.key);
  }
  return replaced;
}

/** Jobs of the account that nobody claims: not managed, not remembered, not ignored. */
export function unclaimed(state: State, live: Live, ignore: readonly string[]): JobView[] {
  const claimed = new Set(ignore);
  for (const { job } of Object.values(state.entries)) {
    const view = live.jobs.get(refKey(job));
    claimed.add(refKey(job));
    // What went by a ticket has an id by now.
    if (view) claimed.add(refKey(view.ref));
  }
  return [...live.jobs.values()].filter((view) => !claimed.has(refKey(view.ref)));
}

/** Files that went now before those that went long ago. */
function longestFirst(a: Vanished, b: Vanished): number {
  const gone = ({ entry }: Vanished): number => (entry.tombstone === undefined ? 0 : 1);
  const until = ({ entry }: Vanished): number => entry.observed.expiresAt ?? 0;
  return gone(a) - gone(b) || until(b) - until(a) || compareText(a.key, b.key);
}

/** Normalised text of a value, as a key to look up by; undefined where there is none. */
export function textOf(value: Attributes[string] | undefined): string | undefined {
  return value === undefined || value === null || equalValue("text", value, null)
    ? undefined
    : normalText(String(value));
}

/** Groups in the order of the items; items without a word are left out. */
export function groupBy<T>(items: Iterable<T>, wordOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const word = wordOf(item);
    if (word === undefined) continue;
    addTo(groups, word, item);
  }
  return groups;
}
