// Every row of the lifecycle, as a story that ends with an empty plan or with somebody to decide.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Readings } from "../../src/emulator/options.ts";
import { manyFiles, onStage, type Stage, stepsOf, underBothReadings, vacancyFile } from "./harness.ts";

const day = 86_400_000;
const file = "moscow/baker.yaml";
const other = {
  "moscow/cook.yaml": vacancyFile({
    title: "Повар",
    description: "Готовим.",
    address: "Тверь",
    lat: 56.8,
    long: 35.9,
  }),
};
const bakery = (change: Record<string, unknown> = {}): Record<string, string> => ({
  [file]: vacancyFile(change),
  ...other,
});

/** Nothing is left to do. */
async function quiet(stage: Stage): Promise<void> {
  const { code, out, err } = await stage.run("plan", "--detailed-exitcode");
  assert.is(code, 0, out + err);
}

/** One apply that does just these steps, after which the plan is empty. */
async function applies(stage: Stage, ...steps: string[]): Promise<void> {
  assert.equal(stepsOf(await stage.plan()), steps);
  const { code, err } = await stage.apply();
  assert.is(code, 0, err);
  await quiet(stage);
}

/** The one reason why something is held. */
async function holds(stage: Stage, reason: RegExp): Promise<void> {
  const plan = await stage.plan();
  assert.equal(stepsOf(plan), []);
  assert.match(plan.held[0]?.reason ?? "(nothing is held)", reason);
  assert.is((await stage.apply()).code, 0);
}

const baker = (stage: Stage) => {
  const job = stage.jobs().find(({ attributes }) => String(attributes.title).startsWith("Пекарь"));
  if (!job) throw new Error("the board has no baker");
  return job;
};
const charges = (stage: Stage): number => stage.board.control.state().ledger.length;

