// The log on disk: cut at every byte, damaged in every byte, and full disks.
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { StateError } from "../../src/model/errors.ts";
import { emptyState, type State } from "../../src/model/state.ts";
import { reduce } from "../../src/state/events.ts";
import { largestLog, writeWhole } from "../../src/state/files.ts";
import { readLines, writeLine } from "../../src/state/lines.ts";
import { LogWriter } from "../../src/state/log.ts";
import { fileStore } from "../../src/state/store.ts";
import { asText, entry, identity, inFolder, rejection, story } from "./samples.ts";

const test = suite("state log");

const head = writeLine({ event: "begin", lineage: "l", ...identity });
const lines = [head, ...story.map(writeLine)];
const whole = Buffer.from(lines.join(""));
/** The state after each number of lines; nothing before the first. */
const after: (State | undefined)[] = [undefined, emptyState("emulator", "7", "l")];
for (const event of story) after.push(reduce(after.at(-1) as State, event));
/** Where each line ends. */
const ends: number[] = [];
for (const line of lines) ends.push((ends.at(-1) ?? 0) + Buffer.byteLength(line));

test("a log cut at any byte reads as the last whole line", async () => {
  await inFolder(async (folder) => {
    for (let length = 0; length <= whole.length; length += 1) {
      writeFileSync(join(folder, "emulator.log"), whole.subarray(0, length));
      const good = ends.filter((end) => end <= length).length;
      const state = await fileStore(folder, "emulator").read();
      if (asText(state) !== asText(after[good])) assert.unreachable(`cut at ${length}`);
    }
  });
});

test("the next writer cuts off what was torn, and goes on", async () => {
  for (const cut of [3, (ends.at(-1) ?? 0) - 1, (ends[4] ?? 0) + 5, ends[4] ?? 0]) {
    await inFolder(async (folder) => {
      const file = join(folder, "emulator.log");
      writeFileSync(file, whole.subarray(0, cut));
      const store = fileStore(folder, "emulator");
      const session = await store.open(identity, { lineage: "l" });
      const before = session.state.serial;
      await session.append({ event: "plan", id: "next" });
      const { good, events } = readLines(readFileSync(file), file);
      assert.is(good, statSync(file).size, "nothing torn is left");
      assert.equal(events.at(-1), { event: "plan", id: "next" });
      await session.close();
      const state = await store.read();
      assert.is(state?.serial, before + 1);
      assert.is(state?.plans?.at(-1), "next");
    });
  }
});

test("a changed byte before the last line is an error that names the line, and files stay", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "emulator.log");
    const store = fileStore(folder, "emulator");
    const last = ends.at(-2) ?? 0;
    for (let at = 0; at < last; at += 7) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      for (const attempt of [() => store.read(), () => store.open(identity)]) {
        const error = await rejection(attempt());
        assert.instance(error, StateError);
        assert.match(error.message, /emulator\.log: line \d+ is damaged/);
        assert.match(error.hint ?? "", /backup/);
      }
      assert.ok(readFileSync(file).equals(bytes));
    }
    // The newline before the last line: two lines run into one, which no crash does.
    const bytes = Buffer.from(whole);
    bytes[last - 1] = 32;
    writeFileSync(file, bytes);
    assert.match((await rejection(store.read())).message, /damaged/);
  });
});

test("the right line is named", () => {
  const bytes = Buffer.from(whole);
  bytes[(ends[2] ?? 0) + 20] = 33;
  assert.throws(() => readLines(bytes, "x.log"), /x\.log: line 4 is damaged/);
});

test("zeros at the end are what a power cut leaves", () => {
  const { good, events } = readLines(Buffer.concat([whole, Buffer.alloc(4096)]), "x.log");
  assert.is(good, whole.length);
  assert.is(events.length, lines.length);
});

test("a changed byte in the whole last line is damage too: it may have told that a call was sent", () => {
  const bytes = Buffer.from(whole);
  bytes[(ends.at(-2) ?? 0) + 20] = 33;
  assert.throws(() => readLines(bytes, "x.log"), /line \d+ is damaged/);
  bytes[(ends.at(-2) ?? 0) + 20] = 0;
  assert.is(readLines(bytes, "x.log").events.length, lines.length - 1, "zeros are what a power cut leaves");
});

for (const [name, bytes] of Object.entries({
  "a line end": "\n",
  text: "hello",
  "a line without its checksum": '{"event":"begin","lineage":"l"}\n',
  "another event": (lines[1] ?? "").slice(0, 40),
  "lines with other ends": whole.toString().replaceAll("\n", "\r\n"),
})) {
  test(`a log that holds just ${name}, without a snapshot, isn't a first run`, async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "emulator.log"), bytes);
      for (const attempt of [
        () => fileStore(folder, "emulator").read(),
        () => fileStore(folder, "emulator").open(identity),
      ])
        assert.instance(await rejection(attempt()), StateError);
    });
  });
}

