// Plan files that are none: each refused with what is wrong and how to get one.
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readPlan, writePlan } from "../../src/commands/planfile.ts";
import { UsageError } from "../../src/model/errors.ts";
import type { Plan } from "../../src/model/plan.ts";
import { largestFile, readUpTo } from "../../src/state/files.ts";

const test = suite("plan files");

const folder = mkdtempSync(join(tmpdir(), "vac-plans-"));
const file = join(folder, "plan.json");
test.after(() => rmSync(folder, { recursive: true }));

const nested = (depth: number): string =>
  `{"format_version":"1.0","x":${"[".repeat(depth)}${"]".repeat(depth)}}`;

const refused: Record<string, [() => void, RegExp]> = {
  nothing: [() => undefined, /there is no such file/],
  "an empty file": [() => writeFileSync(file, ""), /isn't JSON/],
  "a folder": [() => mkdirSync(file), /can't be read/],
  null: [() => writeFileSync(file, "null"), /is no plan: the top level/],
  "another file": [() => writeFileSync(file, "{}"), /is no plan: the top level must have/],
  "a long format": [
    () => writeFileSync(file, JSON.stringify({ format_version: "9".repeat(500) })),
    /its format is 9{20},/,
  ],
  "as many levels as fit": [() => writeFileSync(file, nested(49)), /is no plan: the top level must have/],
  "one level more": [() => writeFileSync(file, nested(50)), /nested too deeply/],
  "100,000 levels": [() => writeFileSync(file, nested(100_000)), /nested too deeply/],
  "more bytes than fit": [
    () => {
      writeFileSync(file, "");
      truncateSync(file, largestFile + 1);
    },
    /over 500 MiB/,
  ],
};
for (const [name, [make, says]] of Object.entries(refused)) {
  test(name, async () => {
    rmSync(file, { recursive: true, force: true });
    make();
    try {
      await readPlan(file);
      assert.unreachable("it should have been refused");
    } catch (error) {
      assert.instance(error, UsageError);
      assert.match((error as UsageError).message, says);
      assert.is((error as UsageError).hint, "vac plan --out FILE makes one");
    }
  });
}

const long: Record<string, [object, RegExp]> = {
  "a plan of more bytes than are read": [{ text: "б".repeat(600_000) }, /over 1 MiB/],
  "a plan that is longer than a text can be": [
    {
      toJSON() {
        throw new RangeError("Invalid string length");
      },
    },
    /over 1 MiB/,
  ],
};
for (const [name, [plan, says]] of Object.entries(long)) {
  test(`${name} isn't written`, async () => {
    rmSync(file, { recursive: true, force: true });
    try {
      await writePlan(file, plan as Plan, 1024 * 1024);
      assert.unreachable("it should have been refused");
    } catch (error) {
      assert.instance(error, UsageError);
      assert.match((error as UsageError).message, says);
      assert.match((error as UsageError).hint ?? "", /--target/);
    }
    assert.not(existsSync(file));
  });
}

test("a file is read up to the limit, and not beyond", async () => {
  writeFileSync(file, "a".repeat(100_000));
  assert.is((await readUpTo(file, 100_000)).length, 100_000);
  try {
    await readUpTo(file, 99_999);
    assert.unreachable("it should have been refused");
  } catch (error) {
    assert.match((error as Error).message, /it is over/);
  }
});

test("what doesn't tell its size is cut off too", async () => {
  try {
    await readUpTo("/dev/zero", 1_000_000);
    assert.unreachable("it should have been refused");
  } catch (error) {
    assert.match((error as Error).message, /it is over/);
  }
});

test.run();
