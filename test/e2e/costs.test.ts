// What was spent, held against the board; and a month's limits after the state was lost.
import { readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Costs } from "../../src/generated/costs.ts";
import type { PlanJson } from "../../src/generated/plan.ts";
import type { State } from "../../src/generated/state.ts";
import { quiet } from "./bakery.ts";
import { manyFiles, onStage, type Stage, stepsOf, vac, vacancyFile } from "./harness.ts";
import { rewriting } from "./rewriting.ts";

const day = 86_400_000;
const first = Date.parse("2026-12-01T09:00:00Z");
const plain = (text: string): string => text.replaceAll("\u202f", " ");
const settings = (more = ""): string => `prices: { job_publish: 1200, job_refresh: 300 }\n${more}`;
const prices = { job_publish: 1_200_00, job_refresh: 300_00 };
const funds = { balance: 100_000_00, otvas: {}, packets: [], prices };
const monthly = "budget: { per_month: { wallet: 6000 } }\n";
const bakers = (...names: string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name, index) => [
      `moscow/${name}.yaml`,
      vacancyFile({ title: `Пекарь ${name}`, description: `Печём, ${name}.`, lat: 55 + index / 10 }),
    ]),
  );
const costs = async (stage: Stage, ...args: string[]): Promise<Costs> => {
  const { code, out, err } = await stage.run("costs", "-o", "json", ...args);
  assert.is(code, 0, err);
  return JSON.parse(out);
};
const stateFile = (stage: Stage): string =>
  join(stage.dir, ".vac", "state", `${stage.board.url.replace("://", "_").replace(":", "_")}.json`);
const stateOf = (stage: Stage): State => JSON.parse(readFileSync(stateFile(stage), "utf8"));
/** As a runner whose disk is gone. */
const lose = (stage: Stage) => rm(join(stage.dir, ".vac", "state"), { recursive: true });
const guardsOf = ({ guards }: PlanJson): string[] =>
  guards.map(({ name, message }) => plain(`${name}: ${message}`));

const showing = suite("costs");
showing("by folder and code, equal to what the board shows; in three formats", () =>
  onStage(
    {
      ...bakers("a", "b"),
      "root.yaml": vacancyFile({ title: "Повар", lat: 54 }),
      "=odd/x.yaml": vacancyFile({ title: "Кассир", lat: 53 }),
      "_config.yaml": settings(),
    },
    async (stage) => {
      stage.board.control.freeze(first);
      await stage.apply();
      const told = await costs(stage);
      assert.is(told.month, "2026-12");
      const row = { code: "job_publish", account: "company" };
      assert.equal(told.rows, [
        { folder: ".", ...row, units: 1, wallet: 1_200_00 },
        { folder: "=odd", ...row, units: 1, wallet: 1_200_00 },
        { folder: "moscow", ...row, units: 2, wallet: 2_400_00 },
      ]);
      assert.is(told.wallet, 4_800_00);
      assert.equal(told.codes, [{ ...row, recorded: 4, board: 4 }]);
      assert.equal(told.unmatched, []);
      const { out } = await stage.run("costs");
      assert.match(plain(out), /\(root\) +job_publish +1 +1 200 ₽/);
      assert.match(plain(out), /From the wallet: 4 800 ₽ at most\./);
      const sheet = await stage.run("costs", "--format", "csv");
      assert.is(sheet.out.split("\r\n")[2], "2026-12,'=odd,job_publish,company,1,120000");
      assert.is(sheet.err, "");
      assert.equal((await costs(stage, "--month", "2026-11")).rows, []);
      stage.board.control.advance(31 * day);
      assert.equal(
        [(await costs(stage)).month, (await costs(stage, "--month", "2026-12")).wallet],
        ["2027-01", 4_800_00],
      );
      await stage.apply();
      await quiet(stage);
    },
    { funds },
  ),
);

