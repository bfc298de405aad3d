// Which job is a vacancy, whatever happens to files, keys, lists and states.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Readings } from "../../src/emulator/options.ts";
import { applies, baker, bakery, charges, day, file, other, quiet } from "./bakery.ts";
import { manyFiles, onStage, stepsOf, underBothReadings, vacancyFile } from "./harness.ts";

const stories = suite("identity");
const story = underBothReadings(stories);
story("what was never in the file stays as the board has it; what is removed from it is cleared", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    stage.board.control.putJob({
      id: baker(stage).id,
      attributes: { salary_to: 90000, contact_phone: "79990000000" },
    });
    await quiet(stage);
    await stage.edit(file, "60000", "65000");
    await applies(stage, "moscow/baker: update(salary_from)");
    assert.is(baker(stage).attributes.salary_to, 90000);
    assert.is(baker(stage).attributes.contact_phone, "79990000000");
    await stage.edit(file, "salary_from: 65000\n", "");
    await applies(stage, "moscow/baker: update(salary_from)");
    assert.is(baker(stage).attributes.salary_from, null);
    stage.board.control.putJob({ id: baker(stage).id, attributes: { salary_from: 1 } });
    await quiet(stage);
  }),
);
story("a publication type that is raised is told, and bought at the next revival", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    await stage.write(file, vacancyFile({ publication_type: "super_job_publish" }));
    const { diagnostics, changes } = await stage.plan();
    assert.equal(changes, []);
    assert.equal(
      diagnostics.map(({ code }) => code),
      ["publication-type"],
    );
    stage.board.control.advance(31 * day);
    await applies(stage, "moscow/baker: revive", "moscow/cook: revive");
    assert.is(baker(stage).publication, "super_job_publish");
    await stage.write(file, vacancyFile({ publication_type: "ultra_job_publish" }));
    assert.equal(stepsOf(await stage.plan("--renew", "moscow/baker")), ["moscow/baker: revive"]);
    assert.is((await stage.apply("--renew", "moscow/baker")).code, 0);
    assert.is(baker(stage).publication, "ultra_job_publish");
    await quiet(stage);
  }),
);
story("--only clock revives and leaves edits; --only commit the other way round", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    stage.board.control.advance(31 * day);
    await stage.edit(file, "60000", "65000");
    const did = async (cause: string) =>
      (await stage.apply("--only", cause)).result.results.map(({ key, step }) => `${key} ${step}`);
    const part = await stage.run("apply", "--auto-approve", "--only", "board");
    assert.match(part.out, /Nothing to do in this part of the plan; other changes may be due/);
    assert.equal(await did("clock"), ["moscow/baker revive", "moscow/cook revive"]);
    assert.equal(await did("commit"), ["moscow/baker update"]);
    await quiet(stage);
  }),
);
story("an edit that the board refuses fails alone; the rest goes on, and the report says so", () =>
  onStage(manyFiles(3), async (stage) => {
    stage.board.control.setFaults([
      {
        match: { method: "POST", path: "/jobs$", nth: 2 },
        do: { kind: "status", status: 422, body: { errors: [{ detail: "Возникли ошибки: Поле 'Адрес'" }] } },
      },
    ]);
    const { code, result } = await stage.apply();
    assert.is(code, 3);
    assert.equal(result.summary, { applied: 2, failed: 1, unknown: 0, stale: 0, not_started: 0 });
    assert.match(result.results.find(({ status }) => status === "failed")?.error ?? "", /Поле 'Адрес'/);
    await stage.apply();
    await quiet(stage);
  }),
);
story("equal vacancies are created one after the other, each once, also when answers are lost", () =>
  onStage({ "a.yaml": vacancyFile(), "b.yaml": vacancyFile(), "c.yaml": vacancyFile() }, async (stage) => {
    stage.board.control.setFaults([
      { match: { method: "POST", path: "/jobs$", nth: 2 }, do: { kind: "drop_after" } },
    ]);
    await stage.apply();
    assert.is(stage.jobs().length, 3);
    await quiet(stage);
    await stage.forget();
    assert.equal((await stage.plan()).summary.adopt, 3);
  }),
);
story("100 near-equal vacancies, the addresses rewritten and the state lost: nothing is created", () => {
  const files: Record<string, string> = {};
  for (let n = 0; n < 100; n += 1) {
    const place = { address: `Москва, улица Еланского, ${n + 1}`, lat: 55.7 + n * 0.0018 };
    files[`shops/s${n}.yaml`] = vacancyFile(place);
  }
  const readings: Partial<Readings> = { rewriteAddress: "at_once" };
  return onStage(
    files,
    async (stage) => {
      await stage.apply();
      await quiet(stage);
      await stage.forget();
      const { summary } = await stage.plan();
      assert.is(summary.create, 0);
      assert.is(summary.held + summary.adopt, 100);
      await stage.apply();
      assert.is(stage.jobs().length, 100);
    },
    { readings },
  );
});
story("a file that gains locations keeps its job for the one that matches", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    await stage.write(
      file,
      `${vacancyFile()}locations:\n  home: {}\n  tver: { address: Тверь, lat: 56.86, long: 35.9 }\n`,
    );
    await applies(stage, "moscow/baker@home: move", "moscow/baker@tver: create");
  }),
);
story("a list that moves while it is read costs another read, not a second vacancy", () =>
  onStage(manyFiles(60), async (stage) => {
    await stage.apply();
    await stage.write(
      "moscow/new.yaml",
      vacancyFile({ title: "Новая", description: "Иная.", address: "Тверь", lat: 56.8, long: 35.9 }),
    );
    stage.board.control.setFaults([
      { match: { method: "GET", path: "/jobs", times: 1 }, do: { kind: "moving_list" } },
    ]);
    await stage.apply();
    assert.is(stage.jobs().filter(({ attributes }) => attributes.title === "Новая").length, 1);
    await quiet(stage);
  }),
);
story("auto_renew: the board renews by itself, and nothing is left to do", () =>
  onStage(bakery({ auto_renew: true, renew: "never" }), async (stage) => {
    await stage.apply();
    stage.board.control.advance(31 * day);
    await applies(stage, "moscow/cook: revive");
    assert.is(baker(stage).status, "active");
  }),
);
story(
  "names that change in case alone, a folder that is renamed, equal files n against m: jobs are kept",
  () =>
    onStage(
      { ...manyFiles(30), "equal/a.yaml": vacancyFile(), "equal/b.yaml": vacancyFile() },
      async (stage) => {
        await stage.apply();
        await stage.remove("moscow");
        for (const [name, text] of Object.entries(manyFiles(30, "Moscow"))) await stage.write(name, text);
        await stage.remove("equal");
        for (const name of ["x", "y", "z"]) await stage.write(`equal/${name}.yaml`, vacancyFile());
        const { summary } = await stage.plan();
        assert.equal([summary.move, summary.create, summary.close], [32, 1, 0]);
        await stage.apply();
        await quiet(stage);
        assert.is(stage.jobs().length, 33);
      },
    ),
);
story("a job that people still see, and of which the file is gone, is taken back, never bought again", () =>
  onStage(bakery({ on_delete: "detach" }), async (stage) => {
    await stage.apply();
    await stage.remove(file);
    await stage.apply();
    await stage.write("moscow/other.yaml", vacancyFile({ description: "Другой текст." }));
    assert.match((await stage.plan()).held[0]?.reason ?? "", /may be the same vacancy/);
    await stage.remove("moscow/other.yaml");
    await stage.write("moscow/bread.yaml", vacancyFile({ on_delete: "detach" }));
    await applies(stage, "moscow/bread: move");
    assert.is(charges(stage), 2);
    await stage.remove("moscow/bread.yaml");
    await stage.apply();
    await stage.write("moscow/other.yaml", vacancyFile({ description: "Другой текст." }));
    assert.is((await stage.run("state", "adopt", "moscow/other", baker(stage).id)).code, 0);
    await applies(stage, "moscow/other: update(description,profession_id)");
    assert.is(charges(stage), 2);
  }),
);
story("closed with its file, opened again by hand, restored under another name: one job", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    await stage.remove(file);
    await stage.apply();
    stage.board.control.putJob({ id: baker(stage).id, status: "active" });
    await stage.write("moscow/bread.yaml", vacancyFile());
    await applies(stage, "moscow/bread: move");
    assert.is(stage.jobs().length, 2);
  }),
);
story("a rename onto a key that another vacancy had is a move", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    await stage.remove(file);
    await stage.apply();
    await stage.write(file, other["moscow/cook.yaml"]);
    await stage.remove("moscow/cook.yaml");
    await applies(stage, "moscow/baker: move");
    assert.is(charges(stage), 2);
  }),
);
story("with the state lost, what expired with renew: never isn't revived", () =>
  onStage({ [file]: vacancyFile({ renew: "never" }) }, async (stage) => {
    await stage.apply();
    stage.board.control.advance(31 * day);
    await stage.forget();
    const before = charges(stage);
    stage.board.control.setOptions({ readings: { listInactive: true, updatesInactive: true } });
    assert.equal(stepsOf(await stage.plan()), ["moscow/baker: adopt", "moscow/baker: update(profession_id)"]);
    await stage.apply();
    assert.is(charges(stage), before);
    assert.match((await stage.plan()).held[0]?.reason ?? "", /renew is never/);
  }),
);
stories.run();
