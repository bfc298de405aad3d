// Which job is a vacancy while it isn't known what became of a create, and where keys, files and jobs change hands.
import { mkdirSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Plan } from "../../src/model/plan.ts";
import { repoOf } from "./git.ts";
import { manyFiles, onStage, Stage, vacancyFile } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";
import { bought, cook, day, lose, minute, plenty, steps, wallet } from "./paid.ts";

const who = suite("which job is it");
const hour = 60 * minute;
const lagging = { listLagMs: 5 * minute };
const active = (stage: Stage): string[] =>
  stage.jobs().flatMap(({ id, status }) => (status === "active" ? [id] : []));
const heldOf = (plan: Pick<Plan, "held">, key: string): string =>
  plan.held.find((one) => one.key === key)?.reason ?? "";
const move = (stage: Stage, from: string, to: string, there = stage): Promise<void> =>
  rename(join(stage.dir, from), join(there.dir, to));
/** What another person's job shows that is like ours but for the spelling of its address. */
const respelled = {
  title: "Пекарь",
  description: "Печём хлеб по сменам, учим с нуля.",
  profession_id: 85,
  lat: 55.7346276065292,
  long: 37.5734168663621,
  salary_from: 60000,
  salary_period: "monthly",
  address: "Москва, Еланского ул., д. 2",
};

who("a foreign twin doesn't hide the open create of a renamed vacancy", () =>
  onStage(
    { "a.yaml": vacancyFile() },
    async (stage) => {
      stage.board.control.putJob({ attributes: { ...respelled, description: "Другая", salary_from: 1 } });
      stage.board.control.advance(6 * minute);
      lose(stage, "/jobs$");
      await applyInside(stage, { allow: ["twins"] });
      await move(stage, "a.yaml", "b.yaml");
      const plan = await planInside(stage, { allow: ["twins"] });
      assert.equal(steps(plan), []);
      assert.match(heldOf(plan, "b"), /a create of a was sent/);
      for (let round = 0; round < 3; round += 1) {
        await applyInside(stage, { allow: ["twins"] });
        stage.board.control.advance(11 * minute);
      }
      assert.is(bought(stage, "job_publish"), 1);
      assert.is(active(stage).length, 2);
    },
    { funds: plenty, readings: lagging },
  ),
);

for (const [how, committed] of [
  ["in a commit", true],
  ["before any commit", false],
] as const)
  who(`a vacancy renamed and rewritten ${how} while its create is open isn't published beside it`, () =>
    onStage(
      { "z.yaml": cook() },
      async (stage) => {
        const repo = await repoOf(stage);
        await applyInside(stage);
        stage.board.control.advance(hour);
        await stage.write("a.yaml", vacancyFile());
        if (committed) repo.commit("a");
        lose(stage, "/jobs$");
        await applyInside(stage);
        await stage.remove("a.yaml");
        const rewritten = { title: "Пекарь-кондитер", description: "Печём хлеб по сменам, учим." };
        await stage.write("b.yaml", vacancyFile(rewritten));
        if (committed) repo.commit("renamed, with everything edited");
        const plan = await planInside(stage);
        assert.equal(steps(plan), []);
        assert.match(heldOf(plan, "b"), /a create of a was sent/);
        for (let round = 0; round < 4; round += 1) {
          stage.board.control.advance(11 * minute);
          await applyInside(stage);
        }
        // Without git's word it is another vacancy, once the first one is settled.
        assert.is(bought(stage, "job_publish"), committed ? 2 : 3);
        assert.is(active(stage).length, 2);
        assert.equal(steps(await planInside(stage)), []);
      },
      { funds: plenty, readings: lagging },
    ),
  );

