import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LockError, StateError } from "../../src/model/errors.ts";
import { type Holder, thisProcess } from "../../src/state/holder.ts";
import { liveHolder, removeLock, takeLock } from "../../src/state/lock.ts";
import { machineWord } from "../../src/state/machine.ts";
import { fileStore } from "../../src/state/store.ts";
import { identity, inFolder, rejection } from "./samples.ts";

const test = suite("state lock");

/** A process that is certainly gone. */
const deadPid = spawnSync(process.execPath, ["-e", ""]).pid;

const dead = (token: string): Holder => ({ ...thisProcess(token, 0), pid: deadPid });
const far = (token: string): Holder => ({ ...thisProcess(token, 0), host: "ci-7", space: "ci-7/boot/1" });
const write = (file: string, holder: Holder | string): void =>
  writeFileSync(file, typeof holder === "string" ? holder : JSON.stringify(holder));
const age = (file: string): void => utimesSync(file, 1_000_000, 1_000_000);

for (const [name, text] of Object.entries({
  "no JSON": "{",
  null: "null",
  "a text for a pid": '{"pid":"1","host":"h","space":"s","token":"t","since":"now"}',
  "no host": '{"pid":1,"space":"s","token":"t","since":"now"}',
  "a host that fills a screen": JSON.stringify({ ...far("t"), host: "h".repeat(5000) }),
  "a token that is no file name": JSON.stringify({ ...far("t"), token: "../t" }),
  "a token that is too long for one": JSON.stringify({ ...far("t"), token: "t".repeat(300) }),
})) {
  test(`a lock file with ${name} is somebody's of whom only the age tells`, () =>
    inFolder(async (folder) => {
      const file = join(folder, "x.lock");
      write(file, text);
      const error = await rejection(takeLock(file));
      assert.instance(error, LockError);
      assert.match(error.message, /process 0 on an unknown machine/);
      age(file);
      await (await takeLock(file)).release();
    }));
}

interface Taker {
  readonly child: ChildProcess;
  /** Lets it try, and tells which files it got. */
  take(): Promise<number[]>;
}

async function startTaker(files: readonly string[]): Promise<Taker> {
  const script = fileURLToPath(new URL("taker.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, ...files], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  assert.is((await lines.next()).value, "ready");
  return {
    child,
    take: async () => {
      child.stdin.write("go\n");
      return JSON.parse((await lines.next()).value as string) as number[];
    },
  };
}

async function kill({ child }: Taker): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("a lock is taken, seen by others, and let go of without a trace", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "new", "x.lock");
    assert.is(await liveHolder(file), undefined);
    const lock = await takeLock(file, () => Date.UTC(2026, 10, 1));
    assert.is(statSync(file).mode & 0o777, 0o600);
    assert.is((await liveHolder(file))?.pid, process.pid);
    const error = await rejection(takeLock(file));
    assert.instance(error, LockError);
    assert.match(error.message, `process ${process.pid} on `);
    assert.match(error.message, "since 2026-11-01T00:00:00.000Z");
    assert.match(error.hint ?? "", "vac state force-unlock");
    lock.check();
    await lock.release();
    await lock.release();
    assert.equal(readdirSync(join(folder, "new")), []);
    await (await takeLock(file)).release();
  });
});

const takeable: readonly [string, Holder | string, boolean, "taken" | "held"][] = [
  ["of a dead process", dead("t"), false, "taken"],
  ["of a process whose id is somebody else's now", { ...thisProcess("t", 0), born: "1" }, false, "taken"],
  ["of a living process that was long silent", thisProcess("t", 0), true, "held"],
  ["of another machine, lately heard of", far("t"), false, "held"],
  ["of another machine, long silent", far("t"), true, "taken"],
  ["that is empty and new", "", false, "held"],
  ["that is empty and old", "", true, "taken"],
  ["with a token that is a path", { ...dead("../../x") }, false, "held"],
];

for (const [name, holder, old, outcome] of takeable) {
  test(`a lock ${name} is ${outcome}`, async () => {
    await inFolder(async (folder) => {
      const file = join(folder, "x.lock");
      write(file, holder);
      if (old) age(file);
      const before = readFileSync(file);
      assert.is((await liveHolder(file)) === undefined, outcome === "taken");
      if (outcome === "held") {
        assert.instance(await rejection(takeLock(file)), LockError);
        assert.ok(readFileSync(file).equals(before));
        assert.equal(readdirSync(folder), ["x.lock"]);
      } else {
        const lock = await takeLock(file);
        assert.equal(readdirSync(folder), ["x.lock"]);
        await lock.release();
        assert.equal(readdirSync(folder), []);
      }
    });
  });
}

