// 3,000 vacancies in 40 folders, defaults three levels deep: what people read stays readable.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { onStage, type Stage, vacancyFile } from "./harness.ts";

const scale = suite("scale of people");
const regions = ["centre", "north", "south", "volga"];
const cities = Array.from({ length: 10 }, (_, index) => `city${index}`);
const number = (index: number): string => String(index).padStart(2, "0");

function chain(): Record<string, string> {
  const files: Record<string, string> = {
    "_defaults.yaml": "salary_period: monthly\nprofession_id: 85\n",
    "_config.yaml": "concurrency: 16\n",
  };
  for (const [r, region] of regions.entries()) {
    files[`${region}/_defaults.yaml`] = "salary_from: 50000\n";
    for (const [c, city] of cities.entries()) {
      files[`${region}/${city}/_defaults.yaml`] = `lat: ${55 + r}.${c}\nlong: ${37 + r}.${c}\n`;
      for (let v = 0; v < 75; v += 1) {
        const place = { address: `Город ${r}${c}, улица ${v}`, description: `Печём хлеб, смена ${v}.` };
        files[`${region}/${city}/v${number(v)}.yaml`] = vacancyFile({
          ...place,
          title: `Пекарь ${r}-${c}-${v}`,
          profession_id: undefined,
          salary_from: undefined,
          salary_period: undefined,
          lat: undefined,
          long: undefined,
        });
      }
    }
  }
  return files;
}

const planned = async (stage: Stage, ...args: string[]): Promise<string> => {
  const { out, err } = await stage.run("plan", ...args);
  return out + err;
};
/** On one line, since long ones are wrapped. */
const flat = (text: string): string => text.replace(/\s+/g, " ");
const lines = (text: string): number => text.split("\n").length;

scale("plans, holds, guards and problems of 3,000 vacancies, each on a page", () =>
  onStage(chain(), async (stage) => {
    const all = await planned(stage);
    assert.match(
      all,
      /create, new, buys 3000 × job_publish in 3000 vacancies: .*\(centre\/city0 75, .* and 35 more folders\)/,
    );
    assert.ok(lines(all) < 20, all.slice(0, 2000));
    assert.is((await stage.apply()).result.summary.applied, 3000);

    await stage.edit("north/_defaults.yaml", "50000", "60000");
    const raised = await planned(stage);
    assert.match(raised, /update, edited: salary_from 50000 → 60000 in 750 vacancies/);
    assert.ok(lines(raised) < 15, raised);
    assert.ok(lines(await planned(stage, "--verbose")) > 2000);
    await stage.edit("north/_defaults.yaml", "60000", "50000");

    // Every one edited in its own way: the kind is told once, with how many and where.
    for (const region of regions)
      for (const city of cities)
        for (let v = 0; v < 75; v += 5)
          await stage.edit(
            `${region}/${city}/v${number(v)}.yaml`,
            `смена ${v}.`,
            `смена ${v}, с кофе ${region}${city}.`,
          );
    const own = await planned(stage);
    assert.match(own, /update, edited: description \(each its own, such as .*\) in 600 vacancies/);
    assert.ok(lines(own) < 20, own.slice(0, 3000));

    // Closed by hand, in hundreds: one hold with ten keys and the folders.
    for (const { id } of stage.jobs().slice(0, 400)) stage.board.control.putJob({ id, status: "closed" });
    const held = await planned(stage);
    assert.match(held, /! 400 vacancies: somebody closed it on the board/);
    assert.match(flat(held), /and 390 more/);
    assert.match(flat(held), /by folder: /);
    assert.ok(lines(held) < 40, held.slice(0, 3000));

    // Too many deleted: the guard counts, names ten, and says the way out.
    for (const city of cities) await stage.remove(`volga/${city}`);
    for (const city of cities.slice(0, 3)) await stage.remove(`south/${city}`);
    const closes = await planned(stage);
    assert.match(
      closes,
      /\d+ of 2600 active vacancies would be closed, and the limit is 780: (\S+, ){9}\S+ and \d+ more/,
    );
    assert.match(closes, /→ if it is meant so: --allow closes/);
    assert.ok(lines(closes) < 60, closes.slice(0, 3000));

    // Three hundred files with one fault: three of them, and how many more there are.
    for (const region of regions.slice(0, 2))
      for (const city of cities)
        for (let v = 0; v < 15; v += 1)
          await stage.edit(`${region}/${city}/v${number(v)}.yaml`, "title:", "titel:");
    const { code, out } = await stage.run("validate");
    assert.is(code, 1);
    assert.match(out, /and \d+ more like these; in all, by folder: /);
    assert.ok(lines(out) < 60, out.slice(0, 3000));
    const json = JSON.parse((await stage.run("validate", "-o", "json")).out);
    assert.ok(json.summary.errors >= 300);
  }),
);

scale(
  "the state lost and every address respelled: twins in thousands are one hold, with the guard's name",
  () =>
    onStage(
      Object.fromEntries(Object.entries(chain()).filter(([name]) => !/^(south|volga)/.test(name))),
      async (stage) => {
        await stage.apply();
        for (const { id, attributes } of stage.jobs())
          stage.board.control.putJob({
            id,
            attributes: { salary_from: 51000, address: `г. ${attributes.address}` },
          });
        await stage.forget();
        const text = await planned(stage);
        assert.match(text, /! 1500 vacancies by the guard twins: /);
        assert.match(flat(text), /and 1490 more/);
        assert.match(flat(text), /--allow twins publishes another, which is paid/);
        assert.ok(lines(text) < 25, text.slice(0, 3000));
      },
    ),
);
scale.run();
