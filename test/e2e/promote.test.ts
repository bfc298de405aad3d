// vac promote: one purchase outside the files.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { onStage, type Stage, vacancyFile } from "./harness.ts";

const promote = suite("vac promote");
const day = 86_400_000;
const files = {
  "a.yaml": vacancyFile(),
  "b.yaml": vacancyFile({ title: "Повар", promote: [{ action: "job_highlight", every: "1d" }] }),
};
const funds = {
  balance: 1_000_00,
  bonus: 1_000_00,
  otvas: { job_refresh: 0 },
  packets: [{ limits: { job_publish: 9, job_highlight: 2 } }],
  prices: { job_highlight: 500_00, job_refresh: 300_00 },
};
const settings = "prices: { job_highlight: 500, job_refresh: 300 }\n";
const bought = (stage: Stage, code: string): number =>
  stage.board.control.state().ledger.filter((charge) => charge.code === code).length;
const quiet = async (stage: Stage): Promise<void> =>
  assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);

promote("buys what is asked for and nothing else, and the record knows of it", () =>
  onStage(
    { ...files, "_config.yaml": settings },
    async (stage) => {
      await stage.apply();
      stage.board.control.advance(day);
      // A promotion of b is due, and stays so.
      const asked = await stage.run("promote", "a", "--action", "job_highlight", "--max-cost", "0");
      assert.is(asked.code, 0, asked.err);
      assert.match(asked.out, /↑ promote job_highlight: asked for/);
      assert.is(bought(stage, "job_highlight"), 2);
      await stage.apply();
      assert.is(bought(stage, "job_highlight"), 3);
      await quiet(stage);
      const again = await stage.run("promote", "a", "--action", "job_highlight", "--max-cost", "900");
      assert.is(again.code, 3);
      assert.match(again.out, /job_highlight runs until .* already/);
      assert.is(bought(stage, "job_highlight"), 3);
    },
    { funds },
  ),
);

promote("nothing without consent: --max-cost where nobody can be asked, and no more than that", () =>
  onStage(
    { ...files, "_config.yaml": settings },
    async (stage) => {
      await stage.apply();
      stage.board.control.advance(6 * day);
      const silent = await stage.run("promote", "a", "--action", "job_refresh");
      assert.is(silent.code, 1);
      assert.match(silent.err, /--max-cost ROUBLES/);
      const dear = await stage.run("promote", "a", "--action", "job_refresh", "--max-cost", "299");
      assert.is(dear.code, 1);
      assert.match(
        dear.out.replaceAll("\u202f", " "),
        /300 ₽ would be taken from the wallet, and --max-cost is 299 ₽/,
      );
      assert.is(bought(stage, "job_refresh"), 0);
      const { code, out } = await stage.run(
        "promote",
        "a",
        "b",
        "--action",
        "job_refresh",
        "--max-cost",
        "600",
        "-o",
        "json",
      );
      assert.is(code, 0);
      assert.is(JSON.parse(out).summary.applied, 2);
      assert.is(stage.board.control.state().funds.balance, 400_00);
    },
    { funds },
  ),
);

promote("over several keys the others go on when one can't be promoted", () =>
  onStage({ ...files, "c.yaml": vacancyFile({ title: "Официант", renew: "never" }) }, async (stage) => {
    await stage.apply("--target", "a", "--target", "c");
    const id = stage.jobs().find(({ attributes }) => attributes.title === "Официант")?.id ?? "";
    stage.board.control.putJob({ id, status: "closed" });
    const { code, out } = await stage.run("promote", "*", "--action", "elevation_1d", "--max-cost", "0");
    assert.is(code, 3);
    assert.match(out, /! b\n\s+it isn't managed under this key yet/);
    assert.match(out, /! c .*\n\s+somebody closed it on the board/);
    assert.is(bought(stage, "elevation_1d"), 1);
    assert.is(bought(stage, "job_publish"), 2);
  }),
);

promote("wrong keys and actions are told, and nothing is sent", () =>
  onStage(files, async (stage) => {
    await stage.apply();
    const before = bought(stage, "job_highlight");
    for (const [args, said] of [
      [["x", "--action", "job_refresh"], /KEY x matches no vacancy/],
      [["a", "--action", "job_publish"], /job_publish/],
      [["a"], /action/],
      [["--action", "job_refresh"], /keys|argument/i],
    ] as const) {
      const { code, err } = await stage.run("promote", ...args, "--max-cost", "0");
      assert.is(code, 1);
      assert.match(err, said);
    }
    assert.is(bought(stage, "job_highlight"), before);
  }),
);

promote("a lost answer isn't bought twice", () =>
  onStage(
    files,
    async (stage) => {
      await stage.apply();
      stage.board.control.setFaults([
        { match: { path: "/paid_actions$", times: 1 }, do: { kind: "drop_after" } },
      ]);
      const args = ["promote", "a", "--action", "job_highlight", "--account", "bonus", "--max-cost", "0"];
      assert.is((await stage.run(...args)).code, 3);
      assert.is((await stage.run(...args)).code, 3);
      assert.is(bought(stage, "job_highlight"), 2);
      await quiet(stage);
    },
    { funds },
  ),
);
promote.run();
