// Adoption: new vacancies against jobs that nobody claims, counted, not guessed.
import type { Traits } from "../model/attributes.ts";
import { compareText } from "../model/diagnostic.ts";
import { isTwin, sameContent } from "../model/equality.ts";
import type { JobStatus, JobView } from "../model/job.ts";
import { refKey } from "../model/job.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { groupBy, textOf } from "./match.ts";

/** Which job is taken first where several are equal. A rejected one is never taken. */
const rank: Readonly<Record<JobStatus, number>> = {
  active: 0,
  pending: 1,
  hidden: 2,
  expired: 3,
  closed: 4,
  rejected: 9,
};

/** Statuses in which a job is, or may soon be, shown to people: only these can be a second copy. */
const shown: ReadonlySet<JobStatus> = new Set(["active", "pending", "hidden"]);

const rankOf = (view: JobView): number => rank[view.status ?? "active"];

/** Active before expired before closed, newest first. */
function byRank(a: JobView, b: JobView): number {
  return (
    rankOf(a) - rankOf(b) ||
    (b.expiresAt ?? 0) - (a.expiresAt ?? 0) ||
    refKey(b.ref).length - refKey(a.ref).length ||
    compareText(refKey(b.ref), refKey(a.ref))
  );
}

export interface Adoptions {
  /** Key to the job it takes over. */
  readonly adopted: ReadonlyMap<string, JobView>;
  /** Key to a job that may well be another copy of it. */
  readonly twins: ReadonlyMap<string, JobView>;
}

/**
 * `jobs` are those that nobody claims, `remembered` can be twins only, and `anew` are vacancies that had a job and take
 * over no other; of n equal vacancies and m equal jobs, min(n, m) are adopted.
 */
export function findAdoptions(
  traits: Traits,
  fresh: readonly Vacancy[],
  jobs: readonly JobView[],
  remembered: readonly JobView[],
  anew: readonly Vacancy[] = [],
): Adoptions {
  if (fresh.length + anew.length === 0 || jobs.length + remembered.length === 0)
    return { adopted: new Map(), twins: new Map() };
  const free = jobs.filter((view) => view.status !== "rejected").sort(byRank);
  const byTitle = groupBy(free, (view) => textOf(view.attributes[traits.roles.title]));
  const adopted = pair(fresh, (vacancy) =>
    (byTitle.get(textOf(vacancy.attributes[traits.roles.title]) ?? "") ?? []).filter((view) =>
      sameContent(traits, vacancy.attributes, view),
    ),
  );
  const taken = new Set([...adopted.values()].map((view) => refKey(view.ref)));
  const rest = [...free, ...remembered].filter(
    (view) => !taken.has(refKey(view.ref)) && shown.has(view.status ?? "active"),
  );
  return {
    adopted,
    twins: findTwins(traits, [...fresh.filter((vacancy) => !adopted.has(vacancy.key)), ...anew], rest),
  };
}

function findTwins(
  traits: Traits,
  fresh: readonly Vacancy[],
  jobs: readonly JobView[],
): Map<string, JobView> {
  const names = [traits.roles.title, traits.roles.text];
  const indexes = names.map((name) => ({
    name,
    jobs: groupBy(jobs, (view) => textOf(view.attributes[name])),
  }));
  const twins = new Map<string, JobView>();
  for (const vacancy of fresh) {
    const near = indexes.flatMap(
      (index) => index.jobs.get(textOf(vacancy.attributes[index.name]) ?? "") ?? [],
    );
    const twin = near.find((view) => isTwin(traits, vacancy.attributes, view.attributes));
    if (twin) twins.set(vacancy.key, twin);
  }
  return twins;
}

/**
 * Gives as many vacancies a job as can have one: those with the fewest choices first, and a vacancy that finds all
 * its jobs taken asks their takers to move on (augmenting paths).
 */
function pair(fresh: readonly Vacancy[], choicesOf: (vacancy: Vacancy) => JobView[]): Map<string, JobView> {
  const choices = new Map(fresh.map((vacancy) => [vacancy.key, choicesOf(vacancy)]));
  const order = [...choices].sort(([a, x], [b, y]) => x.length - y.length || compareText(a, b));
  const takers = new Map<string, { key: string; view: JobView }>();
  const settle = (key: string, asked: Set<string>): boolean => {
    const open = choices.get(key) ?? [];
    for (const view of open) {
      if (!takers.has(refKey(view.ref))) {
        takers.set(refKey(view.ref), { key, view });
        return true;
      }
    }
    for (const view of open) {
      const job = refKey(view.ref);
      const taker = takers.get(job);
      if (taker === undefined || asked.has(job)) continue;
      asked.add(job);
      if (settle(taker.key, asked)) {
        takers.set(job, { key, view });
        return true;
      }
    }
    return false;
  };
  for (const [key, open] of order) if (open.length > 0) settle(key, new Set());
  return new Map([...takers.values()].map(({ key, view }) => [key, view]));
}
