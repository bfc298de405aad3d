// What an apply tells while it runs and when it has ended, and errors.
import { Writable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { UsageError } from "../../src/model/errors.ts";
import type { ApplyResult, StepResult } from "../../src/model/plan.ts";
import { errorText } from "../../src/view/error.ts";
import { progress } from "../../src/view/progress.ts";
import { resultText } from "../../src/view/result.ts";
import { plain } from "./samples.ts";

function result(results: StepResult[], held: ApplyResult["held"] = []): ApplyResult {
  const count = (status: string) => results.filter((one) => one.status === status).length;
  const summary = {
    applied: count("applied"),
    failed: count("failed"),
    unknown: count("unknown"),
    stale: count("stale"),
    not_started: count("not_started"),
  };
  return { plan_id: "p", workspace: "w", summary, results, held };
}
const last = (...results: StepResult[]): string | undefined =>
  resultText(result(results), plain).split("\n").at(-1);

const results = suite("results");
results("never more and never less than happened, and what to do", () => {
  const text = resultText(
    result(
      [
        { key: "a", step: "create", status: "applied", job_id: "1" },
        { key: "b", step: "create", status: "failed", job_id: null, error: "the board answers 422: Адрес" },
        { key: "c", step: "revive", status: "unknown", job_id: "3", error: "reset" },
        { key: "d", step: "close", status: "not_started", job_id: "4" },
        { key: "e", step: "close", status: "not_started", job_id: "5", error: "an earlier step failed" },
        { key: "f", step: "update", status: "stale", job_id: "6" },
        { key: "g", step: "create", status: "pending", job_id: null },
        { key: "h", step: "promote", status: "applied", job_id: "8", note: "it ran already" },
      ],
      [{ key: "i", job_id: "9", reason: "somebody closed it", hint: "set status: closed" }],
    ),
    plain,
  );
  assert.is(
    text,
    [
      "  ↑ h promoted: it ran already",
      "",
      "  pending + g create",
      "    → the board has taken it in and still checks it: vac plan tells what became of it",
      "",
      "  stale ~ f update (job 6)",
      "    → it wasn't needed any more as it was planned, and wasn't done: vac plan shows what is due now",
      "",
      "  not started × d close (job 4)",
      "  not started × e close (job 5): an earlier step failed",
      "    → nothing was sent for it: the next vac apply does it, if it is still due",
      "",
      "  unknown ↻ c revive (job 3): reset",
      "    → it may or may not have been done: vac plan looks again. If it is held then: vac state resolve c --done|--not-done",
      "",
      "  failed + b create: the board answers 422: Адрес",
      "    → it wasn't done: mend what the message says and run vac apply again; what was applied isn't repeated",
      "",
      "Held, until somebody decides:",
      "  ! i  job 9",
      "    somebody closed it",
      "    → set status: closed",
      "",
      "Applied: 1 created, 1 promoted. 1 failed, 1 unknown, 1 stale, 2 not started, 1 pending.",
    ].join("\n"),
  );
});
results("all went well", () => {
  const done = (key: string, step: StepResult["step"]): StepResult => ({
    key,
    step,
    status: "applied",
    job_id: "1",
  });
  assert.is(
    resultText(result([done("a", "create"), done("b", "create"), done("c", "background")]), plain),
    "Applied: 2 created, 1 with a changed background.",
  );
});
results("nothing applied", () =>
  assert.is(
    last({ key: "b", step: "create", status: "failed", job_id: null }),
    "Nothing was applied. 1 failed.",
  ),
);
results("counts are of what is told, not of a summary that says otherwise", () => {
  const value = result([{ key: "b", step: "create", status: "failed", job_id: null }]);
  const wrong = { ...value, summary: { ...value.summary, applied: 5, failed: 0 } };
  assert.match(resultText(wrong, plain), /Nothing was applied\. 1 failed\.$/);
});
results("many held alike: once, with the first and how many more", () => {
  const held = Array.from({ length: 25 }, (_, index) => ({
    key: `k${index}`,
    job_id: null,
    reason: "r",
    hint: "h",
  }));
  assert.match(
    resultText(result([], held), plain),
    /! 25 vacancies: r\n {4}k0, k1, k2, k3, k4, k5, k6, k7, k8, k9 and 15 more\n {4}→ h\n/,
  );
});
results("colours, and no commands to the terminal", () => {
  const evil: StepResult = {
    key: "a\u001bc",
    step: "create",
    status: "failed",
    job_id: "1\u009b",
    error: "\u001b]0;x\u0007",
  };
  assert.ok(resultText(result([evil]), { ...plain, colour: true }).includes("\u001b[31mfailed\u001b[39m"));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for.
  assert.not.match(resultText(result([evil]), plain), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});
results.run();

/** A stream that keeps what it gets. */
function recorder(more: object = {}): { stream: Writable; text: () => string } {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream: Object.assign(stream, more), text: () => text };
}

const running = suite("progress");
running("plain lines where there is no terminal", () => {
  const { stream, text } = recorder();
  const report = progress({ stream, isTTY: false, colour: false });
  report.step({ key: "moscow/baker", step: "create", status: "applied", job_id: "651" }, 1, 3);
  report.step(
    { key: "moscow/cook", step: "update", status: "failed", job_id: "652", error: "422\u001b" },
    2,
    3,
  );
  report.step({ key: "moscow/cook", step: "close", status: "not_started", job_id: null }, 3, 3);
  report.stop();
  assert.is(
    text(),
    [
      "[1/3] + moscow/baker created as job 651",
      "[2/3] ~ moscow/cook update failed (job 652): 422",
      "[3/3] × moscow/cook close not started",
      "",
    ].join("\n"),
  );
});
running("a bar on a terminal: within its width, and gone at the end", () => {
  const { stream, text } = recorder({ isTTY: true, columns: 60 });
  const report = progress({ stream, isTTY: true, colour: true });
  const key = `moscow/${"ж".repeat(100)}\u001b[2J`;
  report.step({ key, step: "create", status: "applied", job_id: "651" }, 12, 40);
  report.stop();
  assert.match(text(), /applying \S+ 12\/40 {2}moscow\/ж+…/);
  assert.not.ok(text().includes("\u001b[2J"), "the key commands nothing");
  const shown = text().split("applying").slice(1);
  for (const line of shown) assert.ok(`applying${line.split("\u001b")[0]}`.length < 60);
  assert.ok(text().endsWith("\u001b[1G\u001b[2K"), "the line is cleared last");
});
running("a bar changes nothing that an end at once would leave behind", () => {
  const { stream, text } = recorder({ isTTY: true, columns: 80 });
  const listeners = process.listenerCount("SIGINT");
  const report = progress({ stream, isTTY: true, colour: true });
  report.step({ key: "a", step: "create", status: "applied", job_id: "1" }, 1, 2);
  assert.is(process.listenerCount("SIGINT"), listeners);
  report.stop();
  for (const code of ["\u001b[?25l", "\u001b[?7l", "\u001b7", "\u001b8"])
    assert.not.ok(text().includes(code));
});
running("nothing is written after the stop, however often", () => {
  for (const isTTY of [true, false]) {
    const { stream, text } = recorder({ isTTY, columns: 80 });
    const report = progress({ stream, isTTY, colour: false });
    report.step({ key: "a", step: "create", status: "applied", job_id: "1" }, 1, 2);
    report.stop();
    const before = text();
    report.step({ key: "b", step: "create", status: "applied", job_id: "2" }, 2, 2);
    report.stop();
    assert.is(text(), before);
  }
});
running("stopped before anything was done", () => {
  const { stream, text } = recorder({ isTTY: true });
  progress({ stream, isTTY: true, colour: false }).stop();
  assert.is(text(), "");
});
running.run();

const errors = suite("errors");
errors("one that can be mended", () => {
  assert.is(
    errorText(new UsageError("no such\u001b thing", { hint: "look" }), { colour: false }),
    "Error: no such thing\nhint: look",
  );
});
errors("one without a hint", () =>
  assert.is(errorText(new UsageError("no such thing"), { colour: false }), "Error: no such thing"),
);
errors("one that quotes too much is cut between words", () => {
  for (const long of ["я".repeat(5000), `${"я".repeat(1490)} token-of-ours`]) {
    const text = errorText(new UsageError(`it is for ${long}`, { hint: long }), { colour: false });
    assert.match(text, /^Error: it is for.*…\nhint: .*…$/);
    assert.ok(text.length < 3100);
    assert.not.match(text, /token/);
  }
});
errors("an internal one: no stack, and how to report it", () => {
  const text = errorText(new TypeError("x is undefined"), { colour: true });
  assert.match(text, /x is undefined/);
  assert.match(text, /report it with the command/);
  assert.not.match(text, /\n\s+at /);
});
const odd: [unknown, RegExp][] = [
  ["odd", /odd/],
  [undefined, /undefined/],
  [new Error(""), /Internal error: Error/],
  [Object.create(null), /can't be told/],
];
for (const [index, [thrown, want]] of odd.entries()) {
  errors(`anything that was thrown, ${index}`, () =>
    assert.match(errorText(thrown, { colour: false }), want),
  );
}
errors.run();
