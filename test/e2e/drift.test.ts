// A hand edit on the board becomes an edit of the file, where the value came from, and nothing else changes.
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { DriftResult } from "../../src/generated/drift.ts";
import { repoOf } from "./git.ts";
import { onStage, type Stage, stepsOf, underBothReadings, vacancyFile } from "./harness.ts";

const drifts = suite("drift");
const story = underBothReadings(drifts);

async function drift(stage: Stage, ...args: string[]): Promise<{ code: number | null; result: DriftResult }> {
  const { code, out, err } = await stage.run("drift", "-o", "json", ...args);
  if (out === "") throw new Error(`drift ended with ${code}: ${err}`);
  return { code, result: JSON.parse(out) as DriftResult };
}
const told = ({ items }: DriftResult): string[] =>
  items.flatMap(({ key, fields }) =>
    fields.map(({ name, prior, live }) => `${key} ${name}: ${prior} -> ${live}`),
  );
const quiet = async (stage: Stage): Promise<void> => {
  const { code, out } = await stage.run("plan", "--detailed-exitcode");
  assert.is(code, 0, out);
};
const read = (stage: Stage, file: string): string => readFileSync(join(stage.dir, file), "utf8");

const baker = `# yaml-language-server: $schema=../schemas/vacancy.schema.json
title: Пекарь   # как на вывеске
description: >-
  Печём хлеб по сменам,
  учим с нуля.
profession_id: 85

# Адрес проверен
address: 'Москва, улица Еланского, 2'
lat: 55.7346276065292
long: 37.5734168663621
salary_from:   60000
salary_period: monthly
`;

story("only what was changed on the board after our write is drift", () =>
  onStage({ "baker.yaml": baker, "cook.yaml": vacancyFile({ title: "Повар", lat: 55.9 }) }, async (stage) => {
    await stage.apply();
    assert.equal((await drift(stage)).result.items, []);
    await stage.edit("cook.yaml", "60000", "65000");
    stage.board.control.putJob({
      id: "651",
      attributes: { salary_from: 70000, contact_phone: "79990000009" },
    });
    const { code, result } = await drift(stage, "--detailed-exitcode");
    assert.is(code, 2);
    assert.equal(told(result), ["baker salary_from: 60000 -> 70000"]);
    assert.is((await drift(stage)).code, 0);
    const { out } = await stage.run("drift");
    assert.match(out, /salary_from: 60000 → 70000/);
    assert.match(out, /vac drift --accept/);
  }),
);

story("accepted: the value alone is changed in the file, and the next plan is empty", () =>
  onStage({ "baker.yaml": baker }, async (stage) => {
    await stage.apply();
    stage.board.control.putJob({
      id: "651",
      attributes: { salary_from: 70000, title: "Пекарь: ночь", address: "Москва, улица Еланского, 4" },
    });
    const { code, result } = await drift(stage, "--accept", "baker");
    assert.is(code, 0);
    assert.equal(
      result.items[0]?.fields.map(({ accepted }) => accepted),
      [
        { file: "baker.yaml", line: 2 },
        { file: "baker.yaml", line: 9 },
        { file: "baker.yaml", line: 12 },
      ],
    );
    assert.is(
      read(stage, "baker.yaml"),
      baker
        .replace("title: Пекарь ", 'title: "Пекарь: ночь" ')
        .replace("Еланского, 2", "Еланского, 4")
        .replace("60000", "70000"),
    );
    await quiet(stage);
    assert.equal((await drift(stage)).result.items, []);
    await stage.apply();
    assert.is(stage.count("PUT", /\/jobs/), 0);
    assert.is(stage.jobs()[0]?.attributes.salary_from, 70000);
  }),
);

const shop = vacancyFile({ title: "Продавец", lat: 55.9, salary_from: undefined, salary_period: undefined });

story(
  "a default that serves others too stays, and the vacancy overrules it; one that serves just this is changed",
  () =>
    onStage(
      {
        "_defaults.yaml": "salary_from: 50000 # для всех\nsalary_period: monthly\n",
        "kazan/_defaults.yaml": "salary_to: 90000\n",
        "kazan/shop.yaml": shop,
        "moscow/shop.yaml": shop.replace("55.9", "55.8"),
      },
      async (stage) => {
        await stage.apply();
        const id = stage.jobs().find(({ attributes }) => attributes.lat === 55.9)?.id ?? "";
        stage.board.control.putJob({ id, attributes: { salary_from: 55000, salary_to: 95000 } });
        await drift(stage, "--accept", "--all");
        assert.is(read(stage, "_defaults.yaml"), "salary_from: 50000 # для всех\nsalary_period: monthly\n");
        assert.is(read(stage, "kazan/_defaults.yaml"), "salary_to: 95000\n");
        assert.is(read(stage, "kazan/shop.yaml"), `${shop}salary_from: 55000\n`);
        assert.is(read(stage, "moscow/shop.yaml"), shop.replace("55.9", "55.8"));
        await quiet(stage);
      },
    ),
);