test("a taker that died halfway doesn't block the next one", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "x.lock");
    write(file, dead("a"));
    write(`${file}.a`, dead("b"));
    write(`${file}.a.b`, dead("c"));
    const lock = await takeLock(file);
    lock.check();
    await lock.release();
    assert.not(existsSync(file));
  });
});

test("a taker at work on a dead lock keeps others out", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "x.lock");
    write(file, dead("a"));
    write(`${file}.a`, far("b"));
    assert.instance(await rejection(takeLock(file)), LockError);
    assert.is((JSON.parse(readFileSync(file, "utf8")) as Holder).token, "a");
  });
});

test("of many that find the same dead locks at once, each lock goes to exactly one", async () => {
  await inFolder(async (folder) => {
    const files = Array.from({ length: 120 }, (_, n) => join(folder, `${n}.lock`));
    for (const [n, file] of files.entries()) {
      write(file, dead("a"));
      if (n % 3 === 0) write(`${file}.a`, dead("b"));
    }
    const takers = await Promise.all([1, 2, 3, 4].map(() => startTaker(files)));
    try {
      const got = await Promise.all(takers.map((taker) => taker.take()));
      const all = got.flat().sort((a, b) => a - b);
      assert.equal(all, [...files.keys()], "every lock once");
      assert.equal(readdirSync(folder).length, files.length, "nothing else is left");
      for (const [index, numbers] of got.entries())
        for (const n of numbers) assert.is((await liveHolder(files[n] ?? ""))?.pid, takers[index]?.child.pid);
    } finally {
      await Promise.all(takers.map(kill));
    }
  });
});

test("of two processes that open one state, one is told who has it; once that is dead, it gets it", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "emulator.lock");
    const takers = await Promise.all([startTaker([file]), startTaker([file])]);
    try {
      const got = await Promise.all(takers.map((taker) => taker.take()));
      assert.is(got.flat().length, 1);
      const owner = takers[got.findIndex((numbers) => numbers.length === 1)];
      const store = fileStore(folder, "emulator");
      const error = await rejection(store.open(identity));
      assert.instance(error, LockError);
      assert.match(error.message, `process ${owner?.child.pid} on `);
      assert.is((await store.holder())?.pid, owner?.child.pid);
      await Promise.all(takers.map(kill));
      await (await store.open(identity)).close();
    } finally {
      await Promise.all(takers.filter(({ child }) => child.exitCode === null && !child.killed).map(kill));
    }
  });
});

test("a heartbeat shows life, and finds out that the lock is lost", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "x.lock");
    const lock = await takeLock(file);
    age(file);
    await lock.beat();
    assert.ok(statSync(file).mtimeMs > 1_000_000_000);
    assert.not(lock.lost.aborted);
    // Another machine thought us dead.
    write(file, far("other"));
    age(file);
    await lock.beat();
    assert.ok(lock.lost.aborted);
    assert.is(statSync(file).mtimeMs, 1_000_000_000, "the other's lock is not ours to keep alive");
    assert.throws(
      () => lock.check(),
      (error: Error) => error instanceof LockError,
    );
    await lock.release();
    assert.ok(existsSync(file));
  });
});

test("a lock that was removed is lost, and isn't found again", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "x.lock");
    const lock = await takeLock(file);
    const before = readFileSync(file);
    assert.is(removeLock(file)?.pid, process.pid);
    assert.is(removeLock(file), undefined);
    assert.not(lock.isHeld());
    writeFileSync(file, before);
    assert.not(lock.isHeld());
    await lock.release();
  });
});

test("a folder that can't be made is a StateError", async () => {
  await inFolder(async (folder) => {
    write(join(folder, "file"), "");
    assert.instance(await rejection(takeLock(join(folder, "file", "x.lock"))), StateError);
  });
});

test("the machine's word is the same all the time", () => {
  assert.is(machineWord(), machineWord());
  assert.match(machineWord(), /^.+\/.+$/);
});

test.run();
