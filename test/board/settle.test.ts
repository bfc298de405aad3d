import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { BuyCall, Call, Outcome } from "../../src/model/job.ts";
import { account, packet } from "./accounts.ts";
import { job, pages, type Script, withBoard } from "./server.ts";

const code = "job_refresh";
const buy = (action = code, account: BuyCall["account"] = "company"): BuyCall => ({
  do: "buy",
  job: { id: "7" },
  action,
  account,
});

/** The account with so many refreshes and publications in a packet. */
const holding = (job_refresh: number, job_publish = 5): Script =>
  account({ balance: "1000.0" }, [
    packet({ job_refresh, job_publish }, { packet: { end_time: "2099-01-01T00:00:00Z" } }),
  ]);

/** Settles calls, with the funds of `was` before and those of `is` at each reading now. */
async function settle(
  calls: readonly Call[],
  was: Script,
  is: readonly Script[],
  rest: Script = () => undefined,
  more: { longAgo?: boolean; final?: boolean; charged?: Call[]; blind?: boolean } = {},
): Promise<{ outcomes: readonly Outcome[]; looks: number }> {
  let looks = -1;
  let outcomes: readonly Outcome[] = [];
  const script: Script = (asked, count) => {
    const scripts = [was, ...is];
    if (asked.path === "/company") looks += 1;
    const look = Math.min(asked.path === "/company" ? looks : count - 1, scripts.length - 1);
    return scripts[look]?.(asked, count) ?? rest(asked, count);
  };
  await withBoard(script, async (board, asked) => {
    const { blind, ...known } = more;
    const before = await board.funds();
    outcomes = await board.settle(calls, {
      jobs: new Set(),
      ...(!blind && { funds: before }),
      final: true,
      ...known,
    });
    assert.ok(asked.every(({ method, path }) => method === "GET" || path === "/session"));
  });
  return { outcomes, looks };
}
const words = (outcomes: readonly Outcome[]) => outcomes.map(({ is }) => is);
const publish = {
  title: "Пекарь",
  description: "Печём",
  address: "Москва",
  lat: 55.73,
  long: 37.57,
};
const create: Call = { do: "create", attributes: publish, publication: "job_publish" };
const revive: Call = {
  do: "revive",
  job: { id: "7" },
  publication: "job_publish",
  was: "expired",
  expiresAt: 5,
};
const expired: Script = ({ path }) =>
  path === "/jobs/7"
    ? { json: { data: job(7, { status: "expired", expires_at: "1970-01-02T00:00:00Z" }) } }
    : undefined;