who("a file that moves to another workspace while its create is open waits for the other one", () =>
  onStage(
    { "z.yaml": cook() },
    async (stage) => {
      const repo = await repoOf(stage);
      const north = new Stage(join(repo.root, "north"), stage.board);
      mkdirSync(north.dir);
      await north.write("_config.yaml", "concurrency: 4\n");
      await applyInside(stage);
      stage.board.control.advance(hour);
      await stage.write("a.yaml", vacancyFile());
      repo.commit("a");
      lose(stage, "/jobs$");
      await applyInside(stage);
      await move(stage, "a.yaml", "a.yaml", north);
      repo.commit("moved");
      const plan = await planInside(north);
      assert.match(heldOf(plan, "a"), /the workspace vacancies has sent a create of a/);
      await applyInside(north, { allow: ["twins"] });
      assert.is(bought(stage, "job_publish"), 2);
      stage.board.control.advance(11 * minute);
      await applyInside(stage);
      await applyInside(north);
      for (let round = 0; round < 2; round += 1) await applyInside(stage);
      assert.equal(active(stage).length, 2, "what was published first is closed as its file went");
    },
    { funds: plenty, readings: lagging },
  ),
);

for (const [what, job, allow] of [
  ["an active job", {}, ["twins"]],
  ["a closed job", { status: "closed" }, []],
] as const)
  who(`${what} that was there before isn't what a lost create has made`, () =>
    onStage(
      { "a.yaml": vacancyFile(), "z.yaml": cook(), "_config.yaml": "prices: { job_publish: 1200 }\n" },
      async (stage) => {
        const old = stage.board.control.putJob({ attributes: respelled, ...job });
        stage.board.control.setFaults([
          { match: { method: "POST", path: "/jobs$" }, do: { kind: "drop_before" } },
        ]);
        await applyInside(stage, { allow: [...allow] });
        stage.board.control.setFaults([]);
        for (let round = 0; round < 3; round += 1) {
          await applyInside(stage, { allow: [...allow] });
          stage.board.control.advance(11 * minute);
        }
        const found = stage.jobs().find(({ id }) => id === old);
        assert.is(found?.attributes.address, respelled.address);
        assert.is(bought(stage, "job_publish"), 2);
        await stage.remove("a.yaml");
        await applyInside(stage);
        assert.is(stage.jobs().find(({ id }) => id === old)?.status, found?.status);
      },
      { funds: wallet },
    ),
  );

who("another vacancy under the key of a detached one doesn't rewrite that one's job", () =>
  onStage(
    { "a.yaml": vacancyFile({ on_delete: "detach" }), "z.yaml": cook() },
    async (stage) => {
      await applyInside(stage);
      await stage.remove("a.yaml");
      await applyInside(stage);
      const driver = { title: "Водитель", profession_id: 3, description: "Возим.", address: "Тверь, 1" };
      await stage.write("a.yaml", vacancyFile({ ...driver, lat: 59.9, long: 30.3 }));
      assert.equal(steps(await planInside(stage)), ["a: create"]);
      await applyInside(stage);
      assert.equal(
        stage
          .jobs()
          .map(({ attributes, status }) => `${attributes.title} ${status}`)
          .sort(),
        ["Водитель active", "Пекарь active", "Повар active"],
      );
      assert.equal(steps(await planInside(stage)), []);
    },
    { funds: plenty },
  ),
);

who("a key that gets another job isn't published beside an unmanaged twin of it", () =>
  onStage(
    { "a.yaml": vacancyFile({ status: "active" }), "z.yaml": cook() },
    async (stage) => {
      await applyInside(stage);
      await stage.write("a.yaml", vacancyFile({ status: "closed" }));
      await applyInside(stage);
      const driver = {
        title: "Водитель",
        profession_id: 3,
        description: "Возим.",
        address: "Тверь, 1",
        lat: 59.9,
        long: 30.3,
      };
      const job = stage.board.control.putJob({ attributes: driver });
      await stage.write("a.yaml", vacancyFile(driver));
      const plan = await planInside(stage);
      assert.equal(steps(plan), []);
      assert.match(heldOf(plan, "a"), new RegExp(`job ${job} on the board may be the same vacancy`));
      assert.equal(steps(await planInside(stage, { allow: ["twins"] })), ["a: create"]);
    },
    { funds: plenty },
  ),
);