story("a default that all who have it from there were given anew is changed once", () =>
  onStage(
    {
      "_defaults.yaml": "salary_from: 50000\nsalary_period: monthly\n",
      "a.yaml": shop,
      "b.yaml": shop.replace("55.9", "55.8"),
    },
    async (stage) => {
      await stage.apply();
      for (const { id } of stage.jobs())
        stage.board.control.putJob({ id, attributes: { salary_from: 60000 } });
      const { result } = await drift(stage, "--accept", "--all");
      assert.is(result.summary.accepted, 2);
      assert.is(read(stage, "_defaults.yaml"), "salary_from: 60000\nsalary_period: monthly\n");
      assert.is(read(stage, "a.yaml"), shop);
      await quiet(stage);
    },
  ),
);

story("a location is changed in its own place, in braces and below them", () =>
  onStage(
    {
      "shop.yaml": `${shop}salary_from: 50000\nsalary_period: monthly\nlocations:\n  one: { lat: 55.1, long: 37.1 }\n  two:\n    lat: 55.2\n    long: 37.2\n    salary_from: 52000 # центр\n  three: {}\n`,
    },
    async (stage) => {
      await stage.apply();
      const set = (lat: number, salary_from: number): string =>
        stage.board.control.putJob({
          id: stage.jobs().find(({ attributes }) => attributes.lat === lat)?.id ?? "",
          attributes: { salary_from },
        });
      set(55.1, 61000);
      set(55.2, 62000);
      set(55.9, 63000);
      await drift(stage, "--accept", "shop");
      assert.is(
        read(stage, "shop.yaml"),
        `${shop}salary_from: 50000\nsalary_period: monthly\nlocations:\n  one: { lat: 55.1, long: 37.1, salary_from: 61000 }\n  two:\n    lat: 55.2\n    long: 37.2\n    salary_from: 62000 # центр\n  three: { salary_from: 63000 }\n`,
      );
      await quiet(stage);
    },
  ),
);

story("closed by hand and accepted: the file says so; opened again and accepted: it says active", () =>
  onStage({ "baker.yaml": baker }, async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: "651", status: "closed" });
    assert.equal(told((await drift(stage)).result), ["baker status: active -> closed"]);
    await drift(stage, "--accept", "baker");
    assert.is(read(stage, "baker.yaml"), `${baker}status: closed\n`);
    await quiet(stage);
    await stage.edit("baker.yaml", "status: closed", "status: active");
    await stage.edit("baker.yaml", "60000", "60001");
    await stage.edit("baker.yaml", "60001", "60000");
    assert.equal((await stage.plan()).held.length, 1);
  }),
);

story("closed by us and opened again by hand", () =>
  onStage({ "baker.yaml": baker }, async (stage) => {
    await stage.apply();
    writeFileSync(join(stage.dir, "baker.yaml"), `${baker}status: closed\n`);
    await stage.apply();
    stage.board.control.putJob({ id: "651", status: "active" });
    assert.equal(told((await drift(stage)).result), ["baker status: closed -> active"]);
    await drift(stage, "--accept", "--all");
    assert.is(read(stage, "baker.yaml"), `${baker}status: active\n`);
    await quiet(stage);
  }),
);

story("cleared by hand and accepted: null, which keeps it ours", () =>
  onStage({ "baker.yaml": baker }, async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: "651", attributes: { salary_from: null, salary_period: null } });
    await drift(stage, "--accept", "baker");
    assert.match(read(stage, "baker.yaml"), /salary_from: {3}null\nsalary_period: null\n$/);
    await quiet(stage);
  }),
);

story("what no file may hold, and a job that is gone, are left with the reason; the rest is accepted", () =>
  onStage({ "baker.yaml": baker, "cook.yaml": vacancyFile({ title: "Повар", lat: 55.9 }) }, async (stage) => {
    await stage.apply();
    stage.board.control.putJob({
      id: "651",
      attributes: { description: "Звоните: +7 999 000-00-00", salary_from: 70000 },
    });
    const cook = stage.jobs().find(({ attributes }) => attributes.title === "Повар")?.id ?? "";
    const other = cook === "651" ? "652" : cook;
    stage.board.control.putJob({ id: other, gone: true });
    const { code, result } = await drift(stage, "--accept", "--all");
    assert.is(code, 3);
    assert.equal(result.summary, { vacancies: 2, fields: 3, accepted: 1, left: 2 });
    const left = result.items.flatMap(({ fields }) => fields).flatMap((field) => field.left ?? []);
    assert.match(left.join("\n"), /contact|phone/i);
    assert.match(left.join("\n"), /--allow missing/);
    assert.equal(stepsOf(await stage.plan()), ["baker: update(description)"]);
  }),
);

