// What must not be promoted, and what must not be bought a second time: each of these was once seen to go wrong.
import { execFileSync } from "node:child_process";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { login, password } from "./credentials.ts";
import { onStage, type Stage, stepsOf, vac, vacancyFile } from "./harness.ts";

const once = suite("promotions, once");
const hour = 3_600_000;
const day = 24 * hour;
const highlight = { action: "job_highlight", every: "1d" };
const promoted = (promote: object[], more: Record<string, unknown> = {}): string =>
  vacancyFile({ promote, ...more });
const bought = (stage: Stage, code: string): number =>
  stage.board.control.state().ledger.filter((charge) => charge.code === code).length;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const quiet = async (stage: Stage): Promise<void> => {
  const { code, out } = await stage.run("plan", "--detailed-exitcode");
  assert.is(code, 0, out);
};
const plenty = {
  balance: 100_000_00,
  bonus: 100_000_00,
  otvas: {},
  packets: [
    { limits: { job_publish: 50, job_highlight: 50, job_refresh: 50, elevation_1d: 50, elevation_3d: 50 } },
  ],
};
const loseAnswer = (stage: Stage, kind: "drop_after" | "drop_before"): void =>
  stage.board.control.setFaults([{ match: { path: "/paid_actions$", times: 1 }, do: { kind } }]);

once("an unknown one at a time waits for a person, and neither answer buys it again", () =>
  onStage(
    {
      "a.yaml": promoted([
        { action: "elevation_1d", at: ago(hour), account: "bonus" },
        { action: "job_highlight", every: "7d" },
      ]),
    },
    async (stage) => {
      loseAnswer(stage, "drop_after");
      assert.is((await stage.apply()).code, 3);
      const plan = await stage.plan();
      assert.equal(stepsOf(plan), []);
      assert.match(plan.held[0]?.reason ?? "", /a purchase of elevation_1d was sent/);
      await stage.apply();
      assert.is(bought(stage, "elevation_1d"), 1);
      assert.is((await stage.run("state", "resolve", "a", "--done")).code, 0);
      await stage.apply();
      await quiet(stage);
      assert.is(bought(stage, "elevation_1d"), 1);
      assert.is(bought(stage, "job_highlight"), 1);
    },
    { funds: plenty },
  ),
);

once("killed while one at a time is on its way: the funds tell, and it isn't bought again", () =>
  onStage(
    { "a.yaml": promoted([{ action: "elevation_1d", at: ago(hour) }]) },
    async (stage) => {
      stage.board.control.setFaults([
        { match: { path: "/paid_actions$", times: 1 }, do: { kind: "hang", after: true } },
      ]);
      const running = stage.start("apply", "--auto-approve");
      while (bought(stage, "elevation_1d") === 0) await new Promise((resolve) => setImmediate(resolve));
      running.child.kill("SIGKILL");
      await running.ended;
      stage.board.control.setFaults([]);
      await stage.apply();
      await quiet(stage);
      assert.is(bought(stage, "elevation_1d"), 1);
    },
    { funds: plenty },
  ),
);

once("one that a slow board may still do isn't bought again until settle_after has passed", () =>
  onStage(
    { "a.yaml": promoted([highlight]) },
    async (stage) => {
      loseAnswer(stage, "drop_before");
      const { code, result } = await stage.apply();
      assert.is(code, 3);
      assert.match(result.results.at(-1)?.error ?? "", /a later plan looks again/);
      const plan = await stage.plan();
      assert.equal(stepsOf(plan), []);
      assert.match(plan.held[0]?.hint ?? "", /plan again in 10 min/);
      await stage.apply();
      assert.is(bought(stage, "job_highlight"), 0);
      stage.board.control.advance(11 * 60_000);
      assert.is((await stage.apply()).code, 0);
      assert.is(bought(stage, "job_highlight"), 1);
      await quiet(stage);
    },
    { funds: plenty },
  ),
);

once("one that was done late is found by the funds, and isn't bought again", () =>
  onStage(
    { "a.yaml": promoted([highlight]) },
    async (stage) => {
      loseAnswer(stage, "drop_before");
      await stage.apply();
      // The board does it after everybody has looked.
      const left = { ...plenty.packets[0]?.limits, job_publish: 49, job_highlight: 49 };
      const [packet] = stage.board.control.state().funds.packets;
      stage.board.control.setFunds({
        packets: [
          { ...packet, steps: undefined, start: packet?.start, end: packet?.steps?.[0]?.end, limits: left },
        ] as never,
      });
      stage.board.control.advance(11 * 60_000);
      assert.match((await stage.run("plan")).out, /job_highlight of a was interrupted: it was done/);
      await stage.apply();
      await quiet(stage);
      assert.is(bought(stage, "job_highlight"), 0);
    },
    { funds: plenty },
  ),
);

once("what two workspaces claim is promoted by neither", () =>
  onStage({ "a.yaml": promoted([highlight]) }, async (stage) => {
    const top = join(stage.dir, "..");
    const git = (...args: string[]): void => {
      execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@y", ...args], { cwd: top });
    };
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "one");
    await stage.apply();
    const second = join(top, "second");
    await cp(stage.dir, second, { recursive: true });
    git("add", "-A");
    git("commit", "-qm", "two");
    stage.board.control.advance(day);
    for (const dir of [stage.dir, second]) {
      const { out } = await vac(
        ["-C", dir, "--board", stage.board.url, "apply", "--auto-approve", "-o", "json"],
        stage.env,
      );
      assert.match(out, /manages job/);
    }
    assert.is(bought(stage, "job_highlight"), 1);
  }),
);

