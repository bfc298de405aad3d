// What a plan says that it takes, against what the board takes: for generated workspaces and accounts.
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { FundsPatch } from "../../src/emulator/money/shape.ts";
import type { Readings } from "../../src/emulator/options.ts";
import type { Plan } from "../../src/model/plan.ts";
import { onStage, type Stage, vacancyFile } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";

const bounds = suite("bounds");
const hour = 3_600_000;
const day = 24 * hour;
const codes = [
  "job_publish",
  "super_job_publish",
  "job_refresh",
  "job_highlight",
  "elevation_1d",
  "elevation_3d",
] as const;
/** Kopecks of the board's price list, which no answer shows: the settings tell it. */
const list = {
  job_publish: 1_200_00,
  super_job_publish: 2_500_00,
  job_refresh: 300_00,
  job_highlight: 500_00,
  elevation_1d: 900_00,
  elevation_3d: 2_000_00,
};
const moscow = "0c5b2444-70a0-4932-980c-b4dc0d3f02b5";
const petersburg = "c2deb16a-0330-4f05-821f-1d09c93331e6";
const kitchen = "38dca0fe-8ecb-4fbb-ac92-85a698b1ab04";
const places = ["Москва, улица Еланского", "Санкт-Петербург, Невский проспект", "Казань, улица Баумана"];

