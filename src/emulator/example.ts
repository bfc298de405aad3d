/** An example account: 200 jobs as people type them over the years, messy on purpose, and who applied to them. */
import { PUBLICATION_MS } from "./clock.ts";
import { exampleApplications } from "./example/applications.ts";
import { CHAINS, NEAR_TWINS, TWINS } from "./example/chains.ts";
import { ODD_DESCRIPTIONS } from "./example/odd-descriptions.ts";
import { ODDITIES, type Oddity } from "./example/oddities.ts";
import { CITIES, placeIn } from "./example/places.ts";
import { descriptionOf, TRADES, tradeOf } from "./example/texts.ts";
import type { Change, Job, JobAttributes } from "./records.ts";
import type { Person } from "./world/people.ts";

const COUNT = 200;
const FIRST_ID = 1001;
/** Jobs are made in groups and numbered in strides of this, so that the groups mix; it shares no factor with 200. */
const STRIDE = 77;
const HOUR_MS = 60 * 60 * 1000;

/** What one job is made from: equal seeds make equal jobs, but for what `given` says. */
interface Draft {
  seed: number;
  city?: string;
  given: Oddity;
}

/** What became of a job, by its seed: of 40 seeds 30 are active, 6 expired, 3 closed and 1 was never published. */
function fateOf(seed: number): "active" | "expired" | "closed" | "not_published" {
  if ([4, 11, 17].includes(seed % 20)) return "expired";
  if ([7, 22, 38].includes(seed % 40)) return "closed";
  return seed % 40 === 13 ? "not_published" : "active";
}

function publicationOf(seed: number): string {
  if (fateOf(seed) === "not_published") return "not_published";
  if (seed % 25 === 9) return "ultra_job_publish";
  return seed % 12 === 5 ? "super_job_publish" : "job_publish";
}

type Pay = Pick<JobAttributes, "salary_from" | "salary_to" | "salary_period">;

function payOf(seed: number, monthly: number): Pay {
  const from = monthly + (seed % 5) * 1000;
  const pay = (salary_from: number | null, salary_to: number | null, salary_period: string | null): Pay => ({
    salary_from,
    salary_to,
    salary_period,
  });
  const none = pay(null, null, null);
  const hour = Math.round(from / 1800) * 10;
  const day = Math.round(from / 1500) * 100;
  const kinds = [
    pay(from, null, "monthly"),
    pay(from, from + 15000, "monthly"),
    pay(null, from + 20000, "monthly"),
    none,
    pay(from, from + 10000, null),
    pay(hour, hour + 70, "hourly"),
    pay(day, null, "daily"),
    pay(from, null, "monthly"),
  ];
  return kinds[(seed * 3 + Math.floor(seed / 8)) % kinds.length] ?? none;
}

function remoteOf(seed: number): Pick<JobAttributes, "remote"> {
  const remote = [false, undefined, undefined, false, undefined, null, undefined, true][seed % 8];
  return remote === undefined ? {} : { remote };
}

function attributesOf({ seed, city, given }: Draft): JobAttributes {
  const trade = given.profession_id
    ? tradeOf(given.profession_id)
    : TRADES[Math.floor(seed / 3) % TRADES.length];
  const place = CITIES.find(({ name }) => name === city) ?? CITIES[seed % CITIES.length];
  if (!place) throw new RangeError(`there is no city for seed ${seed}`);
  const replies = seed % 7 === 2;
  return {
    title: trade?.titles[seed % trade.titles.length] ?? "Сотрудник",
    description: descriptionOf(trade, seed),
    ...placeIn(place, seed),
    profession_id: trade?.profession ?? 83,
    ...payOf(seed, trade?.pay ?? 60000),
    contact_phone: seed % 4 === 1 ? `7999000${String(seed).padStart(4, "0")}` : null,
    has_autoreply: replies ? true : null,
    autoreply_text: replies ? "Спасибо за отклик! Ответим в течение дня." : null,
    // An expired job that renews itself would be active again at once.
    auto_renew: seed % 8 === 3 ? fateOf(seed) !== "expired" : null,
    ...remoteOf(seed),
    ...given,
  };
}

function jobOf(draft: Draft, at: number, now: number): Job {
  const { seed } = draft;
  const fate = fateOf(seed);
  const away = ((seed * 7) % 29) * 24 * HOUR_MS + (((seed * 5) % 23) + 1) * HOUR_MS + seed * 1234;
  const expiresAt = fate === "expired" ? now - away : now + away;
  return {
    id: String(FIRST_ID + ((at * STRIDE) % COUNT)),
    attributes: attributesOf(draft),
    status: fate === "closed" ? "closed" : "active",
    publication: publicationOf(seed),
    createdAt: expiresAt - PUBLICATION_MS,
    expiresAt,
    closeReason: fate === "closed" ? "closed_irrelevant" : null,
    rewriteAt: null,
    publishedAt: publicationOf(seed) === "not_published" ? null : expiresAt - PUBLICATION_MS,
    refreshedAt: publicationOf(seed) === "not_published" ? null : expiresAt - PUBLICATION_MS,
    highlightedTill: null,
    elevatedTill: null,
    lapsedAt: null,
    gone: false,
  };
}

/** Seeds of twins are apart from all others, 40 from each other: active, all of them. */
function twins(): Draft[] {
  const pairs = TWINS.flatMap(({ city, equal, times }, group) =>
    Array.from({ length: times }, () => ({ seed: 1000 + 40 * group, city, given: equal })),
  );
  const near = NEAR_TWINS.flatMap(({ city, equal, pay }, group) =>
    pay.map((one) => ({ seed: 2000 + 40 * group, city, given: { ...equal, ...one } })),
  );
  return [...pairs, ...near];
}

function drafts(): Draft[] {
  const chains = CHAINS.flatMap(({ city, equal, times }) =>
    Array.from({ length: times }, () => ({ city, given: equal })),
  );
  const odd = [...ODD_DESCRIPTIONS, ...ODDITIES].map((given) => ({ given }));
  const last = twins();
  const ordinary = Array.from({ length: COUNT - chains.length - odd.length - last.length }, () => ({
    given: {},
  }));
  return [...[...chains, ...odd, ...ordinary].map((draft, seed) => ({ ...draft, seed })), ...last];
}

/**
 * The example account as changes to an empty board whose clock shows `now` (ms). The same `now` gives the same
 * account. Some jobs hold what the API would refuse today.
 */
export function exampleChanges(now: number, people: readonly Person[]): Change[] {
  const jobs = drafts().map((draft, at) => jobOf(draft, at, now));
  jobs.sort((one, other) => Number(one.id) - Number(other.id));
  return [
    ...jobs.map((record): Change => ({ table: "job", record })),
    ...exampleApplications(jobs, people, now).map((record): Change => ({ table: "application", record })),
  ];
}