who("what was opened again by hand isn't closed when its old file is cleared away", () =>
  onStage(
    { "a.yaml": vacancyFile(), "z.yaml": cook() },
    async (stage) => {
      await applyInside(stage);
      await stage.write("a.yaml", vacancyFile({ status: "closed" }));
      await applyInside(stage);
      const [job] = stage.jobs().filter(({ attributes }) => attributes.title === "Пекарь");
      stage.board.control.putJob({ id: job?.id ?? "", status: "active" });
      await stage.remove("a.yaml");
      const plan = await planInside(stage);
      assert.equal(steps(plan), []);
      assert.match(heldOf(plan, "a"), /somebody opened it again/);
      assert.match((await stage.run("state", "rm", "a")).err, /is forgotten/);
      assert.equal([steps(await planInside(stage)), (await planInside(stage)).held], [[], []]);
    },
    { funds: plenty },
  ),
);

who("a day that had passed when it was written is an edit: the guard counts its closes", () =>
  onStage(
    manyFiles(12),
    async (stage) => {
      await applyInside(stage);
      await stage.write("_defaults.yaml", `publish_until: ${new Date().getFullYear() - 1}-12-31\n`);
      assert.equal(
        (await planInside(stage)).guards?.map(({ name }) => name),
        ["closes"],
      );
      const { result } = await applyInside(stage, { only: "clock" });
      assert.equal(result.results, []);
      assert.is(active(stage).length, 12);
      const later = new Date(Date.now() + 3 * day).toISOString().slice(0, 10);
      await stage.write("_defaults.yaml", `publish_until: ${later}\n`);
      await applyInside(stage);
      stage.board.control.advance(5 * day);
      assert.is((await applyInside(stage, { only: "clock" })).result.summary.applied, 12);
    },
    { funds: plenty },
  ),
);

who("a revival that was asked for and found to be done isn't made once more by the same command", () =>
  onStage(
    { "a.yaml": vacancyFile() },
    async (stage) => {
      await applyInside(stage);
      stage.board.control.advance(5 * day);
      stage.board.control.setFaults([
        { match: { method: "POST", path: "/revive$", times: 1 }, do: { kind: "drop_after" } },
        { match: { method: "GET", path: "/jobs/\\d+$", times: 3 }, do: { kind: "status", status: 400 } },
      ]);
      assert.is((await applyInside(stage, { renew: ["a"] })).result.summary.unknown, 1);
      stage.board.control.setFaults([]);
      assert.equal(steps(await planInside(stage, { renew: ["a"] })), []);
      await applyInside(stage, { renew: ["a"] });
      assert.is(bought(stage, "job_publish"), 2);
      assert.equal(steps(await planInside(stage, { renew: ["a"] })), ["a: revive"], "asked for anew");
    },
    { funds: plenty },
  ),
);