test("zeros alone are a first run that a power cut ended", async () => {
  await inFolder(async (folder) => {
    writeFileSync(join(folder, "emulator.log"), Buffer.alloc(100));
    assert.is(await fileStore(folder, "emulator").read(), undefined);
  });
});

for (const value of [null, 7, "x", []]) {
  test(`a line that holds ${JSON.stringify(value)} is damage`, () => {
    assert.throws(
      () => readLines(Buffer.from(head + writeLine(value as never)), "x.log"),
      /line 2 (is damaged|was written)/,
    );
  });
}

test("an event that this version doesn't know was written by a newer one", () => {
  const newer = writeLine({ event: "teleport", key: "a" } as never);
  assert.throws(
    () => readLines(Buffer.from(`${head}${newer}`), "x.log"),
    /line 2 was written by a newer vac/,
  );
});

test("an event that doesn't fit its schema is damage", () => {
  const wrong = writeLine({ event: "put", key: "a", entry: {} } as never);
  assert.throws(() => readLines(Buffer.from(`${head}${wrong}`), "x.log"), /line 2 is damaged/);
});

test("on a full disk the log refuses, and goes on refusing", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "full.log");
    symlinkSync("/dev/full", file);
    const log = new LogWriter(file, 0);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        log.write(Buffer.from(head));
        assert.unreachable();
      } catch (error) {
        assert.instance(error, StateError);
        assert.match((error as Error).message, /full\.log.*ENOSPC/);
      }
    }
    assert.match((await rejection(log.sync())).message, /ENOSPC/);
    await log.close();
  });
});

test("syncs that are asked for together are shared, and each covers what was written before it", async () => {
  await inFolder(async (folder) => {
    const log = new LogWriter(join(folder, "x.log"), 0);
    log.write(Buffer.from(head));
    const first = [log.sync(), log.sync()];
    assert.is(first[0], first[1]);
    await Promise.resolve();
    await Promise.resolve();
    log.write(Buffer.from(lines[1] ?? ""));
    const later = [log.sync(), log.sync()];
    assert.is(later[0], later[1]);
    await Promise.all([...first, ...later]);
    await log.close();
    assert.is(readFileSync(join(folder, "x.log"), "utf8"), lines.slice(0, 2).join(""));
  });
});

test("a full disk while a file is replaced leaves the old one", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "x.json");
    await writeWhole(file, "old");
    const openFile = (() => open("/dev/full", "w")) as typeof open;
    assert.match((await rejection(writeWhole(file, "new", { openFile }))).message, /ENOSPC/);
    assert.is(readFileSync(file, "utf8"), "old");
    assert.equal(readdirSync(folder), ["x.json"]);
    assert.is(statSync(file).mode & 0o777, 0o600);
    chmodSync(file, 0o664);
    await writeWhole(file, "new");
    assert.is(readFileSync(file, "utf8"), "new");
    assert.is(statSync(file).mode & 0o777, 0o664, "a person's file keeps its mode");
    await writeWhole(file, "newer", { mode: 0o600 });
    assert.is(statSync(file).mode & 0o777, 0o600);
  });
});

test("what a full disk kept out of the log is in the snapshot once there is room", async () => {
  await inFolder(async (folder) => {
    const store = fileStore(folder, "emulator");
    const session = await store.open(identity);
    symlinkSync("/dev/full", join(folder, "emulator.log"));
    const put = { event: "put", key: "a", entry: entry("651") } as const;
    assert.match((await rejection(session.append(put, "fsync"))).message, /ENOSPC/);
    await session.close();
    assert.equal((await store.read())?.entries.a?.job, { id: "651" });
  });
});

test("a log grows no longer than what can be read again", async () => {
  await inFolder(async (folder) => {
    const log = new LogWriter(join(folder, "x.log"), largestLog - 10);
    log.write(Buffer.from("0123456789"));
    assert.throws(
      () => log.write(Buffer.from("0")),
      ({ message, hint }: StateError) =>
        /x\.log can't be written: it is over 1024 MiB/.test(message) && /^run `vac plan`/.test(hint ?? ""),
    );
    assert.throws(() => log.write(Buffer.from("")), /it is over/, "nothing follows a gap");
    await log.close();
    assert.is(statSync(join(folder, "x.log")).size, 10);
  });
});

test.run();