const promotions = fc.uniqueArray(
  fc.oneof(
    fc.record({ action: fc.constantFrom(...codes.slice(2)), every: fc.constantFrom("1d", "5d", "7d") }),
    fc.record({
      action: fc.constantFrom(...codes.slice(4)),
      at: fc
        .integer({ min: -30, max: 60 })
        .map((hours) => new Date(Date.now() + (hours + 0.5) * hour).toISOString()),
    }),
    fc.record({
      action: fc.constant("job_highlight"),
      every: fc.constant("1d"),
      account: fc.constant("bonus"),
    }),
  ),
  { maxLength: 3, selector: ({ action }) => action },
);
const vacancy = fc.record(
  {
    folder: fc.constantFrom("a", "b", "b/c"),
    place: fc.integer({ min: 0, max: 2 }),
    profession_id: fc.constantFrom(5, 85, 1),
    publication_type: fc.constantFrom("job_publish", "super_job_publish"),
    renew: fc.constantFrom("on_expiry", "never", "3d"),
    promote: promotions,
  },
  { requiredKeys: ["folder", "place", "profession_id"] },
);
const limits = fc.dictionary(fc.constantFrom(...codes), fc.integer({ min: 0, max: 6 }), { maxKeys: 4 });
const packet = fc.record(
  {
    region: fc.constantFrom(moscow, petersburg),
    category: fc.constant(kitchen),
    prices: fc.dictionary(fc.constantFrom(...codes), fc.integer({ min: 100_00, max: 3_000_00 }), {
      maxKeys: 2,
    }),
    limits,
  },
  { requiredKeys: ["limits"] },
);
const world = fc.record({
  vacancies: fc.array(vacancy, { minLength: 1, maxLength: 9 }),
  packets: fc.array(packet, { maxLength: 3 }),
  otvas: fc.dictionary(fc.constantFrom(...codes), fc.integer({ min: 0, max: 3 }), { maxKeys: 3 }),
  ignoreRegions: fc.boolean(),
  // Not on the second at which something becomes due: between two plans it would.
  later: fc.constantFrom(1, 24, 121, 28 * 24 + 1, 31 * 24).map((hours) => hours * hour),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const roubles = Object.entries(list).map(([code, price]) => `${code}: ${price / 100}`);
function filesOf({ vacancies }: World): Record<string, string> {
  const files: Record<string, string> = {
    "_config.yaml": `concurrency: 4\nprices: { ${roubles.join(", ")} }\n`,
  };
  for (const [index, { folder, place, ...more }] of vacancies.entries())
    files[`${folder}/v${index}.yaml`] = vacancyFile({
      ...more,
      title: `Пекарь ${index}`,
      address: `${places[place]}, ${index + 1}`,
    });
  return files;
}
const fundsOf = ({ packets, otvas }: World): FundsPatch => ({
  balance: 100_000_00,
  bonus: 100_000_00,
  otvas: { job_refresh: 0, contact_view: 0, elevation_plus: 0, ...otvas },
  prices: list,
  packets: packets.map((one) => ({ ...one, end: Date.now() + 300 * day })),
});
const walletOf = (stage: Stage): number =>
  stage.board.control
    .state()
    .ledger.filter(({ source }) => source === "wallet")
    .reduce((sum, { kopecks }) => sum + kopecks, 0);
function boundsOf({ cost }: Plan): { min: number; max: number } {
  if (cost.wallet === null) throw new Error("a price isn't known");
  return typeof cost.wallet === "number" ? { min: cost.wallet, max: cost.wallet } : cost.wallet;
}
const runs = Number(process.env.VAC_BOUNDS ?? 100);

bounds(
  `${runs} generated workspaces: what is taken lies within the plan's bounds, and equals them where they are one`,
  () =>
    fc.assert(
      fc.asyncProperty(world, async (one) => {
        await onStage(
          filesOf(one),
          async (stage) => {
            for (const wait of [0, one.later]) {
              stage.board.control.advance(wait);
              const before = walletOf(stage);
              const plan = await planInside(stage);
              assert.equal(plan.guards, []);
              const { min, max } = boundsOf(plan);
              const { code, result, err } = await applyInside(stage);
              assert.is(code, 0, `${err}${JSON.stringify(result.results)}${result.stopped ?? ""}`);
              const taken = walletOf(stage) - before;
              const told = JSON.stringify([plan.cost.rows, plan.changes, result.results]);
              assert.ok(min <= taken && taken <= max, `${taken} isn't within ${min} and ${max}: ${told}`);
              const after = (await planInside(stage)).changes;
              assert.equal(after, [], `after ${wait / hour} h: ${JSON.stringify(after)}`);
            }
          },
          { funds: fundsOf(one), readings: { ignoreRegions: one.ignoreRegions } },
        );
      }),
      { numRuns: runs, endOnFailure: true, includeErrorInReport: true },
    ),
);

const orders: Readings["spendOrder"][] = ["packets_first", "otvas_first", "wallet_first"];
const many = fc.record({
  count: fc.integer({ min: 30, max: 70 }),
  units: fc.integer({ min: 0, max: 80 }),
  once: fc.integer({ min: 0, max: 40 }),
  promoted: fc.boolean(),
});
bounds("whatever the board draws on first, no more than a step or a batch is taken beyond the plan", () =>
  fc.assert(
    fc.asyncProperty(
      many,
      fc.constantFrom(...orders),
      async ({ count, units, once, promoted }, spendOrder) => {
        const files: Record<string, string> = {
          "_config.yaml": `concurrency: 8\nprices: { ${roubles.join(", ")} }\n`,
        };
        const promote = promoted ? [{ action: "job_highlight", every: "1d" }] : undefined;
        for (let index = 0; index < count; index += 1)
          files[`v${index}.yaml`] = vacancyFile({
            title: `Пекарь ${index}`,
            address: `Москва, ${index}`,
            promote,
          });
        const funds = {
          balance: 10_000_000_00,
          otvas: { job_publish: once },
          packets: [{ limits: { job_publish: units, job_highlight: units } }],
          prices: list,
        };
        await onStage(
          files,
          async (stage) => {
            const { max } = boundsOf(await planInside(stage));
            const { code, result } = await applyInside(stage);
            const over = walletOf(stage) - max;
            // What was charged against what was allowed for what was bought: the first publication goes alone, and then
            // no more than a batch is out unseen.
            if (result.stopped === undefined) {
              assert.ok(over <= 0, `${over} beyond ${max}, and nothing was said`);
              return;
            }
            assert.is(code, 3);
            const [, taken = 0, allows = 0] = (
              /^([\d. ]+)₽ were taken .* allows ([\d. ]+)₽/.exec(result.stopped.replaceAll("\u202f", " ")) ??
              []
            ).map((text) => Number(text.replaceAll(" ", "")));
            assert.ok(taken > allows, result.stopped);
            assert.ok((taken - allows) * 100 <= 20 * list.job_publish, result.stopped);
          },
          { funds, readings: { spendOrder } },
        );
      },
    ),
    { numRuns: Math.ceil(runs / 5), endOnFailure: true, includeErrorInReport: true },
  ),
);
bounds.run();