showing("what others bought is a difference, with who it was; without a state only the board tells", () =>
  onStage(
    { ...bakers("a"), "_config.yaml": settings() },
    async (stage) => {
      stage.board.control.freeze(first);
      const none = await stage.run("costs");
      assert.match(none.out, /There is no state here/);
      await stage.apply();
      const other = join(stage.dir, "..", "other");
      await mkdir(other);
      await writeFile(join(other, "z.yaml"), vacancyFile({ title: "Сварщик", lat: 50 }));
      await writeFile(join(other, "_config.yaml"), settings());
      const there = ["-C", other, "--board", stage.board.url];
      assert.is((await vac([...there, "apply", "--auto-approve"], stage.env)).code, 0);
      const { unmatched } = await costs(stage);
      assert.equal(
        unmatched.map(({ code, recorded, board, creators }) => [code, recorded, board, creators?.[0]?.units]),
        [["job_publish", 1, 2, 2]],
      );
      const { out } = await stage.run("costs");
      assert.match(out, /job_publish: 1 recorded, the board shows 2\n {4}not bought by this workspace/);
      assert.match(out, /on the board by Внешний пользователь\(robot-8Qd@пекарня\.example\) #1: 2/);
      assert.match((await stage.run("costs", "-o", "csv")).err, /1 difference: vac costs names them/);
      await lose(stage);
      const lost = await costs(stage);
      assert.is(lost.ledger.known, false);
      assert.equal(lost.codes, [{ code: "job_publish", account: "company", recorded: 0, board: 2 }]);
      assert.match(lost.unmatched[0]?.why ?? "", /there is no state/);
      await stage.run("state", "adopt", "z", "652");
      await stage.apply();
      await quiet(stage);
    },
    { funds },
  ),
);

showing("bonus apart; a wallet that the board doesn't show", () =>
  onStage(
    {
      "a.yaml": `${vacancyFile()}promote: [{ action: job_highlight, every: 3d, account: bonus }]\n`,
      "_config.yaml": settings("\n"),
    },
    async (stage) => {
      stage.board.control.freeze(first);
      await stage.apply();
      // What a publication and a promotion stand on comes one run after the other.
      await stage.apply();
      const told = await costs(stage);
      assert.equal(
        told.codes.map(({ code, account, recorded, board }) => [code, account, recorded, board]),
        [
          ["job_highlight", "bonus", 1, 1],
          ["job_publish", "company", 1, 0],
        ],
      );
      assert.match(told.unmatched[0]?.why ?? "", /what the wallet paid may not be among/);
      await quiet(stage);
    },
    { funds: { ...funds, bonus: 1_000_00 }, readings: { walletTransactions: false } },
  ),
);

const wrong: Readonly<Record<string, RegExp>> = {
  "--month 2026-13": /"2026-13" is neither\nhint: write it as YYYY-MM/,
  "--month december": /--month takes a year and a month/,
  "--month 2026-12 --confirm-ledger": /the month of now/,
  "-o csv --confirm-ledger": /prints text or JSON/,
  "--auto-approve": /goes with --confirm-ledger/,
  "-o xml": /isn't one of text, json, csv$/m,
};
showing("flags that can't be", () =>
  onStage({}, async (stage) => {
    for (const [flags, says] of Object.entries(wrong)) {
      const { code, out, err } = await stage.run("costs", ...flags.split(" "));
      assert.equal([code, out], [1, ""], flags);
      assert.match(err, says);
    }
    await stage.write("_config.yaml", "timezone: Mars/Olympus\n");
    assert.match((await stage.run("costs")).err, /there is no time zone/);
    assert.match((await stage.run("plan", "-o", "csv")).err, /isn't one of text, json, markdown$/m);
  }),
);
showing("the embedded board, and files with errors, are no hindrance", () =>
  onStage({ "a.yaml": "title: 1\n" }, async (stage) => {
    const { code, out, err } = await vac(["-C", stage.dir, "--board", "emulator", "costs"]);
    assert.is(code, 0, err);
    assert.match(out, /Nothing was recorded/);
  }),
);
showing.run();

const losing = suite("a lost state");
const month = { ...bakers("a", "b"), "_config.yaml": settings(monthly) };
/** Two vacancies on the first, one on the sixth; on the twelfth three more are wanted. */
async function halfMonth(stage: Stage): Promise<void> {
  stage.board.control.freeze(first);
  assert.is((await stage.apply()).code, 0);
  stage.board.control.advance(5 * day);
  await stage.write("moscow/c.yaml", bakers("x", "y", "c")["moscow/c.yaml"] ?? "");
  assert.is((await stage.apply()).code, 0);
  stage.board.control.advance(6 * day);
  const more = bakers("x", "y", "z", "d", "e", "f");
  for (const name of ["d", "e", "f"])
    await stage.write(`moscow/${name}.yaml`, more[`moscow/${name}.yaml`] ?? "");
}
const beyond =
  "budget: 3 600 ₽ would be spent, after 3 600 ₽ this month, and budget.per_month.wallet is 6 000 ₽";

losing("a month's limit refuses at the same total, from what the board's transactions show", () =>
  onStage(
    month,
    async (stage) => {
      await halfMonth(stage);
      assert.equal(guardsOf(await stage.plan()), [beyond]);
      await lose(stage);
      const plan = await stage.plan();
      assert.equal(guardsOf(plan), [beyond]);
      assert.equal(
        stepsOf(plan).filter((step) => step.endsWith("adopt")),
        ["moscow/a: adopt", "moscow/b: adopt", "moscow/c: adopt"],
      );
      const [note] = plan.diagnostics.filter(({ code }) => code === "ledger-begins");
      assert.match(
        plain(note?.message ?? ""),
        /3 × job_publish, 3 600 ₽ at most\. What the wallet paid may not/,
      );
      assert.is((await stage.run("apply", "--auto-approve")).code, 1);
      assert.is(stage.jobs().length, 3);
      await stage.remove("moscow/f.yaml");
      assert.is((await stage.apply()).code, 0);
      const { ledger = [], ledgerSince } = stateOf(stage);
      assert.is(ledgerSince, Date.parse("2026-11-30T21:00:00Z"));
      assert.equal(
        ledger.map(({ key, wallet }) => [key, wallet]),
        [
          ["", 1_200_00],
          ["", 1_200_00],
          ["", 1_200_00],
          ["moscow/d", 1_200_00],
          ["moscow/e", 1_200_00],
        ],
      );
      // From here on the ledger is the state's own: the board's transactions aren't asked for again.
      stage.board.control.clearRequests();
      await stage.write("moscow/g.yaml", vacancyFile({ title: "Ещё один", lat: 51 }));
      const [guard] = guardsOf(await stage.plan());
      assert.match(guard ?? "", /1 200 ₽ would be spent, after 6 000 ₽ this month/);
      assert.is(stage.count("GET", /transactions/), 0);
      const told = await costs(stage);
      assert.equal(
        told.rows.map(({ folder, units }) => [folder, units]),
        [
          ["moscow", 2],
          [null, 3],
        ],
      );
      assert.equal([told.unmatched, told.ledger.whole], [[], true]);
      assert.match((await stage.run("costs")).out, /\(unknown\) +job_publish +3/);
      await stage.remove("moscow/g.yaml");
      await quiet(stage);
    },
    { funds },
  ),
);

losing("what it can't see it says: payments of the wallet that aren't among the transactions", () =>
  onStage(
    month,
    async (stage) => {
      await halfMonth(stage);
      await lose(stage);
      const plan = await stage.plan();
      assert.equal(guardsOf(plan), []);
      const { out } = await stage.run("plan");
      assert.match(
        plain(out).replace(/\s+/g, " "),
        /limits of the month count what the board's transactions show: nothing\. What the wallet paid may not be among them/,
      );
      await stage.apply();
      const { ledger = [], ledgerSince } = stateOf(stage);
      assert.equal([ledger.length, ledgerSince], [3, Date.parse("2026-11-30T21:00:00Z")]);
      await quiet(stage);
    },
    { funds, readings: { walletTransactions: false } },
  ),
);

losing("units are counted, and against every folder, since nobody knows whose they were", () =>
  onStage(
    {
      ...manyFiles(3),
      "_config.yaml":
        "budget: { folders: { moscow: { per_month: { job_publish: 4 } }, kazan: { per_month: { job_publish: 3 } } } }\n",
    },
    async (stage) => {
      await stage.apply();
      await lose(stage);
      await stage.write("moscow/new.yaml", vacancyFile({ title: "Новая", lat: 51 }));
      assert.equal(guardsOf(await stage.plan()), []);
      await stage.write("kazan/new.yaml", vacancyFile({ title: "Новая в Казани", lat: 52 }));
      assert.equal(guardsOf(await stage.plan()), [
        "budget: 1 × job_publish would be spent, after 3 × job_publish this month, and budget.folders.kazan.per_month.job_publish is 3 × job_publish",
      ]);
      await stage.remove("kazan/new.yaml");
      assert.is((await stage.apply()).code, 0);
      await quiet(stage);
    },
    { funds: { packets: [{ limits: { job_publish: 9 } }] } },
  ),
);

/** A stage whose board words its transactions otherwise. */
async function reworded(
  stage: Stage,
  words: (text: string) => string,
  story: (run: (...args: string[]) => ReturnType<typeof vac>) => Promise<void>,
): Promise<void> {
  const board = await rewriting(stage.board.url, /vas_transactions/, words);
  try {
    await story((...args) => vac(["-C", stage.dir, "--board", board.url, ...args], stage.env));
  } finally {
    await board.close();
  }
}

losing("what can't be read refuses paid steps under the limit until somebody says to go on", () =>
  onStage(
    month,
    async (stage) => {
      await reworded(
        stage,
        (text) => text.replace("Размещение вакансии: -1", "Списано с кошелька 1200 ₽"),
        async (run) => {
          stage.board.control.freeze(first);
          assert.is((await run("apply", "--auto-approve")).code, 0);
          await rm(join(stage.dir, ".vac", "state"), { recursive: true });
          await stage.write("moscow/c.yaml", bakers("x", "y", "c")["moscow/c.yaml"] ?? "");
          const { code, out, err } = await run("apply", "--auto-approve");
          assert.is(code, 1);
          assert.match(out, /ledger: .* 1 can't be read: “Списано с кошелька 1200 ₽”/);
          assert.match(err, /refused by ledger; nothing was changed\nhint: vac costs --confirm-ledger/);
          assert.is((await run("apply", "--auto-approve", "--allow", "budget")).code, 1);
          assert.match((await run("apply", "--auto-approve", "--allow", "ledger")).err, /isn't one of/);
          // What is free goes on.
          assert.is((await run("apply", "--auto-approve", "--no-spend")).code, 0);
          assert.match((await run("costs")).out, /“Списано с кошелька 1200 ₽”, by .*\n {4}it can't be read/);
          const asked = await run("costs", "--confirm-ledger");
          assert.is(asked.code, 1);
          assert.match(plain(asked.out), /job_publish +1 +1 200 ₽\n\nThey would not count:\n {2}“Списано/);
          assert.match(asked.err, /nobody can be asked here/);
          assert.is((await run("apply", "--auto-approve")).code, 1);
          const confirmed = await run("costs", "--confirm-ledger", "--auto-approve", "-o", "json");
          assert.is(confirmed.code, 0, confirmed.err);
          assert.equal(
            (JSON.parse(confirmed.out) as Costs).rows.map(({ folder, units, wallet }) => [
              folder,
              units,
              wallet,
            ]),
            [[null, 1, 1_200_00]],
          );
          assert.match((await run("costs", "--confirm-ledger")).out, /there is nothing to confirm/);
          assert.is((await run("apply", "--auto-approve")).code, 0);
          assert.is((await run("plan", "--detailed-exitcode")).code, 0);
        },
      );
    },
    { funds },
  ),
);

losing("a folder without a limit goes on meanwhile, and isn't counted twice later", () =>
  onStage(
    {
      ...bakers("a", "b"),
      "_config.yaml": settings("budget: { folders: { moscow: { per_month: { wallet: 6000 } } } }\n"),
    },
    async (stage) => {
      await reworded(
        stage,
        (text) => text.replace("Размещение вакансии: -1", "Списано"),
        async (run) => {
          stage.board.control.freeze(first);
          await run("apply", "--auto-approve");
          await rm(join(stage.dir, ".vac", "state"), { recursive: true });
          stage.board.control.advance(day);
          await stage.write("kazan/a.yaml", vacancyFile({ title: "Казань", lat: 51 }));
          assert.is((await run("apply", "--auto-approve")).code, 0);
          await stage.write("moscow/c.yaml", bakers("x", "y", "c")["moscow/c.yaml"] ?? "");
          assert.is((await run("apply", "--auto-approve")).code, 1);
          await run("costs", "--confirm-ledger", "--auto-approve");
          const told = JSON.parse((await run("costs", "-o", "json")).out) as Costs;
          assert.equal(
            told.rows.map(({ folder, units }) => [folder, units]),
            [
              ["kazan", 1],
              [null, 1],
            ],
          );
          assert.is((await run("apply", "--auto-approve")).code, 0);
          assert.is((await run("plan", "--detailed-exitcode")).code, 0);
        },
      );
    },
    { funds },
  ),
);

losing("no price for what was bought: only where the wallet is limited and would pay", () =>
  onStage(
    { "a.yaml": vacancyFile(), "_config.yaml": `prices: { job_publish: 1200 }\n${monthly}` },
    async (stage) => {
      stage.board.control.freeze(first);
      await stage.edit(
        "a.yaml",
        "salary_period",
        "promote: [{ action: job_highlight, every: 20d }]\nsalary_period",
      );
      await stage.apply();
      await stage.apply();
      await lose(stage);
      stage.board.control.setFunds({ packets: [] });
      await stage.write("b.yaml", vacancyFile({ title: "Повар", lat: 51 }));
      const [guard] = (await stage.plan()).guards;
      assert.is(guard?.name, "ledger");
      assert.match(guard?.message ?? "", /no price is known of job_highlight/);
      assert.match(guard?.allow ?? "", /write prices: \{ job_highlight: ROUBLES \}/);
      await stage.edit("_config.yaml", "1200", "1200, job_highlight: 500");
      assert.equal(guardsOf(await stage.plan()), []);
      assert.is((await stage.apply()).code, 0);
      await stage.apply();
      await quiet(stage);
    },
    { funds: { ...funds, packets: [{ limits: { job_highlight: 5, job_publish: 1 } }] } },
  ),
);

losing("without a limit of the month nobody asks; one that comes later in the month does", () =>
  onStage(
    { ...bakers("a", "b"), "_config.yaml": settings() },
    async (stage) => {
      stage.board.control.freeze(first);
      await stage.apply();
      await lose(stage);
      stage.board.control.advance(day);
      stage.board.control.clearRequests();
      await stage.write("moscow/c.yaml", bakers("x", "y", "c")["moscow/c.yaml"] ?? "");
      await stage.apply();
      assert.is(stage.count("GET", /transactions/), 0);
      assert.equal([stateOf(stage).ledgerSince, stateOf(stage).ledger?.length], [first + day, 1]);
      assert.match((await stage.run("costs")).out, /since 2 Dec 2026, 12:00: not the whole month/);
      await stage.write("_config.yaml", settings(monthly));
      for (const [index, name] of ["d", "e", "f"].entries())
        await stage.write(
          `moscow/${name}.yaml`,
          vacancyFile({ title: name, description: name, lat: 50 + index / 10 }),
        );
      assert.equal(guardsOf(await stage.plan()), [beyond]);
      await stage.remove("moscow/f.yaml");
      assert.is((await stage.apply()).code, 0);
      assert.is(stateOf(stage).ledger?.length, 5);
      await quiet(stage);
    },
    { funds },
  ),
);

losing("a new account begins with an empty ledger and without a word; offline nothing is asked", () =>
  onStage(
    month,
    async (stage) => {
      stage.board.control.freeze(first);
      const { diagnostics, guards } = await stage.plan();
      assert.equal([diagnostics, guards], [[], []]);
      const offline = await vac(["-C", stage.dir, "--board", stage.board.url, "plan", "--offline"]);
      assert.is(offline.code, 0);
      stage.board.control.setFaults([{ match: { path: "/vas_transactions" }, do: { kind: "html" } }]);
      const { code, err } = await stage.run("apply", "--auto-approve");
      assert.is(code, 1);
      assert.match(err, /vas_transactions/);
      assert.is(stage.jobs().length, 0);
      stage.board.control.setFaults([]);
      assert.is((await stage.apply()).code, 0);
      assert.is(stateOf(stage).ledgerSince, Date.parse("2026-11-30T21:00:00Z"));
      await quiet(stage);
    },
    { funds },
  ),
);

losing("a state from before ledgers had a beginning counts as it is", () =>
  onStage(
    month,
    async (stage) => {
      stage.board.control.freeze(first);
      await stage.apply();
      const { ledgerSince: _, ledger: __, ...old } = stateOf(stage);
      await writeFile(stateFile(stage), JSON.stringify(old));
      stage.board.control.clearRequests();
      await stage.write("moscow/c.yaml", bakers("x", "y", "c")["moscow/c.yaml"] ?? "");
      const { diagnostics } = await stage.plan();
      assert.equal([diagnostics, stage.count("GET", /transactions/)], [[], 0]);
      await stage.apply();
      await quiet(stage);
    },
    { funds },
  ),
);
losing.run();
