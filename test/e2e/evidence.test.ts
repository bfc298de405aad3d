// What proves that a paid call was made, and what doesn't: each of these was once taken for proof, and paid for twice.
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Fault } from "../../src/emulator/index.ts";
import { clientOf } from "../emulator/client.ts";
import { onStage, type Stage, vacancyFile } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";
import { ago, bought, cook, day, idOf, lose, minute, plenty, settings, steps, wallet } from "./paid.ts";

const evidence = suite("evidence");
const highlight = { action: "job_highlight", every: "7d" };
const held = async (stage: Stage): Promise<Record<string, string>> =>
  Object.fromEntries((await planInside(stage)).held.map(({ key, hint }) => [key, hint]));
const post = (path: string, times: number, action: Fault["do"]): Fault => ({
  match: { method: "POST", path, times },
  do: action,
});

evidence("a purchase that is only assumed isn't taken for what the funds show of another one", () =>
  onStage(
    { "a.yaml": vacancyFile(), "b.yaml": cook() },
    async (stage) => {
      await applyInside(stage);
      stage.board.control.advance(5 * day + 60 * minute);
      // Somebody has refreshed it by hand: the board refuses this one of the batch, and charges the other.
      const hand = await clientOf(stage.board);
      const a = idOf(stage, "Пекарь");
      await hand.call("POST", "/paid_actions", {
        actions: [{ action: "job_refresh", job_id: a }],
        use_account: "company",
      });
      await stage.write("a.yaml", vacancyFile({ promote: [{ action: "job_refresh", every: "5d" }] }));
      await stage.write("b.yaml", cook({ promote: [{ action: "job_refresh", at: ago(stage, minute) }] }));
      lose(stage, "/paid_actions$");
      assert.is((await applyInside(stage)).result.summary.unknown, 2);
      for (const later of [0, 11 * minute]) {
        stage.board.control.advance(later);
        await applyInside(stage);
        assert.match((await held(stage)).b ?? "", /vac state resolve b --done/);
      }
      assert.is(bought(stage, "job_refresh", idOf(stage, "Повар")), 1);
      assert.is((await stage.run("state", "resolve", "b", "--done")).code, 0);
      assert.equal((await planInside(stage)).held, []);
    },
    { funds: plenty },
  ),
);

evidence(
  "what was bought before the mark isn't counted since it, also where the clock went back in between",
  () =>
    onStage(
      { "a.yaml": vacancyFile(), "b.yaml": cook() },
      async (stage) => {
        await applyInside(stage);
        const second = Math.floor(Date.parse(stage.board.control.state().now) / 1000) * 1000;
        stage.board.control.freeze(second);
        const at = new Date(second - minute).toISOString();
        await stage.write("a.yaml", vacancyFile({ promote: [{ action: "elevation_1d", at }] }));
        await applyInside(stage);
        // As one second may look to another run, since the board tells no parts of one.
        stage.board.control.freeze(second - 1000);
        await stage.write("b.yaml", cook({ promote: [{ action: "elevation_1d", at }] }));
        // Lost, and no later look of that run sees the funds.
        const looks = [3, 4, 5].map(
          (nth): Fault => ({
            match: { path: "/packets$", nth },
            do: { kind: "status", status: 400 },
          }),
        );
        stage.board.control.setFaults([post("/paid_actions$", 1, { kind: "drop_after" }), ...looks]);
        assert.is((await applyInside(stage)).result.summary.unknown, 1);
        stage.board.control.setFaults([]);
        stage.board.control.advance(11 * minute);
        await applyInside(stage);
        assert.is(bought(stage, "elevation_1d"), 2);
        assert.equal((await planInside(stage)).changes, []);
      },
      { funds: plenty },
    ),
);

for (const [what, body] of [
  ["something else than the board answers", '"<html>wait</html>"'],
  ["the answer lacks it", { data: [] }],
] as const)
  evidence(`a purchase where ${what} waits as long as a board may be at it`, () =>
    onStage(
      { "a.yaml": vacancyFile({ promote: [highlight] }) },
      async (stage) => {
        stage.board.control.setFaults([post("/paid_actions$", 1, { kind: "status", status: 200, body })]);
        assert.is((await applyInside(stage)).result.summary.unknown, 1);
        assert.match((await held(stage)).a ?? "", /plan again in 1[01] min/);
        await applyInside(stage);
        assert.is(bought(stage, "job_highlight"), 0);
        stage.board.control.advance(11 * minute);
        await applyInside(stage);
        assert.is(bought(stage, "job_highlight"), 1);
        assert.equal((await planInside(stage)).changes, []);
      },
      { funds: plenty },
    ),
  );

