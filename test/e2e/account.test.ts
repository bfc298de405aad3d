// What the account has and what was taken from it, as the board tells it.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { manyFiles, onStage, type Stage, vac } from "./harness.ts";
import { json as fitting } from "./outputs.ts";

const account = suite("the account");
const plain = (text: string): string => text.replaceAll("\u202f", " ");
const json = async (stage: Stage, ...args: string[]) => {
  const ended = await stage.run(...args, "-o", "json");
  assert.is(ended.code, 0, ended.err);
  return fitting(args[1] === "balance" ? "packet-balance" : (args[0] ?? ""), ended);
};
const funds = {
  balance: 405_050,
  otvas: { job_refresh: 3, job_highlight: 0 },
  packets: [
    { limits: { job_publish: 10, job_elevate_3d: 2 } },
    { region: "01d3b0b4-7fca-486a-8b54-73e8b729fd4d", limits: { job_publish: 5 }, free: true },
  ],
};

account("company: the wallet in roubles, in JSON in kopecks, and the one-time units", () =>
  onStage(
    {},
    async (stage) => {
      const { code, out } = await stage.run("company");
      assert.is(code, 0);
      assert.match(plain(out), /wallet: 4 050\.50 ₽\n {2}one-time units: .*3 × job_refresh.*, until /);
      const told = await json(stage, "company");
      assert.is(told.id, "1");
      assert.is(told.balance, 405_050);
      assert.is(told.units.job_refresh, 3);
    },
    { funds },
  ),
);

account("packets, filtered and added up, in the codes that everything else has", () =>
  onStage(
    {},
    async (stage) => {
      const { items } = await json(stage, "packets");
      assert.equal(
        items.map(({ left }: { left: Record<string, number> }) => [left.job_publish, left.elevation_3d]),
        [
          [10, 2],
          [5, 0],
        ],
      );
      assert.is((await json(stage, "packets", "--fias-id", funds.packets[1]?.region ?? "")).items.length, 1);
      assert.equal((await json(stage, "packets", "--status", "archived")).items, []);
      assert.match((await stage.run("packets")).out, /10 × job_publish, 2 × elevation_3d/);
      const balance = (await json(stage, "packets", "balance")).items;
      assert.is(
        balance.find(
          (row: { code: string; fias_id: string }) =>
            row.code === "job_publish" && /^0/.test(row.fias_id) && !/^01/.test(row.fias_id),
        )?.bought,
        10,
      );
      assert.match((await stage.run("packets", "balance")).out, /job_publish +all +all +10/);
      assert.match(
        (await stage.run("packets", "balance", "--status", "active")).err,
        /no --fias-id and no --status/,
      );
    },
    { funds },
  ),
);

account("transactions: one for each publication, as many as are asked for", () =>
  onStage(manyFiles(60), async (stage) => {
    assert.equal((await json(stage, "transactions")).items, []);
    assert.match((await stage.run("transactions")).out, /no transaction/);
    await stage.apply();
    assert.is((await json(stage, "transactions")).items.length, 50);
    const { items, total } = await json(stage, "transactions", "--all");
    assert.equal([items.length, total], [60, 60]);
    const { out, err } = await stage.run("transactions", "--limit", "2");
    assert.match(out, /Размещение вакансии: -1/);
    assert.match(err, /2 of 60: --limit N or --all/);
    const csv = (await stage.run("transactions", "--limit", "1", "-o", "csv")).out.split("\r\n");
    assert.is(csv[0], "id,created_at,subscriptable_type,creator,applied_changes");
    assert.match(csv[1] ?? "", /^\d+,[^,]+Z,\w+,[^,]+,Размещение вакансии: -1$/);
    assert.match((await stage.run("transactions", "--limit", "0")).err, /--limit takes a number from 1 on/);
  }),
);

account("the embedded board needs no password; an answer that can't be used is told", () =>
  onStage({}, async (stage) => {
    const { code, out, err } = await vac(["-C", stage.dir, "--board", "emulator", "company"]);
    assert.is(code, 0, err);
    assert.match(out, /Company 1/);
    stage.board.control.setFaults([{ match: { path: "/company" }, do: { kind: "html" } }]);
    const broken = await stage.run("company");
    assert.is(broken.code, 1);
    assert.not.match(broken.err, /Internal error|at .*\.ts/);
  }),
);
account.run();
