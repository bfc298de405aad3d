// Taking over a living account: files that a person would have written, and nothing left to do.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ImportResult } from "../../src/generated/import.ts";
import { onStage, type Stage, stepsOf, underBothReadings, vacancyFile } from "./harness.ts";

const imports = suite("import");
const story = underBothReadings(imports);

async function importing(
  stage: Stage,
  ...args: string[]
): Promise<{ code: number | null; result: ImportResult }> {
  const { code, out, err } = await stage.run("import", "-o", "json", ...args);
  if (out === "") throw new Error(`import ended with ${code}: ${err}`);
  return { code, result: JSON.parse(out) as ImportResult };
}
const quiet = async (stage: Stage): Promise<void> => {
  const { code, out } = await stage.run("plan", "--detailed-exitcode");
  assert.is(code, 0, out);
};
const read = (stage: Stage, file: string): string => readFileSync(join(stage.dir, file), "utf8");
const files = (stage: Stage): string[] =>
  readdirSync(stage.dir, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .sort();
const baker = {
  title: "Пекарь",
  description:
    "Печём хлеб по сменам 2/2, учим с нуля, форма и питание за счёт компании. Зарплата два раза в месяц.",
  address: "г. Москва, ул. Еланского, д. 2",
  salary_from: 60000,
  salary_period: "monthly",
};

story("one job by its id: a file as a person would write it, and an empty plan", () =>
  onStage({}, async (stage) => {
    const id = stage.board.control.putJob({ attributes: baker });
    stage.board.control.putJob({ attributes: { title: "Другая" } });
    const { code, result } = await importing(stage, id);
    assert.is(code, 0);
    assert.equal(
      result.items.map(({ key, job_id }) => [key, job_id]),
      [["moskva/pekar", id]],
    );
    assert.is(
      read(stage, "moskva/pekar.yaml"),
      [
        "title: Пекарь",
        "description: >-",
        "  Печём хлеб по сменам 2/2, учим с нуля, форма и питание за счёт компании. Зарплата два",
        "  раза в месяц.",
        "address: г. Москва, ул. Еланского, д. 2",
        "lat: 55.7346276065292",
        "long: 37.5734168663621",
        "salary_from: 60000",
        "salary_period: monthly",
        "renew: never",
        "",
      ].join("\n"),
    );
    assert.equal(result.not_shown, [
      "profession_id",
      "contact_phone",
      "remote",
      "has_autoreply",
      "autoreply_text",
      "auto_renew",
    ]);
    await quiet(stage);
    assert.equal(stage.board.control.state().ledger, []);
    assert.is(stage.count("POST", /\/jobs/) + stage.count("PUT", /\/jobs/), 0);
  }),
);

story("the example account: 200 jobs become files, and nothing is left to do", () =>
  onStage(
    {},
    async (stage) => {
      const { code, result } = await importing(stage, "--all");
      assert.is(code, 0);
      assert.equal(result.failed, []);
      const expected = result.left.length + result.items.length;
      const listed = stage.jobs().filter(({ status }) => status === "active").length;
      assert.ok(expected === 200 || expected === listed, `${expected} jobs`);
      assert.is(files(stage).length, result.items.length);
      assert.is(new Set(files(stage).map((name) => name.toLowerCase())).size, result.items.length);
      for (const file of files(stage)) assert.match(file, /^[a-z0-9-]+\/[a-z0-9-]+\.yaml$/);
      await quiet(stage);
      assert.is((await stage.run("fmt", "--check")).code, 0);
      const { code: valid, out } = await stage.run("validate", "-o", "json");
      assert.is(valid, 0, out);
      const before = stage.board.control.state();
      await stage.apply();
      assert.equal(stage.board.control.state().ledger, before.ledger);
      assert.equal(stage.jobs(), before.jobs);
      // With the state lost, what was imported is recognised by what the files say.
      const again = await importing(stage, "--all");
      assert.equal(again.result.items, []);
    },
    { example: true },
  ),
);

story("equal titles get the street, equal jobs a number, and a name that is taken is left alone", () =>
  onStage(
    { "moskva/pekar.yaml": vacancyFile({ description: "Своя.", address: "Тверь", lat: 56.8 }) },
    async (stage) => {
      const same = { ...baker, title: "Продавец" };
      for (const change of [
        {},
        {},
        { address: "Москва, Тверская улица, 14", lat: 55.76 },
        { title: "Пекарь", lat: 55.9 },
      ])
        stage.board.control.putJob({ attributes: { ...same, ...change } });
      await importing(stage, "--all");
      assert.equal(files(stage), [
        "moskva/pekar-elanskogo-2.yaml",
        "moskva/pekar.yaml",
        "moskva/prodavec-elanskogo-2-2.yaml",
        "moskva/prodavec-elanskogo-2.yaml",
        "moskva/prodavec-tverskaya-14.yaml",
      ]);
      assert.match(read(stage, "moskva/pekar.yaml"), /Своя/);
      assert.equal(stepsOf(await stage.plan()), ["moskva/pekar: create"]);
    },
  ),
);

story("the folder that a city has already, unless its defaults would change the job", () =>
  onStage(
    {
      "msk/cook.yaml": vacancyFile({ title: "Повар", description: "Готовим.", lat: 55.9 }),
      "kzn/_defaults.yaml": 'contact_phone: "79990000001"\nsalary_period: hourly\n',
      "kzn/cook.yaml": vacancyFile({
        title: "Повар",
        description: "Готовим.",
        address: "Казань, ул. Баумана, 1",
        lat: 55.78,
        long: 49.12,
      }),
    },
    async (stage) => {
      await stage.apply();
      stage.board.control.putJob({ attributes: baker });
      stage.board.control.putJob({
        attributes: { ...baker, address: "Казань, ул. Баумана, 7", lat: 55.79, long: 49.11 },
      });
      const { result } = await importing(stage, "--all");
      assert.equal(
        result.items.map(({ file }) => file),
        ["imported/kazan/pekar.yaml", "msk/pekar.yaml"],
      );
      await quiet(stage);
    },
  ),
);

story("defaults that would make something else of a job are overruled in its file", () =>
  onStage(
    {
      "_defaults.yaml": [
        "salary_period: hourly",
        "salary_to: 90000",
        "publish_until: 2020-01-01",
        "status: closed",
        "publication_type: ultra_job_publish",
        "promote: [{ action: job_refresh, every: 5d }]",
        "",
      ].join("\n"),
    },
    async (stage) => {
      const id = stage.board.control.putJob({ attributes: { ...baker, salary_to: null } });
      const { result } = await importing(stage, id);
      assert.equal(result.items[0]?.sent_next, []);
      const text = read(stage, "moskva/pekar.yaml");
      for (const line of [
        "salary_to: null",
        "salary_period: monthly",
        "status: active",
        "publish_until: null",
        "promote: []",
      ])
        assert.match(text, line);
      await quiet(stage);
    },
  ),
);

story("what the board doesn't show and defaults state is told: the next plan sends it", () =>
  onStage({ "_defaults.yaml": 'contact_phone: "79990000001"\n' }, async (stage) => {
    const id = stage.board.control.putJob({ attributes: baker });
    const { out } = await stage.run("import", id);
    assert.match(
      out.replace(/\s+/g, " "),
      /defaults state contact_phone, which the board doesn't show: the next plan sends it to moskva\/pekar/,
    );
    assert.equal(stepsOf(await stage.plan()), ["moskva/pekar: update(contact_phone)"]);
    await stage.apply();
    await quiet(stage);
  }),
);

story("what no file may state is left out, and stays on the board as it is", () =>
  onStage({}, async (stage) => {
    const long = `${"Печём хлеб. ".repeat(30)}`;
    const id = stage.board.control.putJob({ attributes: { ...baker, description: long, salary_to: 10 } });
    const { result } = await importing(stage, id);
    assert.equal(
      result.items[0]?.left_out.map(({ name }) => name),
      ["description", "salary_from"],
    );
    await quiet(stage);
    assert.is(stage.jobs()[0]?.attributes.description, long);
    await stage.edit("moskva/pekar.yaml", "title: Пекарь", "title: Пекарь ночью");
    await stage.apply();
    assert.is(stage.jobs()[0]?.attributes.description, long);
    await quiet(stage);
  }),
);

story("ids that are to be ignored stay out of everything", () =>
  onStage({}, async (stage) => {
    const id = stage.board.control.putJob({ attributes: baker });
    await stage.write("_config.yaml", `ignore: ["${id}"]\n`);
    const all = await importing(stage, "--all");
    assert.equal(all.result.items, []);
    assert.is(all.result.left[0]?.kind, "ignored");
    const named = await importing(stage, id);
    assert.equal(named.result.items, []);
    assert.equal(files(stage), ["_config.yaml"]);
  }),
);

story("a job that a new file would take over, or that may be its twin, is left to the plan", () =>
  onStage(
    {
      "equal.yaml": vacancyFile({ ...baker, address: "Тула", lat: 54.2, long: 37.6 }),
      "twin.yaml": vacancyFile({ ...baker, salary_from: 70000 }),
    },
    async (stage) => {
      stage.board.control.putJob({ attributes: { ...baker, address: "Тула", lat: 54.2, long: 37.6 } });
      const twin = stage.board.control.putJob({ attributes: baker });
      const { result } = await importing(stage, "--all");
      assert.equal(result.items, []);
      assert.equal(result.left.map(({ kind }) => kind).sort(), ["equal", "twin"]);
      const allowed = await importing(stage, twin, "--allow", "twins");
      assert.equal(
        allowed.result.items.map(({ job_id }) => job_id),
        [twin],
      );
    },
  ),
);

story("expired ones without a renewal, closed ones only when they are asked for: nothing is bought", () =>
  onStage({}, async (stage) => {
    const expired = stage.board.control.putJob({ attributes: baker, status: "expired" });
    const closed = stage.board.control.putJob({
      attributes: { ...baker, title: "Повар", lat: 55.9 },
      status: "closed",
    });
    const { result } = await importing(stage, expired, closed);
    assert.equal(
      result.items.map(({ file }) => file),
      ["moskva/pekar.yaml", "moskva/povar.yaml"],
    );
    assert.match(read(stage, "moskva/povar.yaml"), /^status: closed$/m);
    const { result: applied } = await stage.apply();
    assert.is(applied.summary.applied, 0);
    assert.equal(stage.board.control.state().ledger, []);
    await quiet(stage);
  }),
);

story("--dry-run writes nothing, --into chooses the folder", () =>
  onStage({}, async (stage) => {
    const id = stage.board.control.putJob({ attributes: baker });
    const { result } = await importing(stage, id, "--dry-run", "--into", "taken/over", "--verbose");
    assert.is(result.items[0]?.file, "taken/over/moskva/pekar.yaml");
    assert.match(result.items[0]?.text ?? "", /^title: Пекарь$/m);
    assert.equal(files(stage), []);
    assert.match((await stage.run("state", "list")).out, /[Nn]othing/);
    await importing(stage, id, "--into", "taken/over");
    assert.equal(files(stage), ["taken/over/moskva/pekar.yaml"]);
    await quiet(stage);
  }),
);

story("a job whose file is gone comes back under its name, with what the board hides", () =>
  onStage(
    { "msk/baker.yaml": vacancyFile({ on_delete: "detach", contact_phone: "79990000000" }) },
    async (stage) => {
      await stage.apply();
      await stage.write("msk/cook.yaml", vacancyFile({ title: "Повар", description: "Готовим.", lat: 55.9 }));
      await stage.apply();
      await stage.remove("msk/baker.yaml");
      await stage.apply();
      const id = stage.jobs()[0]?.id ?? "";
      const all = await importing(stage, "--all");
      assert.is(all.result.left.find(({ job_id }) => job_id === id)?.kind, "remembered");
      const { result } = await importing(stage, id);
      assert.equal(
        result.items.map(({ key }) => key),
        ["msk/baker"],
      );
      assert.match(read(stage, "msk/baker.yaml"), /profession: актер/);
      assert.match(read(stage, "msk/baker.yaml"), /contact_phone: "79990000000"/);
      await quiet(stage);
    },
  ),
);

story("ids that aren't there, and none at all", () =>
  onStage({}, async (stage) => {
    const id = stage.board.control.putJob({ attributes: baker });
    const some = await importing(stage, "4711", id);
    assert.is(some.code, 3);
    assert.equal(
      some.result.failed.map(({ job_id }) => job_id),
      ["4711"],
    );
    assert.is(some.result.items.length, 1);
    assert.is((await importing(stage, "4711")).code, 1);
    const none = await stage.run("import");
    assert.is(none.code, 1);
    assert.match(none.err, /import --all/);
    const both = await stage.run("import", "--all", id);
    assert.match(both.err, /exclude each other/);
    for (const into of ["../out", "/abs", ".hidden", "_x", "a b"])
      assert.match((await stage.run("import", "--all", "--into", into)).err, /--into/);
    const again = await importing(stage, id);
    assert.is(again.result.left[0]?.kind, "managed");
  }),
);

imports("in another clone, without the state, what was imported is recognised, and validated", () =>
  onStage({}, async (stage) => {
    const id = stage.board.control.putJob({ attributes: baker });
    const long = stage.board.control.putJob({
      attributes: { ...baker, title: "Повар", description: "я".repeat(300), lat: 55.9 },
    });
    await importing(stage, id, long);
    await stage.forget();
    assert.is((await stage.run("validate")).code, 0);
    assert.equal(stepsOf(await stage.plan()), ["moskva/pekar: adopt", "moskva/povar: adopt"]);
    await stage.apply();
    await quiet(stage);
    // What lacks something and has no job isn't published, and says why.
    await stage.write("moskva/new.yaml", read(stage, "moskva/pekar.yaml").replace("Пекарь", "Другой"));
    const { code, err } = await stage.run("plan");
    assert.is(code, 1);
    assert.match(err, /moskva\/new can't be published without profession_id/);
  }),
);
imports("an imported file can be renamed, alone or with its folder", () =>
  onStage({}, async (stage) => {
    const id = stage.board.control.putJob({ attributes: baker });
    await importing(stage, id);
    await stage.write("msk/waiter.yaml", read(stage, "moskva/pekar.yaml").replace("renew: never\n", ""));
    await stage.remove("moskva");
    assert.equal(stepsOf(await stage.plan()), ["msk/waiter: move"]);
    await stage.apply();
    await quiet(stage);
  }),
);
imports("killed between a file and its entry: the next import binds the file", () =>
  onStage({}, async (stage) => {
    const id = stage.board.control.putJob({ attributes: baker });
    await importing(stage, id);
    await stage.run("state", "rm", "moskva/pekar");
    const { code, result } = await importing(stage, "--all");
    assert.is(code, 0);
    assert.equal(
      result.items.map(({ key, found }) => [key, found]),
      [["moskva/pekar", true]],
    );
    await quiet(stage);
  }),
);
imports("Ctrl-C in the middle: what is told is what is done, and a second run does the rest", () =>
  onStage(
    {},
    async (stage) => {
      const running = stage.start("import", "--all");
      while (files(stage).length < 5) await new Promise((resolve) => setImmediate(resolve));
      running.child.kill("SIGINT");
      const { code, out } = await running.ended;
      if (code === 130) assert.match(out, /Interrupted after \d+ jobs: what is here is done/);
      await importing(stage, "--all");
      await quiet(stage);
    },
    { example: true },
  ),
);
imports("the state keeps itself out of git", () =>
  onStage({}, async (stage) => {
    await importing(stage, stage.board.control.putJob({ attributes: baker }));
    assert.is(read(stage, ".vac/state/.gitignore"), "*\n");
  }),
);
imports("while a create is open nothing is imported: the job may be its", () =>
  onStage({ "a.yaml": vacancyFile() }, async (stage) => {
    stage.board.control.setFaults([
      { match: { method: "POST", path: "/jobs$" }, do: { kind: "drop_before" } },
    ]);
    await stage.apply();
    stage.board.control.setFaults([]);
    stage.board.control.putJob({ attributes: baker });
    const { code, err } = await stage.run("import", "--all");
    assert.is(code, 1);
    assert.match(err, /create of a was interrupted/);
    assert.equal(files(stage), ["a.yaml"]);
  }),
);

imports.run();