story("a value behind an anchor that others use is left alone", () =>
  onStage(
    { "a.yaml": `${shop.replace("title:", "title: &t")}autoreply_text: *t\nhas_autoreply: true\n` },
    async (stage) => {
      await stage.apply();
      const before = read(stage, "a.yaml");
      stage.board.control.putJob({ id: "651", attributes: { title: "Кассир" } });
      const { code, result } = await drift(stage, "--accept", "a");
      assert.is(code, 1);
      assert.match(result.items[0]?.fields[0]?.left ?? "", /by hand/);
      assert.is(read(stage, "a.yaml"), before);
    },
  ),
);

story(
  "an edit that waits beside it stays an edit; one of the same attribute gives way, and that is told",
  () =>
    onStage({ "baker.yaml": baker }, async (stage) => {
      await stage.apply();
      await stage.edit("baker.yaml", "60000", "65000");
      await stage.edit("baker.yaml", "monthly", "daily");
      stage.board.control.putJob({ id: "651", attributes: { salary_from: 70000 } });
      const { out } = await stage.run("drift", "--accept", "baker");
      assert.match(out, /the file says 65000/);
      assert.match(read(stage, "baker.yaml"), /salary_from: {3}70000/);
      assert.equal(stepsOf(await stage.plan()), ["baker: update(salary_period)"]);
    }),
);

story("CRLF and a byte order mark stay", () =>
  onStage({}, async (stage) => {
    writeFileSync(join(stage.dir, "baker.yaml"), `\ufeff${baker.replaceAll("\n", "\r\n")}`);
    await stage.apply();
    stage.board.control.putJob({ id: "651", attributes: { salary_to: 90000, salary_from: 70000 } });
    await stage.edit("baker.yaml", "salary_from:", "salary_to: 80000\r\nsalary_from:");
    await stage.apply();
    stage.board.control.putJob({ id: "651", attributes: { salary_to: 95000 } });
    await drift(stage, "--accept", "--all");
    const text = read(stage, "baker.yaml");
    assert.ok(text.startsWith("\ufeff"));
    assert.not.match(text, /[^\r]\n/);
    assert.match(text, /salary_to: 95000\r\n/);
    await quiet(stage);
  }),
);

const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
drifts(
  "opened again by hand, after its day has passed: the file would close it, so that isn't accepted",
  () =>
    onStage({ "baker.yaml": `${baker}publish_until: ${soon}\n` }, async (stage) => {
      await stage.apply();
      stage.board.control.advance(6 * 86_400_000);
      await stage.apply();
      stage.board.control.putJob({ id: "651", status: "active" });
      const { code, result } = await drift(stage, "--accept", "--all");
      assert.is(code, 1);
      assert.match(result.items[0]?.fields[0]?.left ?? "", /publish_until has passed/);
      assert.equal(stepsOf(await stage.plan()), []);
      assert.is((await stage.plan()).held.length, 1);
    }),
);

drifts("one value that doesn't fit keeps no other from being accepted", () =>
  onStage(
    {
      "f/_defaults.yaml": "salary_from: 50000\nsalary_period: monthly\n",
      "f/v.yaml": `${shop}salary_to: 60000\n`,
      "a.yaml": vacancyFile({ lat: 55.8 }),
      "b.yaml": vacancyFile({ title: "Повар", lat: 55.7 }),
    },
    async (stage) => {
      await stage.apply();
      const of = (lat: number): string =>
        stage.jobs().find(({ attributes }) => attributes.lat === lat)?.id ?? "";
      stage.board.control.putJob({ id: of(55.9), attributes: { salary_from: 90000, description: "Новое." } });
      stage.board.control.putJob({ id: of(55.8), attributes: { salary_from: 70000 } });
      stage.board.control.putJob({ id: of(55.7), attributes: { salary_from: 71000 } });
      const { code, result } = await drift(stage, "--accept", "--all");
      assert.is(code, 3);
      assert.equal(result.summary, { vacancies: 3, fields: 4, accepted: 3, left: 1 });
      const left = result.items.flatMap(({ fields }) => fields).filter((field) => field.left !== undefined);
      assert.equal(
        left.map(({ name }) => name),
        ["salary_from"],
      );
      assert.match(left[0]?.left ?? "", /salary_from 90000 is more than salary_to 60000/);
      assert.equal(stepsOf(await stage.plan()), ["f/v: update(salary_from)"]);
    },
  ),
);

