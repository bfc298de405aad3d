import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { filled, jobsOf, run, startFails, withFolder } from "./folder.ts";

const damage = suite("emulator: damaged files");

const TAILS: [string, string][] = [
  ["a torn line", '[{"table":"job","record":{"id":"9'],
  ["torn in the middle of a letter", Buffer.from("[я").subarray(0, 2).toString("latin1")],
  ["zeros", "\0\0\0\0"],
];
for (const [name, tail] of TAILS) {
  damage(`${name} at the end of the journal is dropped, and what follows is kept`, () =>
    withFolder(async (dataDir) => {
      await filled(dataDir);
      appendFileSync(join(dataDir, "journal.jsonl"), tail);
      await run({ dataDir }, async (emulator) => {
        assert.is(jobsOf(emulator).length, 2);
        emulator.control.putJob({});
      });
      await run({ dataDir }, async (emulator) => assert.is(jobsOf(emulator).length, 3));
    }),
  );
}

const DAMAGE: [string, string, (text: string) => string, RegExp][] = [
  [
    "a line in the middle of the journal",
    "journal.jsonl",
    () => "[]\n{oops\n[]\n",
    /journal\.jsonl:2 is damaged/,
  ],
  [
    "a last line of the journal with its end",
    "journal.jsonl",
    () => "[]\n{oops\n",
    /journal\.jsonl:2 is damaged/,
  ],
  [
    "a journal line of another shape",
    "journal.jsonl",
    () => "{}\n",
    /journal\.jsonl:1 is damaged: not a list/,
  ],
  [
    "an unknown table",
    "journal.jsonl",
    () => '[{"table":"x","record":{"id":"1"}}]\n',
    /journal\.jsonl:1.*known table/,
  ],
  ["a null change", "journal.jsonl", () => "[null]\n", /journal\.jsonl:1 is damaged/],
  [
    "a snapshot cut short",
    "board.jsonl",
    (text) => text.slice(0, -5),
    /board\.jsonl:\d is damaged: the end is missing/,
  ],
  [
    "a snapshot of another format",
    "board.jsonl",
    (text) => text.replace('"version":1', '"version":2'),
    /board\.jsonl:1/,
  ],
  [
    "a snapshot line that isn't JSON",
    "board.jsonl",
    (text) => text.replace('"table"', "table"),
    /board\.jsonl:2/,
  ],
  ["an empty snapshot", "board.jsonl", () => "", /board\.jsonl:1/],
];
for (const [name, file, spoil, message] of DAMAGE) {
  damage(`${name} is a clear error, leaves the files alone and the folder free`, () =>
    withFolder(async (dataDir) => {
      await filled(dataDir);
      const path = join(dataDir, file);
      const whole = readFileSync(path, "utf8");
      const damaged = spoil(whole);
      writeFileSync(path, damaged);
      assert.match(await startFails(dataDir), message);
      assert.is(readFileSync(path, "utf8"), damaged);
      writeFileSync(path, whole);
      await run({ dataDir }, async (emulator) => assert.is(jobsOf(emulator).length, 2));
    }),
  );
}

damage("a folder that can't be used is a clear error", () =>
  withFolder(async (dataDir) => {
    await filled(dataDir);
    assert.match(await startFails(join(dataDir, "board.jsonl")), /can't use the data folder .*board\.jsonl/);
  }),
);

damage.run();