const settling = suite("settling by funds");
settling("all taken: done at the first look", async () => {
  const { outcomes, looks } = await settle([buy(), buy()], holding(5), [holding(3)]);
  assert.equal(words(outcomes), ["done", "done"]);
  assert.is(looks, 1);
});
settling("nothing taken is believed at the last look only", async () => {
  const { outcomes, looks } = await settle([buy(), buy()], holding(5), [holding(5)]);
  assert.equal(outcomes[0], { is: "refused", message: "the funds show that nothing was taken" });
  assert.equal(words(outcomes), ["refused", "refused"]);
  assert.is(looks, 3);
});
settling("taken a moment later: done", async () => {
  const { outcomes } = await settle([buy(), buy()], holding(5), [holding(5), holding(4), holding(3)]);
  assert.equal(words(outcomes), ["done", "done"]);
});
settling("nothing taken so far, by calls that a board may still be at: unclear, and it waits", async () => {
  const { outcomes, looks } = await settle([buy(), buy()], holding(5), [holding(5)], undefined, {
    final: false,
  });
  assert.ok(
    outcomes.every((outcome) => outcome.is === "unclear" && outcome.waits === true),
    JSON.stringify(outcomes),
  );
  assert.is(looks, 3);
});
settling("calls that are long past: one look", async () => {
  const { outcomes, looks } = await settle([buy()], holding(5), [holding(5)], undefined, { longAgo: true });
  assert.equal(words(outcomes), ["refused"]);
  assert.is(looks, 1);
});
settling("some taken, bonus, no funds before, funds that can't be read: unclear", async () => {
  const down: Script = ({ path }) => (path.startsWith("/packets") ? { status: 403, json: {} } : undefined);
  for (const { outcomes } of [
    await settle([buy(), buy()], holding(5), [holding(4)]),
    await settle([buy(code, "bonus")], holding(5), [holding(5)]),
    await settle([buy()], holding(5), [holding(4)], undefined, { blind: true }),
    await settle([buy()], holding(5), [down]),
  ])
    assert.ok(
      outcomes.every(({ is }) => is === "unclear"),
      JSON.stringify(outcomes),
    );
});
settling("others of the batch that are known to be charged are counted off", async () => {
  const { outcomes } = await settle([buy()], holding(5), [holding(4)], undefined, { charged: [buy()] });
  assert.equal(words(outcomes), ["refused"]);
});
settling("a create that isn't on the list, and nothing taken: refused; without funds unclear", async () => {
  assert.equal(words((await settle([create], holding(0), [holding(0)], pages([]))).outcomes), ["refused"]);
  assert.equal(
    words((await settle([create], holding(0), [holding(0)], pages([]), { blind: true })).outcomes),
    ["unclear"],
  );
});
settling("a create that isn't on the list, and a unit gone: unclear", async () => {
  assert.equal(words((await settle([create], holding(0), [holding(0, 4)], pages([]))).outcomes), ["unclear"]);
});
settling("two creates, one found and one unit gone: the other wasn't done", async () => {
  const { outcomes } = await settle(
    [create, create],
    holding(0),
    [holding(0, 4)],
    pages([job("651", publish)]),
  );
  assert.equal(words(outcomes), ["done", "refused"]);
});
settling("a list that can't be read: the funds aren't asked", async () => {
  const { outcomes } = await settle([create], holding(0), [holding(0)], ({ path }) =>
    path.startsWith("/jobs") ? { text: "<html>" } : undefined,
  );
  assert.equal(words(outcomes), ["unclear"]);
});
settling("a revival that isn't seen: refused where nothing was taken, else unclear", async () => {
  const early: Call = { ...revive, expiresAt: Date.parse("1970-01-02T00:00:00Z") };
  assert.equal(words((await settle([early], holding(0), [holding(0)], expired)).outcomes), ["refused"]);
  assert.equal(words((await settle([early], holding(0), [holding(0, 4)], expired)).outcomes), ["unclear"]);
});
settling(
  "a job that one answer doesn't know: unclear, unless the funds show that nothing was taken",
  async () => {
    const gone: Script = ({ path }) => (path === "/jobs/7" ? { status: 404, json: {} } : undefined);
    const back: Script = (asked, count) =>
      count > 1 && asked.path === "/jobs/7"
        ? { json: { data: job(7, { status: "active", expires_at: "2099-01-01T00:00:00Z" }) } }
        : gone(asked, count);
    assert.equal(words((await settle([revive], holding(0), [holding(0, 4)], gone)).outcomes), ["unclear"]);
    assert.equal(words((await settle([revive], holding(0), [holding(0, 4)], back)).outcomes), ["done"]);
    assert.equal(words((await settle([revive], holding(0), [holding(0)], gone)).outcomes), ["refused"]);
  },
);
settling(
  "a create that may have been paid for says so; funds that can't be read may tell later",
  async () => {
    const down: Script = ({ path }) => (path.startsWith("/packets") ? { status: 403, json: {} } : undefined);
    const taken = await settle([create], holding(0), [holding(0, 4)], pages([]));
    assert.equal(taken.outcomes, [{ is: "unclear", cause: "no such job is on the board yet", taken: true }]);
    const [unread] = (await settle([create], holding(0), [down], pages([]))).outcomes;
    assert.ok(unread?.is === "unclear" && unread.waits);
  },
);
settling("a picture: unclear, since reads don't show it", async () => {
  const call: Call = { do: "picture", target: "account", file: "a.png", hash: "h" };
  assert.equal(words((await settle([call], holding(0), [holding(0)])).outcomes), ["unclear"]);
});
settling.run();
