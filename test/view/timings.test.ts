// The text of --timings: phases, what is left, the whole.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { timingsText } from "../../src/view/timings.ts";

const timings = suite("timings");
const usage = { wallMs: 1000.4, cpuMs: 700, memory: 80.2 };
const linesOf = (phases: [string, number][]) => timingsText(new Map(phases), usage).split("\n");

timings("phases come in order, with what none of them took", () => {
  assert.equal(
    linesOf([
      ["start", 200],
      ["read", 50.2],
    ]),
    [
      "timings:",
      "  start         200 ms",
      "  read           50 ms",
      "  rest          750 ms",
      "  total        1000 ms, 700 ms of CPU, 80 MB at the peak",
    ],
  );
});

timings("phases that ran beside each other leave no rest, and none below nothing", () => {
  assert.ok(
    linesOf([
      ["state", 800],
      ["list", 900],
    ]).includes("  rest            0 ms"),
  );
});

timings.run();