who("two open creates are never brought under one key", () =>
  onStage(
    { "a.yaml": vacancyFile(), "z.yaml": cook() },
    async (stage) => {
      stage.board.control.setFaults([
        { match: { method: "POST", path: "/jobs$" }, do: { kind: "drop_after" } },
      ]);
      await applyInside(stage);
      stage.board.control.setFaults([]);
      const { code, err } = await stage.run("state", "mv", "a", "z");
      assert.is(code, 1);
      assert.match(err, /what became of a call for z isn't in the state yet/);
      stage.board.control.advance(11 * minute);
      await applyInside(stage);
      assert.equal(steps(await planInside(stage)), []);
      assert.is((await stage.run("state", "list", "-o", "json")).out.match(/"key"/g)?.length, 2);
    },
    { funds: plenty, readings: lagging },
  ),
);

who("a job that an open create may have made is bound to its own key only; the hints lead there", () =>
  onStage(
    {
      "a.yaml": vacancyFile(),
      "_config.yaml": "prices: { job_publish: 1200 }\nbudget: { per_month: { wallet: 1200 } }\n",
    },
    async (stage) => {
      lose(stage, "/jobs$");
      await applyInside(stage);
      const id = stage.jobs()[0]?.id ?? "";
      await move(stage, "a.yaml", "b.yaml");
      const refused = await stage.run("state", "adopt", "b", id);
      assert.is(refused.code, 1);
      assert.match(refused.err, /vac state mv a b, then this again/);
      assert.is((await stage.run("state", "mv", "a", "b")).code, 0);
      assert.is((await stage.run("state", "adopt", "b", id)).code, 0);
      await applyInside(stage);
      await stage.write("c.yaml", cook());
      stage.board.control.advance(6 * minute);
      const plan = await planInside(stage);
      assert.equal(
        plan.guards?.map(({ name }) => name),
        ["budget"],
      );
    },
    { funds: wallet, readings: lagging },
  ),
);

who("a create whose file has gone can be bound to its job by hand", () =>
  onStage(
    { "a.yaml": vacancyFile(), "z.yaml": cook() },
    async (stage) => {
      stage.board.control.setFaults([
        { match: { method: "POST", path: "/jobs$", nth: 1 }, do: { kind: "drop_after" } },
      ]);
      await applyInside(stage);
      const [open] = (await planInside(stage)).held;
      const key = open?.key ?? "";
      const title = key === "a" ? "Пекарь" : "Повар";
      const id = stage.jobs().find(({ attributes }) => attributes.title === title)?.id ?? "";
      await stage.remove(`${key}.yaml`);
      const told = await stage.run("state", "resolve", key, "--done");
      assert.match(told.err, new RegExp(`vac state adopt ${key} ID`));
      assert.is((await stage.run("state", "adopt", key, id)).code, 0);
      assert.equal(steps(await planInside(stage)), [`${key}: close`]);
      assert.is(bought(stage, "job_publish"), 2);
    },
    { funds: plenty, readings: lagging },
  ),
);

who("a job makes way for another one that is wanted closed at once", () =>
  onStage(
    { "a.yaml": vacancyFile(), "z.yaml": cook() },
    async (stage) => {
      await applyInside(stage);
      await stage.remove("a.yaml");
      await stage.write("b.yaml", vacancyFile({ description: "Другой текст.", status: "closed" }));
      assert.equal(steps(await planInside(stage, { allow: ["replace"] })), ["a: close"]);
      await applyInside(stage, { allow: ["replace"] });
      assert.equal([steps(await planInside(stage)), (await planInside(stage)).held], [[], []]);
    },
    { funds: plenty },
  ),
);

who("a job that the list never shows is named, and whoever has looked may create all the same", () =>
  onStage(
    { "a.yaml": vacancyFile() },
    async (stage) => {
      await applyInside(stage);
      const id = stage.jobs()[0]?.id ?? "";
      await stage.write("b.yaml", cook());
      stage.board.control.advance(10 * day);
      const plan = await planInside(stage);
      assert.match(
        heldOf(plan, "b"),
        new RegExp(`leaves out what it shows as active one by one: a \\(job ${id}\\)`),
      );
      assert.equal(steps(await planInside(stage, { allow: ["twins"] })), ["b: create"]);
    },
    { funds: plenty, readings: { listLagMs: 100 * day } },
  ),
);

who("a create under --allow missing that is open holds its vacancy under the next name too", () =>
  onStage(
    { "a.yaml": vacancyFile(), "z.yaml": cook() },
    async (stage) => {
      await applyInside(stage);
      stage.board.control.advance(hour);
      const [job] = stage.jobs().filter(({ attributes }) => attributes.title === "Пекарь");
      stage.board.control.putJob({ id: job?.id ?? "", gone: true });
      lose(stage, "/jobs$");
      await applyInside(stage, { allow: ["missing"] });
      await move(stage, "a.yaml", "b.yaml");
      const plan = await planInside(stage, { allow: ["missing"] });
      assert.equal(steps(plan), []);
      assert.match(heldOf(plan, "b"), /a create was sent/);
      for (let round = 0; round < 3; round += 1) {
        stage.board.control.advance(11 * minute);
        await applyInside(stage, { allow: ["missing"] });
      }
      assert.is(bought(stage, "job_publish"), 3);
      assert.equal(steps(await planInside(stage)), []);
    },
    { funds: plenty, readings: lagging },
  ),
);

who.run();
