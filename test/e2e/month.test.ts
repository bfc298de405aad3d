// A month of daily runs: what is charged is what the files declare, no more and no less.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { onStage, type Stage, vacancyFile } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";

const month = suite("a month");
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A month, and the days in which what was published on its first one is renewed. */
const rounds = 35;

/** What a kind of vacancy declares, and what that comes to in so many daily runs; by code, for one vacancy of the kind. */
interface Kind {
  readonly file: Record<string, unknown>;
  readonly charges: Readonly<Record<string, number>>;
}
const daysOn = (days: number): string => new Date(Date.now() + days * day).toISOString();

/** A run is at most 20 minutes early or late, so that a period of whole days is met by the run of its day. */
const kinds: Readonly<Record<string, Kind>> = {
  "published once": { file: { renew: "never" }, charges: { job_publish: 1 } },
  plain: { file: {}, charges: { job_publish: 2 } },
  "highlighted every day": {
    file: { promote: [{ action: "job_highlight", every: "1d" }] },
    charges: { job_publish: 2, job_highlight: 35 },
  },
  "refreshed every week": {
    file: { promote: [{ action: "job_refresh", every: "7d" }] },
    charges: { job_publish: 2, job_refresh: 4 },
  },
  "highlighted every third day by the bonus account": {
    file: { promote: [{ action: "job_highlight", every: "3d", account: "bonus" }] },
    charges: { job_publish: 2, job_highlight: 12 },
  },
  "elevated at two times": {
    file: {
      promote: [
        { action: "elevation_1d", at: daysOn(3.5) },
        { action: "elevation_3d", at: daysOn(20.5) },
      ],
    },
    charges: { job_publish: 2, elevation_1d: 1, elevation_3d: 1 },
  },
  "highlighted until day 10": {
    file: { promote: [{ action: "job_highlight", every: "2d", until: daysOn(9.5) }] },
    charges: { job_publish: 2, job_highlight: 5 },
  },
  "wanted for ten days": {
    file: { publish_until: daysOn(9.5), promote: [{ action: "elevation_plus", every: "7d" }] },
    charges: { job_publish: 1, elevation_plus: 2 },
  },
  "renewed early": {
    file: { renew: "9d", publication_type: "super_job_publish" },
    charges: { super_job_publish: 2 },
  },
  "closed by somebody on day 5, and reopened": {
    file: { reopen_closed: true, title: "Закрываемая" },
    charges: { job_publish: 2 },
  },
  "everything at once": {
    file: {
      publication_type: "ultra_job_publish",
      promote: [
        { action: "job_highlight", every: "1d" },
        { action: "job_refresh", every: "10d" },
        { action: "elevation_1d", at: daysOn(14.5) },
      ],
    },
    charges: { ultra_job_publish: 2, job_highlight: 35, job_refresh: 2, elevation_1d: 1 },
  },
};
const names = Object.keys(kinds);
const perKind = 5;
/** Highlights that fall out because a period begins anew on day 12: of the two that are daily, and of the one every third day. */
const lostHighlights = 3 * perKind;

const prices = {
  job_publish: 1200,
  super_job_publish: 2500,
  ultra_job_publish: 4000,
  job_refresh: 300,
  job_highlight: 500,
  elevation_1d: 900,
  elevation_3d: 2000,
  elevation_plus: 5000,
};
const settings = `concurrency: 4\nprices: ${JSON.stringify(prices)}\n`;
const funds = {
  balance: 10_000_000_00,
  bonus: 10_000_000_00,
  otvas: { job_refresh: 0, elevation_plus: 0 },
  packets: [{ limits: { job_publish: 10, job_highlight: 200 }, end: Date.now() + 60 * day }],
  prices: Object.fromEntries(Object.entries(prices).map(([code, roubles]) => [code, roubles * 100])),
};
function files(): Record<string, string> {
  const all: Record<string, string> = { "_config.yaml": settings };
  for (const [kind, name] of names.entries())
    for (let index = 0; index < perKind; index += 1)
      all[`kind${kind}/v${index}.yaml`] = vacancyFile({
        address: `Москва, улица Еланского, ${kind * perKind + index + 1}`,
        ...kinds[name]?.file,
        title: `${kinds[name]?.file.title ?? "Пекарь"} ${kind}-${index}`,
      });
  return all;
}

/** What all files come to, by code. */
function declared(): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { charges } of Object.values(kinds))
    for (const [code, units] of Object.entries(charges)) sum[code] = (sum[code] ?? 0) + units * perKind;
  return sum;
}
function charged(stage: Stage): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { code, units } of stage.board.control.state().ledger) sum[code] = (sum[code] ?? 0) + units;
  return sum;
}
const sorted = (record: Record<string, number>): [string, number][] => Object.entries(record).sort();

async function live(stage: Stage, each: (round: number) => Promise<void>): Promise<void> {
  let late = 0;
  for (let round = 0; round < rounds; round += 1) {
    await each(round);
    if (round === 5)
      for (const { id, attributes } of stage.jobs())
        if (String(attributes.title).startsWith("Закрываемая"))
          stage.board.control.putJob({ id, status: "closed" });
    const { code, err, result } = await applyInside(stage);
    assert.is(code, 0, `round ${round}: ${err}${JSON.stringify(result)}`);
    const after = await planInside(stage);
    assert.equal(after.changes, [], `round ${round}: ${JSON.stringify(after.changes)}`);
    // From 20 minutes early to 20 minutes late, and what went by in this round doesn't add up.
    const next = ((round * 7) % 41) - 20;
    stage.board.control.advance(day + (next - late) * minute);
    late = next;
  }
}

month(`${names.length * perKind} vacancies of every kind, daily runs within 20 minutes of their hour`, () =>
  onStage(
    files(),
    async (stage) => {
      await live(stage, async () => {});
      assert.equal(sorted(charged(stage)), sorted(declared()));
      const ledger = stage.board.control.state().ledger;
      const wallet = ledger.filter(({ source }) => source === "wallet");
      const own = await planInside(stage);
      assert.equal(own.guards, []);
      assert.ok(wallet.length > 0 && ledger.some(({ source }) => source === "packet"));
    },
    { funds },
  ),
);

month("a state that is lost on day 12 buys nothing twice", () =>
  onStage(
    files(),
    async (stage) => {
      const before: Record<string, number>[] = [];
      await live(stage, async (round) => {
        if (round !== 12) return;
        before.push(charged(stage));
        await stage.forget();
      });
      const all = declared();
      const [atLoss = {}] = before;
      for (const [code, units] of Object.entries(charged(stage))) {
        assert.ok(units <= (all[code] ?? 0), `${code}: ${units} of ${all[code]}`);
        assert.ok(units >= (atLoss[code] ?? 0));
      }
      // Publications are found on the board again, all of them.
      for (const code of ["job_publish", "ultra_job_publish"]) assert.is(charged(stage)[code], all[code]);
      // What is repeated goes on a period later; what had its time before the loss isn't bought again.
      assert.is(charged(stage).elevation_1d, all.elevation_1d);
      assert.is(charged(stage).job_highlight, (all.job_highlight ?? 0) - lostHighlights);
    },
    { funds },
  ),
);
month.run();