once("a job that was bound by hand has its past behind it", () =>
  onStage({ "a.yaml": promoted([highlight, { action: "elevation_1d", at: ago(hour) }]) }, async (stage) => {
    await stage.apply();
    await stage.forget();
    await stage.edit("a.yaml", "60000", "65000");
    const id = stage.jobs()[0]?.id ?? "";
    assert.is((await stage.run("state", "adopt", "a", id)).code, 0);
    assert.equal(stepsOf(await stage.plan()), ["a: update(profession_id,salary_from)"]);
    await stage.apply();
    await quiet(stage);
    assert.is(bought(stage, "job_highlight"), 1);
    assert.is(bought(stage, "elevation_1d"), 1);
  }),
);

for (const promote of [
  [
    { action: "elevation_1d", every: "30d" },
    { action: "elevation_1d", at: ago(hour) },
  ],
  [
    { action: "elevation_1d", at: ago(hour) },
    { action: "elevation_1d", every: "30d" },
  ],
  [
    { action: "elevation_1d", at: ago(hour) },
    { action: "elevation_1d", at: ago(2 * hour) },
  ],
])
  once(
    `several that are due of one service are bought once: ${promote.map((one) => Object.keys(one)[1])}`,
    () =>
      onStage({ "a.yaml": promoted(promote) }, async (stage) => {
        await stage.apply();
        await quiet(stage);
        assert.is(bought(stage, "elevation_1d"), 1);
      }),
  );

once("what is wanted closed isn't promoted, though it may not be closed or was opened by hand", () =>
  onStage({ "a.yaml": promoted([highlight], { status: "active" }) }, async (stage) => {
    await stage.apply();
    stage.board.control.advance(2 * day);
    await stage.edit("a.yaml", 'status: "active"', "status: closed\nprevent_close: true");
    await stage.apply();
    stage.board.control.advance(2 * day);
    await stage.apply();
    assert.is(bought(stage, "job_highlight"), 1);
    await stage.edit("a.yaml", "prevent_close: true", "prevent_close: false");
    await stage.apply();
    await stage.apply();
    stage.board.control.putJob({ id: stage.jobs()[0]?.id ?? "", status: "active" });
    stage.board.control.advance(2 * day);
    await stage.apply();
    assert.is(bought(stage, "job_highlight"), 1);
  }),
);

once("--only: what isn't active without the revival that is left out isn't promoted", () =>
  onStage({ "a.yaml": vacancyFile() }, async (stage) => {
    await stage.apply();
    stage.board.control.advance(31 * day);
    await stage.write("a.yaml", promoted([highlight]));
    const { code, result } = await stage.apply("--only", "commit");
    assert.is(code, 0);
    assert.equal(result.results, []);
    await stage.apply();
    await quiet(stage);
    assert.is(bought(stage, "job_highlight"), 1);
  }),
);

once("a new job under an old key is promoted with it, as declared", () =>
  onStage(
    {
      "a.yaml": promoted([{ action: "job_highlight", every: "7d" }]),
      "b.yaml": vacancyFile({ title: "Повар" }),
    },
    async (stage) => {
      await stage.apply();
      const id = stage.jobs().find(({ attributes }) => attributes.title === "Пекарь")?.id ?? "";
      stage.board.control.putJob({ id, gone: true } as never);
      stage.board.control.advance(hour);
      const { code } = await stage.apply("--allow", "missing");
      assert.is(code, 0);
      await quiet(stage);
      assert.is(bought(stage, "job_highlight"), 2);
    },
  ),
);

once("a service that the board puts off is due when the board allows it", () =>
  onStage({ "a.yaml": promoted([{ action: "job_refresh", every: "5d" }]) }, async (stage) => {
    await stage.apply();
    const id = stage.jobs()[0]?.id ?? "";
    stage.board.control.advance(5 * day + hour);
    await buyByHand(stage, id, "job_refresh");
    stage.board.control.advance(day);
    const { code, result } = await stage.apply();
    assert.is(code, 0);
    assert.match(result.results[0]?.note ?? "", /isn't possible before/);
    await quiet(stage);
    stage.board.control.advance(4 * day + hour);
    await stage.apply();
    assert.is(bought(stage, "job_refresh"), 2);
    await quiet(stage);
  }),
);

async function buyByHand(stage: Stage, job: string, action: string): Promise<void> {
  const post = (path: string, body: object, token?: string) =>
    fetch(`${stage.board.url}/api/external/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token && { authorization: `Worki ${token}` }) },
      body: JSON.stringify(body),
    });
  const text = await (await post("/session", { login, password })).text();
  const token = /eyJ[\w.-]+/.exec(text)?.[0] ?? "";
  const answer = await post(
    "/paid_actions",
    { actions: [{ action, job_id: job }], use_account: "company" },
    token,
  );
  assert.is(answer.status, 200);
}

once("closing tells of every promotion that is lost, also of a renamed vacancy", () =>
  onStage({ "a.yaml": promoted([{ action: "elevation_3d", at: ago(hour) }, highlight]) }, async (stage) => {
    await stage.apply();
    const closed = vacancyFile({ status: "closed" });
    await stage.write("a.yaml", closed);
    const warnings = async (): Promise<string> => (await stage.plan()).changes[0]?.warnings.join("\n") ?? "";
    assert.match(await warnings(), /elevation_3d is paid until .*\njob_highlight is paid until /);
    await stage.remove("a.yaml");
    await stage.write("c.yaml", closed);
    assert.match(await warnings(), /elevation_3d is paid until /);
  }),
);
once.run();