drifts("a renamed file's drift is drift, and can be accepted before the move is applied", () =>
  onStage({ "baker.yaml": baker }, async (stage) => {
    await stage.apply();
    await stage.write("bread.yaml", baker);
    await stage.remove("baker.yaml");
    stage.board.control.putJob({ id: "651", attributes: { salary_from: 70000 } });
    assert.equal(told((await drift(stage)).result), ["bread salary_from: 60000 -> 70000"]);
    await drift(stage, "--accept", "bread");
    assert.equal(stepsOf(await stage.plan()), ["bread: move"]);
    await stage.apply();
    await quiet(stage);
  }),
);

drifts("an interrupted acceptance is found again: the file has the value, the state doesn't", () =>
  onStage({ "baker.yaml": baker }, async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: "651", attributes: { salary_from: 70000 } });
    writeFileSync(join(stage.dir, "baker.yaml"), baker.replace("60000", "70000"));
    assert.equal((await drift(stage)).result.items, []);
    const { code, result } = await drift(stage, "--accept", "--all");
    assert.is(code, 0);
    assert.is(result.summary.accepted, 1);
    await quiet(stage);
  }),
);

drifts("--all spares an edit that isn't committed; by its key it gives way", () =>
  onStage({ "baker.yaml": baker }, async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    await stage.edit("baker.yaml", "60000", "65000");
    stage.board.control.putJob({ id: "651", attributes: { salary_from: 70000 } });
    const { code, result } = await drift(stage, "--accept", "--all");
    assert.is(code, 1);
    assert.match(result.items[0]?.fields[0]?.left ?? "", /isn't committed/);
    assert.match(read(stage, "baker.yaml"), /65000/);
    repo.commit("65000");
    assert.is((await drift(stage, "--accept", "--all")).code, 0);
    assert.match(read(stage, "baker.yaml"), /70000/);
    await quiet(stage);
  }),
);

drifts("a file that is two by a link is left alone", () =>
  onStage({ "a.yaml": baker }, async (stage) => {
    symlinkSync("a.yaml", join(stage.dir, "b.yaml"));
    await stage.apply();
    stage.board.control.putJob({ id: "651", attributes: { salary_from: 70000 } });
    const { code, result } = await drift(stage, "--accept", "--all");
    assert.is(code, 1);
    assert.match(result.items[0]?.fields[0]?.left ?? "", /one file by a link/);
    assert.is(read(stage, "a.yaml"), baker);
  }),
);

drifts("a board that shows none of the known jobs is an error, not the lack of drift", () =>
  onStage({ "baker.yaml": baker }, async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: "651", gone: true });
    for (const args of [["drift"], ["drift", "--accept", "--all"]]) {
      const { code, err } = await stage.run(...args);
      assert.is(code, 1);
      assert.match(err, /none of the jobs that are known/);
    }
  }),
);

drifts("hundreds of changes are told by what was changed", () =>
  onStage(
    Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `v${index}.yaml`,
        vacancyFile({ title: `Пекарь ${index}`, description: `Печём ${index}.` }),
      ]),
    ),
    async (stage) => {
      await stage.apply();
      for (const [index, { id }] of stage.jobs().entries())
        stage.board.control.putJob({ id, attributes: { salary_from: index < 50 ? 61000 : 62000 } });
      const { out } = await stage.run("drift");
      assert.match(out, /salary_from: 60000 → 61000 in 50 vacancies: /);
      assert.ok(out.split("\n").length < 8, out);
      assert.ok((await stage.run("drift", "--verbose")).out.split("\n").length > 100);
    },
  ),
);

drifts("what is asked for wrongly", () =>
  onStage({ "baker.yaml": baker }, async (stage) => {
    await stage.apply();
    const none = await stage.run("drift", "--accept");
    assert.is(none.code, 1);
    assert.match(none.err, /--accept KEY/);
    assert.match((await stage.run("drift", "--accept", "--all", "baker")).err, /exclude each other/);
    assert.match((await stage.run("drift", "nobody/*")).err, /matches no vacancy/);
    const { code, out } = await stage.run("drift", "--accept", "baker");
    assert.is(code, 0);
    assert.match(out, /Nothing to accept/);
  }),
);

drifts.run();
