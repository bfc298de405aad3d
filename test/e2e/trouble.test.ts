import { readdir } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Fault } from "../../src/emulator/index.ts";
import { credentials as env, login, password } from "./credentials.ts";
import { manyFiles, onStage, type Stage, vac, vacancyFile } from "./harness.ts";

/** A board that answers with whatever the listener says. */
async function withServer(listener: RequestListener, task: (url: string) => Promise<void>): Promise<void> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await task(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** One line of error, no stack trace, no secret. */
function assertClear(err: string): void {
  assert.is(err.match(/^Error: /gm)?.length ?? 0, 1, err);
  assert.not.match(err, /\n\s+at /);
  assert.not.match(err, /kV7|wrong-one/);
}

const trouble = suite("a board in trouble");

trouble("a wrong password", () =>
  onStage(manyFiles(1), async (stage) => {
    const { code, err, out } = await vac(
      ["-C", stage.dir, "--board", stage.board.url, "apply", "--auto-approve"],
      {
        VAC_LOGIN: login,
        VAC_PASSWORD: "wrong-one",
      },
    );
    assert.is(code, 1);
    assert.is(out, "");
    assertClear(err);
    assert.match(err, /Invalid Auth params/);
    assert.is(stage.count("POST", /\/jobs$/), 0);
    assert.equal(await readdir(stage.dir), ["moscow"]);
  }),
);

trouble("no credentials", () =>
  onStage(manyFiles(1), async (stage) => {
    const { code, err } = await vac(["-C", stage.dir, "--board", stage.board.url, "plan"]);
    assert.is(code, 1);
    assert.match(err, /VAC_LOGIN/);
    assert.is(stage.board.control.requests().length, 0);
  }),
);

trouble("a board that isn't there", () =>
  onStage(manyFiles(1), async (stage) => {
    const { code, err } = await vac(["-C", stage.dir, "--board", "http://127.0.0.1:9", "plan"], env);
    assert.is(code, 1);
    assertClear(err);
    assert.match(err, /can't be reached/);
  }),
);

trouble("plain http to another machine", () =>
  onStage(manyFiles(1), async (stage) => {
    const { code, err } = await vac(["-C", stage.dir, "--board", "http://board.example", "plan"], env);
    assert.is(code, 1);
    assertClear(err);
    assert.match(err, /https/);
  }),
);

const answers: Record<string, { listener: RequestListener; says: RegExp }> = {
  "an HTML answer": {
    listener: (_request, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Сервис приостановлен</html>"),
    says: /without a token|isn't JSON/,
  },
  "a redirect": {
    listener: (_request, response) =>
      response.writeHead(302, { location: "https://elsewhere.example/" }).end(),
    says: /302|redirect/,
  },
};
for (const [name, { listener, says }] of Object.entries(answers)) {
  trouble(name, () =>
    onStage(manyFiles(1), (stage) =>
      withServer(listener, async (url) => {
        const { code, err } = await vac(["-C", stage.dir, "--board", url, "apply", "--auto-approve"], env);
        assert.is(code, 1);
        assertClear(err);
        assert.match(err, says);
        assert.equal(await readdir(stage.dir), ["moscow"]);
      }),
    ),
  );
}

for (const fault of ["html", "truncate", "errors_200"] as const) {
  trouble(`a list that is answered with ${fault}`, () =>
    onStage(manyFiles(3), async (stage) => {
      await stage.apply();
      await stage.write("moscow/new.yaml", vacancyFile({ title: "Новая" }));
      stage.board.control.clearRequests();
      stage.board.control.setFaults([{ match: { method: "GET", path: "/jobs" }, do: { kind: fault } }]);
      const { code, err } = await stage.run("apply", "--auto-approve");
      assert.is(code, 1, err);
      assertClear(err);
      assert.is(stage.count("POST", /\/jobs/), 0);
    }),
  );
}

trouble("an empty list while jobs are known to be active creates and closes nothing", () =>
  onStage(manyFiles(3), async (stage) => {
    await stage.apply();
    await stage.write(
      "moscow/new.yaml",
      vacancyFile({ title: "Новая", description: "Иная.", address: "Тверь" }),
    );
    await stage.remove("moscow/v0001.yaml");
    stage.board.control.setFaults([
      { match: { method: "GET", path: "/jobs\\?" }, do: { kind: "empty_list" } },
    ]);
    const plan = await stage.plan();
    assert.is(plan.summary.create, 0);
    assert.equal(
      plan.held.map((held) => held.key),
      ["moscow/new"],
    );
  }),
);

trouble("an account in which nothing that is known exists creates and closes nothing", () =>
  onStage(manyFiles(3), async (stage) => {
    await stage.apply();
    await stage.write(
      "moscow/new.yaml",
      vacancyFile({ title: "Новая", description: "Иная.", address: "Тверь" }),
    );
    stage.board.control.setFaults([
      { match: { method: "GET", path: "/jobs\\?" }, do: { kind: "empty_list" } },
      { match: { method: "GET", path: "/jobs/" }, do: { kind: "status", status: 404 } },
    ]);
    stage.board.control.clearRequests();
    const { code } = await stage.run("apply", "--auto-approve");
    assert.is(code, 0);
    assert.is(stage.count("POST", /\/jobs/), 0);
  }),
);

trouble("a state of another account is refused", () =>
  onStage(manyFiles(1), async (stage) => {
    await stage.apply();
    const other = await onOther(stage);
    assert.is(other.code, 1);
    assert.match(other.err, /account 1.*account 77/);
  }),
);

/** The same address with another account behind it can't be had, so the state is told that it was another. */
async function onOther(stage: Stage) {
  const port = Number(new URL(stage.board.url).port);
  await stage.board.close();
  const { startEmulator } = await import("../../src/emulator/index.ts");
  const board = await startEmulator({ login, password, port, companyId: "77" });
  try {
    return await stage.run("plan");
  } finally {
    await board.close();
  }
}

trouble.run();

const crashes = suite("crashes");

for (const latencyMs of [0, 20]) {
  crashes(
    `kill -9 in the middle of 40 creates, then apply again: each exists once (latency ${latencyMs} ms)`,
    () =>
      onStage(
        manyFiles(40),
        async (stage) => {
          const running = stage.start("apply", "--auto-approve");
          await until(() => stage.count("POST", /\/jobs$/) >= 15);
          running.child.kill("SIGKILL");
          await running.ended;
          const { code, result, err } = await stage.apply();
          assert.is(code, 0, err);
          if (result.held.length > 0) {
            // Killed between the mark that a call is sent and its first byte: it can't be told from one that is under way.
            assert.ok(result.held.every(({ reason }) => reason.startsWith("a create was sent")));
            stage.board.control.advance(11 * 60_000);
            assert.is((await stage.apply()).code, 0);
          }
          const titles = stage.jobs().map((job) => job.attributes.title);
          assert.is(titles.length, 40);
          assert.is(new Set(titles).size, 40);
          assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
        },
        { latencyMs },
      ),
  );
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  crashes(`${signal} lets what is in flight end, starts nothing more, and the next apply does the rest`, () =>
    onStage(
      manyFiles(20),
      async (stage) => {
        const running = stage.start("apply", "--auto-approve", "--format", "json");
        await until(() => stage.count("POST", /\/jobs$/) >= 6);
        running.child.kill(signal);
        const { code, out } = await running.ended;
        assert.is(code, 130);
        const { summary } = JSON.parse(out);
        assert.is(summary.applied, stage.jobs().length);
        assert.is(summary.applied + summary.not_started, 20);
        assert.ok(summary.not_started > 0);
        await stage.apply();
        assert.is(stage.jobs().length, 20);
        assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
      },
      { latencyMs: 20 },
    ),
  );

crashes("a second signal quits at once, and the log tells the rest", () =>
  onStage(manyFiles(20), async (stage) => {
    stage.board.control.setFaults([
      { match: { method: "POST", path: "/jobs$", nth: 6 }, do: { kind: "hang", after: true } },
    ]);
    const running = stage.start("apply", "--auto-approve");
    await until(() => stage.count("POST", /\/jobs$/) >= 6);
    running.child.kill("SIGINT");
    await until(() => running.heard().includes("A second signal quits at once"));
    running.child.kill("SIGINT");
    const { code } = await running.ended;
    assert.is(code, 130);
    stage.board.control.setFaults([]);
    assert.is((await stage.apply()).code, 0);
    const titles = stage.jobs().map((job) => job.attributes.title);
    assert.is(titles.length, 20);
    assert.is(new Set(titles).size, 20);
    assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
  }),
);

crashes("a reader that goes away in the middle of an apply is like a first signal", () =>
  onStage(
    manyFiles(20),
    async (stage) => {
      const running = stage.start("apply", "--auto-approve");
      await until(() => stage.count("POST", /\/jobs$/) >= 6);
      running.child.stdout?.destroy();
      running.child.stderr?.destroy();
      const { code } = await running.ended;
      assert.is(code, 130);
      const made = stage.jobs().length;
      assert.ok(made >= 6 && made < 20, `${made}`);
      assert.is((await stage.apply()).result.summary.applied, 20 - made);
      assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
    },
    { latencyMs: 20 },
  ),
);

crashes("an answer lost after the work is found on the board, not sent again", () =>
  onStage(manyFiles(5), async (stage) => {
    stage.board.control.setFaults([
      { match: { method: "POST", path: "/jobs$", nth: 3 }, do: { kind: "drop_after" } },
    ]);
    const { code, result } = await stage.apply();
    assert.is(code, 0);
    assert.is(result.summary.applied, 5);
    assert.is(stage.jobs().length, 5);
    assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
  }),
);

crashes("a create that never arrived is held, and made once settle_after has passed", () =>
  onStage(manyFiles(3), async (stage) => {
    stage.board.control.setFaults([
      { match: { method: "POST", path: "/jobs$", nth: 2 }, do: { kind: "drop_before" } },
    ]);
    const first = await stage.apply();
    assert.is(first.code, 3);
    assert.equal([first.result.summary.applied, first.result.summary.unknown], [2, 1]);
    stage.board.control.setFaults([]);
    const early = await stage.apply();
    assert.is(early.code, 0);
    assert.match(early.result.held[0]?.hint ?? "", /plan again in \d+ min/);
    assert.is(stage.jobs().length, 2);
    stage.board.control.advance(11 * 60_000);
    const { code, err } = await stage.apply();
    assert.is(code, 0, err);
    assert.match((await stage.run("plan")).out, /Nothing to do/);
    assert.is(stage.jobs().length, 3);
  }),
);

crashes("a board whose list lags behind: a lost answer is found later, and nothing is made twice", () =>
  onStage(
    manyFiles(3),
    async (stage) => {
      stage.board.control.setFaults([
        { match: { method: "POST", path: "/jobs$", nth: 2 }, do: { kind: "drop_after" } },
      ]);
      assert.is((await stage.apply()).result.summary.unknown, 1);
      assert.is((await stage.apply()).result.held.length, 1);
      stage.board.control.advance(6 * 60_000);
      const { code, err } = await stage.apply();
      assert.is(code, 0);
      assert.match(err, /create of moscow\/v000\d was interrupted: found as job \d+/);
      assert.is(stage.jobs().length, 3);
      assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
    },
    { readings: { listLagMs: 5 * 60_000 } },
  ),
);

for (const [step, path, method] of [
  ["revive", "/revive$", "POST"],
  ["close", "/close$", "POST"],
  ["update", "/jobs/\\d+$", "PUT"],
] as const) {
  crashes(`the answer to a ${step} is lost after the work: read, and not charged twice`, () =>
    onStage(
      { "a.yaml": vacancyFile(), "b.yaml": vacancyFile({ title: "Повар", description: "Готовим." }) },
      async (stage) => {
        await stage.apply();
        if (step === "revive") stage.board.control.advance(31 * 86_400_000);
        if (step === "close") await stage.remove("a.yaml");
        if (step === "update") await stage.edit("a.yaml", "60000", "65000");
        const before = stage.board.control.state().ledger.length;
        stage.board.control.setFaults([{ match: { method, path, nth: 1 }, do: { kind: "drop_after" } }]);
        const { code, result } = await stage.apply();
        assert.is(code, 0, JSON.stringify(result));
        assert.is(stage.board.control.state().ledger.length - before, step === "revive" ? 2 : 0);
        assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
      },
    ),
  );
}

const alike = {
  "a.yaml": vacancyFile({ contact_phone: "79990000001" }),
  "b.yaml": vacancyFile({ contact_phone: "79990000002" }),
};
for (const [name, faults] of Object.entries({
  "both answers lost": [{ match: { method: "POST", path: "/jobs$" }, do: { kind: "drop_after" } }],
  "one answer lost, the other not done": [
    { match: { method: "POST", path: "/jobs$", nth: 1 }, do: { kind: "drop_after" } },
    { match: { method: "POST", path: "/jobs$", nth: 2 }, do: { kind: "status", status: 500 } },
  ],
} satisfies Record<string, Fault[]>)) {
  crashes(`vacancies that reads can't tell apart, ${name}: each gets a job of its own`, () =>
    onStage(alike, async (stage) => {
      stage.board.control.setFaults(faults);
      await stage.apply();
      stage.board.control.setFaults([]);
      stage.board.control.advance(11 * 60_000);
      await stage.apply();
      assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
      assert.is(stage.jobs().length, 2);
      for (const [key, phone] of [
        ["a", "79990000001"],
        ["b", "79990000002"],
      ] as const) {
        const { job_id } = JSON.parse((await stage.run("state", "show", key, "-o", "json")).out);
        assert.is(stage.jobs().find(({ id }) => id === job_id)?.attributes.contact_phone, phone);
      }
    }),
  );
}

crashes("an interrupted create isn't taken for a job that is to be ignored", () =>
  onStage({ "a.yaml": vacancyFile() }, async (stage) => {
    const attributes = {
      title: "Пекарь",
      description: "Печём хлеб по сменам, учим с нуля.",
      salary_from: 60000,
      salary_period: "monthly",
    };
    const foreign = stage.board.control.putJob({ attributes });
    await stage.write("_config.yaml", `ignore: ["${foreign}"]\n`);
    stage.board.control.setFaults([
      { match: { method: "POST", path: "/jobs$" }, do: { kind: "drop_before" } },
    ]);
    assert.is((await stage.apply()).result.summary.unknown, 1);
    stage.board.control.setFaults([]);
    stage.board.control.advance(11 * 60_000);
    await stage.apply();
    assert.is(stage.jobs().length, 2);
    const { job_id } = JSON.parse((await stage.run("state", "show", "a", "-o", "json")).out);
    assert.is.not(job_id, foreign);
  }),
);

crashes("a close that was done, and whose repeat is refused, is a close", () =>
  onStage(
    { "a.yaml": vacancyFile(), "b.yaml": vacancyFile({ title: "Повар", description: "Готовим." }) },
    async (stage) => {
      await stage.apply();
      await stage.remove("a.yaml");
      stage.board.control.setFaults([
        { match: { path: "/close$", nth: 1 }, do: { kind: "status", status: 502, after: true } },
        {
          match: { path: "/close$", nth: 2 },
          do: { kind: "status", status: 422, body: { errors: [{ detail: "уже закрыта" }] } },
        },
      ]);
      const { code, result } = await stage.apply();
      assert.is(code, 0, JSON.stringify(result));
      await stage.write("a.yaml", vacancyFile());
      assert.is((await stage.plan()).summary.revive, 1);
    },
  ),
);

crashes("a lock that is taken away in the middle ends the run, and the report still tells of all", () =>
  onStage(
    manyFiles(12),
    async (stage) => {
      const running = stage.start("apply", "--auto-approve", "--format", "json");
      await until(() => stage.count("POST", /\/jobs$/) >= 4);
      assert.is((await stage.run("state", "force-unlock")).code, 0);
      stage.board.control.setOptions({ latencyMs: 0 });
      const { code, out } = await running.ended;
      assert.is(code, 3);
      const { summary } = JSON.parse(out);
      assert.is(summary.applied + summary.failed + summary.unknown + summary.not_started, 12);
      stage.board.control.advance(11 * 60_000);
      await stage.apply();
      assert.is(stage.jobs().length, 12);
      assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
    },
    { latencyMs: 300 },
  ),
);

crashes("an unclear create under a key that another vacancy had: adopt names its job", () =>
  onStage(
    { "a.yaml": vacancyFile(), "b.yaml": vacancyFile({ title: "Повар", description: "Готовим." }) },
    async (stage) => {
      await stage.apply();
      await stage.remove("a.yaml");
      await stage.apply();
      await stage.write(
        "a.yaml",
        vacancyFile({ title: "Кассир", profession_id: 74, description: "На кассе.", address: "Тверь" }),
      );
      stage.board.control.setFaults([
        { match: { method: "POST", path: "/jobs$" }, do: { kind: "drop_before" } },
      ]);
      assert.is((await stage.apply()).result.summary.unknown, 1);
      stage.board.control.setFaults([]);
      const id = stage.board.control.putJob({ attributes: { title: "Кассир" } });
      assert.match((await stage.run("state", "resolve", "a", "--done")).err, /vac state adopt a ID/);
      const adopted = await stage.run("state", "adopt", "a", id);
      assert.is(adopted.code, 0, adopted.err);
      await stage.apply();
      assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
      assert.is(stage.jobs().length, 3);
    },
  ),
);

crashes("a session that ends in the middle is renewed, and nothing fails", () =>
  onStage(manyFiles(30), async (stage) => {
    stage.board.control.setFaults([
      { match: { method: "POST", path: "/jobs$", nth: 11 }, do: { kind: "expire_token" } },
    ]);
    const { code, result } = await stage.apply();
    assert.is(code, 0);
    assert.is(result.summary.applied, 30);
    assert.is(stage.jobs().length, 30);
    assert.is(stage.count("POST", /session$/), 2);
  }),
);

crashes("a board that is asked too fast: nothing fails, nothing is made twice", () =>
  onStage(
    manyFiles(30),
    async (stage) => {
      const { code, result, err } = await stage.apply();
      assert.is(code, 0, err);
      assert.is(result.summary.applied, 30);
      assert.is(stage.jobs().length, 30);
    },
    { rateLimit: { requests: 12, perMs: 1000 } },
  ),
);

/** Looks again and again, without sleeping longer than a turn of the event loop. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

crashes.run();