for (const reviveIsNoop of [false, true])
  evidence(
    `one 404 isn't proof that a revival wasn't made (it ${reviveIsNoop ? "shows nothing" : "was"})`,
    () =>
      onStage(
        { "a.yaml": vacancyFile(), "_config.yaml": settings() },
        async (stage) => {
          await applyInside(stage);
          stage.board.control.advance(31 * day);
          stage.board.control.setFaults([
            post("/revive$", 1, { kind: "drop_after" }),
            { match: { method: "GET", path: "/jobs/\\d+$", times: 1 }, do: { kind: "status", status: 404 } },
          ]);
          await applyInside(stage);
          stage.board.control.advance(11 * minute);
          await applyInside(stage);
          assert.equal((await planInside(stage)).changes, []);
          assert.is(bought(stage, "job_publish"), 2);
          const { out } = await stage.run("costs");
          assert.match(out, reviveIsNoop ? /a call whose outcome isn't known/ : /job_publish +1 +1\n/);
        },
        { funds: wallet, readings: { reviveIsNoop } },
      ),
  );

for (const [from, funds] of Object.entries({ "the wallet": wallet, "a packet": plenty }))
  evidence(`a create that ${from} has paid for isn't made again, however late the list shows it`, () =>
    onStage(
      { "a.yaml": vacancyFile(), "_config.yaml": settings() },
      async (stage) => {
        lose(stage, "/jobs$");
        await applyInside(stage);
        stage.board.control.advance(11 * minute);
        assert.equal(steps(await planInside(stage)), []);
        await applyInside(stage);
        const way = /vac state adopt a ID .* vac state resolve a --not-done/;
        assert.match((await held(stage)).a ?? "", way);
        // A job can be bound before the list shows it.
        assert.is((await stage.run("state", "adopt", "a", idOf(stage, "Пекарь"))).code, 0);
        stage.board.control.advance(5 * minute);
        await applyInside(stage);
        assert.equal((await planInside(stage)).changes, []);
        assert.is(bought(stage, "job_publish"), 1);
      },
      { funds, readings: { listLagMs: 15 * minute } },
    ),
  );

evidence("a create that never arrived is made again, though others of its run were charged", () =>
  onStage(
    { "a.yaml": vacancyFile(), "b.yaml": cook(), "_config.yaml": settings("concurrency: 1\n") },
    async (stage) => {
      lose(stage, "/jobs$", "drop_before");
      const { summary } = (await applyInside(stage)).result;
      assert.equal([summary.applied, summary.unknown], [1, 1]);
      stage.board.control.advance(11 * minute);
      await applyInside(stage);
      assert.equal((await planInside(stage)).changes, []);
      assert.is(bought(stage, "job_publish"), 2);
    },
    { funds: wallet },
  ),
);

evidence(
  "what the funds can't tell of a purchase holds others of its service no longer than settle_after",
  () =>
    onStage(
      { "a.yaml": vacancyFile(), "b.yaml": cook(), "_config.yaml": settings() },
      async (stage) => {
        await applyInside(stage);
        lose(stage, "/paid_actions$", "drop_before");
        await stage.run("promote", "a", "--action", "job_highlight", "--max-cost", "1000");
        stage.board.control.setFunds({ balance: 500_000_00 });
        await stage.write("b.yaml", cook({ promote: [highlight] }));
        assert.match((await held(stage)).b ?? "", /plan again in 1[01] min.* vac state resolve a --done/);
        stage.board.control.advance(11 * minute);
        await applyInside(stage);
        assert.is(bought(stage, "job_highlight"), 1);
        assert.equal(Object.keys(await held(stage)), ["a"]);
        assert.is((await stage.run("state", "resolve", "a", "--not-done")).code, 0);
        assert.equal((await planInside(stage)).held, []);
      },
      { funds: wallet },
    ),
);

evidence("a charge stays in its folder, also when its open create is given another key", () =>
  onStage(
    {
      "moscow/a.yaml": vacancyFile(),
      "spb/z.yaml": cook({ status: "closed" }),
      "_config.yaml": settings("budget: { folders: { moscow: { per_month: { wallet: 1200 } } } }\n"),
    },
    async (stage) => {
      lose(stage, "/jobs$");
      await applyInside(stage);
      await rename(join(stage.dir, "moscow/a.yaml"), join(stage.dir, "spb/a.yaml"));
      assert.is((await stage.run("state", "mv", "moscow/a", "spb/a")).code, 0);
      await stage.write("moscow/c.yaml", cook({ title: "Кондитер" }));
      const refused = async (): Promise<void> =>
        assert.match((await planInside(stage)).guards[0]?.message ?? "", /after 1.200.₽ this month/);
      await refused();
      stage.board.control.advance(6 * minute);
      await stage.run("apply", "--auto-approve", "--target", "spb/a");
      await refused();
    },
    { funds: wallet, readings: { listLagMs: 5 * minute } },
  ),
);

evidence("a revival that a read recognised isn't taken for what the funds show of another one", () =>
  onStage(
    {
      "a.yaml": vacancyFile({ reopen_closed: true }),
      "b.yaml": cook({ reopen_closed: true }),
      "_config.yaml": settings(),
    },
    async (stage) => {
      await applyInside(stage);
      const [a, b] = [idOf(stage, "Пекарь"), idOf(stage, "Повар")];
      const { control } = stage.board;
      control.advance(minute);
      control.putJob({ id: b, status: "closed" });
      control.setOptions({ readings: { reviveIsNoop: true } });
      await applyInside(stage);
      control.setOptions({ readings: { reviveIsNoop: false } });
      control.putJob({ id: a, status: "closed" });
      lose(stage, "/revive$", "drop_before");
      await applyInside(stage);
      // A person opens it again, free of charge: the lost revival counts as made.
      control.putJob({ id: a, status: "active" });
      control.advance(11 * minute);
      for (let round = 0; round < 2; round += 1) await applyInside(stage);
      assert.is(bought(stage, "job_publish", b), 2);
      assert.match((await held(stage)).b ?? "", /vac state resolve b/);
    },
    { funds: wallet },
  ),
);

evidence("a job that is closed every night isn't paid for every night", () =>
  onStage(
    { "a.yaml": vacancyFile({ reopen_closed: true }) },
    async (stage) => {
      await applyInside(stage);
      for (let night = 0; night < 3; night += 1) {
        stage.board.control.putJob({ id: idOf(stage, "Пекарь"), status: "closed" });
        stage.board.control.advance(day);
        await applyInside(stage);
      }
      assert.is(bought(stage, "job_publish"), 2);
      assert.match((await held(stage)).a ?? "", /--renew a/);
      await applyInside(stage, { renew: ["a"] });
      assert.is(bought(stage, "job_publish"), 3);
      assert.equal((await planInside(stage)).changes, []);
    },
    { funds: plenty },
  ),
);
evidence.run();
