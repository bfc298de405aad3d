import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { clientOf, EXAMPLE, request } from "./client.ts";
import { filled, jobsOf, run, startFails, withFolder } from "./folder.ts";

const store = suite("emulator: state in files");

async function child(dataDir: string): Promise<{ process: ChildProcess; url: string }> {
  const file = fileURLToPath(new URL("./board-process.ts", import.meta.url));
  const process_ = spawn(process.execPath, ["--import", "tsx", file, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(process_.stdout, "data");
  return { process: process_, url: String(line).trim() };
}

store("a restart finds everything: jobs, ledger, clock, tokens, the next id", () =>
  withFolder(async (dataDir) => {
    const before = await filled(dataDir);
    assert.equal(readdirSync(dataDir).sort(), ["board.jsonl", "journal.jsonl"]);
    assert.is(statSync(join(dataDir, "journal.jsonl")).size, 0);
    for (const file of readdirSync(dataDir)) assert.is(statSync(join(dataDir, file)).mode & 0o777, 0o600);
    assert.is(statSync(dataDir).mode & 0o777, 0o700);
    await run({ dataDir }, async (emulator) => {
      const { counters, ...rest } = emulator.control.state();
      const { counters: _counters, ...expected } = before;
      assert.equal(rest, expected);
      assert.is(counters.next_job_id, "653");
    });
  }),
);

store("files that are open to others are closed to them at the next start", () =>
  withFolder(async (dataDir) => {
    await filled(dataDir);
    for (const file of readdirSync(dataDir)) chmodSync(join(dataDir, file), 0o666);
    writeFileSync(join(dataDir, "board.jsonl.new"), "a draft that a crash left", { mode: 0o666 });
    await run({ dataDir }, async (emulator) => {
      for (const file of ["board.jsonl", "journal.jsonl"])
        assert.is(statSync(join(dataDir, file)).mode & 0o777, 0o600);
      emulator.control.putJob({});
    });
    for (const file of readdirSync(dataDir)) assert.is(statSync(join(dataDir, file)).mode & 0o777, 0o600);
  }),
);

store("a token outlives a restart", () =>
  withFolder(async (dataDir) => {
    const token = await run({ dataDir }, async (emulator) => (await clientOf(emulator)).token);
    await run({ dataDir }, async ({ url }) => {
      const headers = { Authorization: `Worki ${token}` };
      assert.is((await request(`${url}/api/external/v1/jobs`, "GET", undefined, headers)).status, 200);
    });
  }),
);

store("without a folder nothing is kept", async () => {
  await run({}, async (emulator) => void emulator.control.putJob({}));
  await run({}, async (emulator) => assert.equal(jobsOf(emulator), []));
});

store("a kill -9 loses nothing that was answered; its lock is taken over, a living one is not", () =>
  withFolder(async (dataDir) => {
    const { process: board, url } = await child(dataDir);
    const credentials = { login: "test", password: "correct" };
    const session = await request(`${url}/api/external/v1/session`, "POST", credentials);
    const headers = { Authorization: `Worki ${session.json.token}` };
    for (let sent = 0; sent < 5; sent += 1) {
      await request(`${url}/api/external/v1/jobs`, "POST", EXAMPLE, headers);
    }
    assert.match(await startFails(dataDir), `held by process ${board.pid}`);
    board.kill("SIGKILL");
    await once(board, "exit");
    await run({ dataDir }, async (emulator) => {
      assert.is(jobsOf(emulator).length, 5);
      assert.is(emulator.control.state().ledger.length, 5);
    });
    assert.equal(readdirSync(dataDir).sort(), ["board.jsonl", "journal.jsonl"]);
  }),
);

store("a second emulator of the same process is refused too", () =>
  withFolder(async (dataDir) => {
    await run({ dataDir }, async () => {
      assert.match(await startFails(dataDir), `held by process ${process.pid}`);
    });
    await run({ dataDir }, async () => {});
  }),
);

for (const [name, lock] of [
  ["our own pid, left by an earlier process that had it", `${process.pid}\n`],
  ["no pid", "?"],
  ["nothing", ""],
] as const) {
  store(`a stale lock with ${name} is taken over`, () =>
    withFolder(async (dataDir) => {
      await filled(dataDir);
      writeFileSync(join(dataDir, "lock"), lock);
      await run({ dataDir }, async (emulator) => assert.is(jobsOf(emulator).length, 2));
    }),
  );
}

store("a journal that was compacted but not emptied changes nothing", () =>
  withFolder(async (dataDir) => {
    const before = await filled(dataDir);
    const lines = readFileSync(join(dataDir, "board.jsonl"), "utf8").split("\n").slice(1).join("\n");
    writeFileSync(join(dataDir, "journal.jsonl"), lines);
    await run({ dataDir }, async (emulator) => {
      assert.equal(jobsOf(emulator), before.jobs);
      assert.equal(emulator.control.state().ledger, before.ledger);
    });
  }),
);

store("a long journal is compacted at the start", () =>
  withFolder(async (dataDir) => {
    await filled(dataDir);
    const journal = join(dataDir, "journal.jsonl");
    const [, , job = ""] = readFileSync(join(dataDir, "board.jsonl"), "utf8").split("\n");
    writeFileSync(journal, `${job}\n`.repeat(Math.ceil((1024 * 1024) / job.length)));
    await run({ dataDir }, async (emulator) => {
      assert.is(statSync(journal).size, 0);
      assert.is(jobsOf(emulator).length, 2);
    });
  }),
);

store.run();
