// The benchmark runs, and measures what it says: which rows there are, and what they ask the board. Never how long it takes.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { median } from "./measure.ts";
import type { Row } from "./rows.ts";

const bench = suite("benchmark");

bench("of three vacancies: every row, with the requests that it takes", async () => {
  const args = ["--import", "tsx", "test/bench/bench-process.ts", "--json"];
  const few = ["--sizes", "3", "--runs", "1", "--latencies", "0", "--port", "0"];
  const { stdout } = await promisify(execFile)(process.execPath, [...args, ...few]);
  const { rows, machine } = JSON.parse(stdout) as { rows: Row[]; machine: { node: string } };
  assert.is(machine.node, process.version);
  assert.equal(
    rows.map(({ name, n, requests, floor }) => [
      name,
      n,
      requests ?? "-",
      floor === undefined ? "-" : "floor",
    ]),
    [
      ["vac --help", 0, "-", "floor"],
      ["validate, cold", 3, "-", "floor"],
      ["validate, warm", 3, "-", "floor"],
      ["plan, all new", 3, 6, "floor"],
      ["apply, all new", 3, 13, "-"],
      ["plan, no change, cold", 3, 4, "floor"],
      ["plan, no change, warm", 3, 4, "floor"],
      ["plan, 1 % changed, cold", 3, 4, "floor"],
      ["plan, 1 % changed, warm", 3, 4, "floor"],
      ["apply, 1 % changed", 3, 5, "-"],
    ],
  );
});

for (const [flag, value] of [
  ["--sizes", "abc"],
  ["--sizes", "0"],
  ["--runs", "0"],
  ["--latencies", "-1"],
] as const) {
  bench(`${flag} ${value} is refused before anything is measured`, async () => {
    const args = ["--import", "tsx", "test/bench/bench-process.ts", `${flag}=${value}`];
    const refusal = await promisify(execFile)(process.execPath, args).then(
      () => "",
      (error: { stderr: string }) => error.stderr,
    );
    assert.match(refusal, `${flag} ${value}: whole numbers from`);
  });
}

bench("the middle of several", () => {
  assert.is(median([3, 1, 2]), 2);
  assert.is(median([4, 1, 2, 3]), 2.5);
  assert.is(median([7]), 7);
});

bench.run();