const stories = suite("lifecycle");
const story = underBothReadings(stories);
story("publish_until: closed after that day, not before, and not published again", () =>
  onStage(
    bakery({ publish_until: new Date(Date.now() + 5 * day).toISOString().slice(0, 10) }),
    async (stage) => {
      await applies(stage, "moscow/baker: create", "moscow/cook: create");
      stage.board.control.advance(4 * day);
      await quiet(stage);
      stage.board.control.advance(3 * day);
      const plan = await stage.plan();
      assert.is(plan.changes[0]?.steps[0]?.cause, "clock");
      await applies(stage, "moscow/baker: close");
    },
  ),
);
story("status: closed, and open again", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    await stage.write(file, vacancyFile({ status: "closed", close_reason: "closed_found" }));
    await applies(stage, "moscow/baker: close");
    assert.is(baker(stage).close_reason, "closed_found");
    stage.board.control.putJob({ id: baker(stage).id, status: "active" });
    await holds(stage, /somebody opened it again/);
    // Also when its file gets another name meanwhile.
    await stage.remove(file);
    await stage.write("moscow/bread.yaml", vacancyFile({ status: "closed", close_reason: "closed_found" }));
    assert.equal(stepsOf(await stage.plan()), ["moscow/bread: move"]);
    await stage.apply();
    await holds(stage, /somebody opened it again/);
    await stage.remove("moscow/bread.yaml");
    await stage.write(file, vacancyFile({ status: "closed", close_reason: "closed_found" }));
    await stage.apply();
    stage.board.control.putJob({ id: baker(stage).id, status: "closed" });
    await stage.write(file, vacancyFile());
    await applies(stage, "moscow/baker: revive");
  }),
);
story("a close tells how many applications nobody has read, and shuts them", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    const { id } = baker(stage);
    for (const status of ["unread", "unread", "read", "invited"])
      stage.board.control.putApplication({ job_id: id, status });
    await stage.remove(file);
    const plan = await stage.plan();
    assert.equal(plan.changes[0]?.warnings, ["2 unread applications are closed with it"]);
    stage.board.control.setFaults([{ match: { path: "/applications" }, do: { kind: "html" } }]);
    const blind = await stage.run("plan");
    assert.is(blind.code, 0);
    assert.match(blind.err, /applications weren't counted/);
    stage.board.control.setFaults([]);
    await applies(stage, "moscow/baker: close");
  }),
);
story("prevent_close outlives its file, until it is lifted", () =>
  onStage(bakery({ prevent_close: true }), async (stage) => {
    await stage.apply();
    await stage.remove(file);
    await holds(stage, /prevent_close protects it/);
    await stage.write(file, vacancyFile({ prevent_close: false }));
    await applies(stage, "moscow/baker: record");
    await stage.remove(file);
    await applies(stage, "moscow/baker: close");
  }),
);
story("close_reason is remembered when the file goes", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    await stage.write(file, vacancyFile({ close_reason: "closed_found_other" }));
    await applies(stage, "moscow/baker: record");
    await stage.remove(file);
    await applies(stage, "moscow/baker: close");
    assert.is(baker(stage).close_reason, "closed_found_other");
  }),
);
story("on_delete: detach leaves the job alone, and a restored file takes it back", () =>
  onStage(bakery({ on_delete: "detach" }), async (stage) => {
    await stage.apply();
    await stage.remove(file);
    await applies(stage, "moscow/baker: record");
    assert.is(baker(stage).status, "active");
    await stage.write(file, vacancyFile({ on_delete: "detach" }));
    await applies(stage, "moscow/baker: record");
    assert.is(charges(stage), 2);
  }),
);
story("another vacancy under a reused key is published, and the closed job left alone", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    await stage.remove(file);
    await stage.apply();
    await stage.write(
      file,
      vacancyFile({
        title: "Кассир",
        profession_id: 74,
        address: "Москва, Арбат, 1",
        description: "На кассе.",
      }),
    );
    await applies(stage, "moscow/baker: create");
    assert.is(stage.jobs().length, 3);
  }),
);
story("reopen_closed revives what somebody closed", () =>
  onStage(bakery({ reopen_closed: true }), async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: baker(stage).id, status: "closed" });
    await applies(stage, "moscow/baker: revive");
  }),
);
story("a job that is gone is held; --allow missing publishes it anew", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: baker(stage).id, gone: true });
    await holds(stage, /doesn't know job/);
    assert.equal(stepsOf(await stage.plan("--allow", "missing")), ["moscow/baker: create"]);
    await stage.apply("--allow", "missing");
    await quiet(stage);
  }),
);
story("a job that the board doesn't publish is held", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: baker(stage).id, publication: "not_published" });
    await holds(stage, /isn't published/);
  }),
);
story("renewed three days early, once", () =>
  onStage(bakery({ renew: "3d" }), async (stage) => {
    await stage.apply();
    stage.board.control.advance(26 * day);
    await quiet(stage);
    stage.board.control.advance(2 * day);
    await applies(stage, "moscow/baker: revive");
    await quiet(stage);
  }),
);
story("a revival that answers 200 and changes nothing is paid once in ten days of daily runs", () =>
  onStage(
    bakery(),
    async (stage) => {
      await stage.apply();
      const before = charges(stage);
      stage.board.control.advance(31 * day);
      const first = await stage.apply();
      assert.is(first.code, 3);
      assert.is(first.result.summary.unknown, 2);
      for (let run = 0; run < 9; run += 1) {
        stage.board.control.advance(day);
        assert.is((await stage.apply()).code, 0);
      }
      assert.is(charges(stage) - before, 2);
      const { held } = await stage.plan();
      assert.match(held[0]?.hint ?? "", /vac state resolve moscow\/baker/);
      stage.board.control.setOptions({ readings: { reviveIsNoop: false } });
      for (const { key } of held) assert.is((await stage.run("state", "resolve", key, "--not-done")).code, 0);
      await applies(stage, "moscow/baker: revive", "moscow/cook: revive");
    },
    { readings: { reviveIsNoop: true } },
  ),
);
story(
  "an edit while it is expired: the update comes first, and after the revival where the board refuses it",
  async () => {
    for (const updatesInactive of [true, false]) {
      await onStage(
        bakery(),
        async (stage) => {
          await stage.apply();
          stage.board.control.advance(31 * day);
          await stage.edit(file, "60000", "65000");
          await applies(
            stage,
            "moscow/baker: update(salary_from)",
            "moscow/baker: revive",
            "moscow/cook: revive",
          );
          assert.is(baker(stage).attributes.salary_from, 65000);
        },
        { readings: { updatesInactive } },
      );
    }
  },
);
story("the board insists: a rewrite that comes minutes later is overwritten once, then held", () =>
  onStage(
    { [file]: vacancyFile() },
    async (stage) => {
      await stage.apply();
      await quiet(stage);
      stage.board.control.advance(10 * 60_000);
      assert.equal(stepsOf(await stage.plan()), ["moscow/baker: update(address)"]);
      await stage.apply();
      await quiet(stage);
      stage.board.control.advance(10 * 60_000);
      await holds(stage, /the board insists: address/);
      await holds(stage, /the board insists: address/);
      const insisted = baker(stage).attributes.address ?? "";
      await stage.edit(file, "Москва, улица Еланского, 2", String(insisted));
      await applies(stage, "moscow/baker: record");
    },
    { readings: { rewriteAddress: 5 } },
  ),
);
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
