import { Writable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { UsageError } from "../../src/model/errors.ts";
import type { ApplyResult, StepResult } from "../../src/model/plan.ts";
import { clean, cleanLine } from "../../src/view/clean.ts";
import { diagnosticsText } from "../../src/view/diagnostics.ts";
import { errorText } from "../../src/view/error.ts";
import { painter } from "../../src/view/paint.ts";
import { progress } from "../../src/view/progress.ts";
import { resultText } from "../../src/view/result.ts";
import { table, wrap } from "../../src/view/table.ts";
import { validateText } from "../../src/view/validate.ts";
import { wordDiff } from "../../src/view/words.ts";

const plain = { colour: false, width: 80 };

const cleaning = suite("clean");
const texts: [string, string][] = [
  ["Пекарь", "Пекарь"],
  ["a\u001b[31mb\u0007", "a[31mb"],
  ["a\u202eb\u2066c", "abc"],
  ["a\u0085b\u009bc", "abc"],
  ["zero\u200bwidth\ufeff", "zerowidth"],
  ["👩‍🍳 повар", "👩‍🍳 повар"],
  ["two\nlines\tand a tab", "two\nlines\tand a tab"],
];
for (const [text, want] of texts) {
  cleaning(JSON.stringify(text), () => {
    assert.is(clean(text), want);
  });
}
cleaning("one line", () => assert.is(cleanLine(" a\n b\r\n\tc "), "a b c"));
cleaning.run();

const tables = suite("tables");
tables("columns line up with Cyrillic and emoji", () => {
  assert.is(
    table([
      ["пекарь", "1"],
      ["🥐", "2"],
      ["abc", "3"],
    ]),
    "пекарь  1\n🥐      2\nabc     3",
  );
});
tables("wraps at spaces, and leaves long words whole", () => {
  assert.equal(wrap("один два оченьдлинноеслово три", 9), ["один два", "оченьдлинноеслово", "три"]);
});
tables.run();

const words = suite("word diff");
const paint = painter(false);
words("whole Cyrillic words", () => {
  assert.is(wordDiff("Печём хлеб ночью", "Печём булки ночью", paint, false), "Печём [-хлеб-]{+булки+} ночью");
});
words("texts that share nothing are shown one after the other", () => {
  const text = (seed: string): string =>
    Array.from({ length: 2000 }, (_, index) => `${seed}${index}`).join(" ");
  const shown = wordDiff(text("а"), text("б"), paint, false);
  assert.ok(shown.startsWith("[-а0 а1"));
  assert.ok(shown.includes("{+б0 б1"));
});
words.run();

const problems = suite("diagnostics");
problems("place, line, caret and hint", () => {
  const text = diagnosticsText(
    [
      {
        severity: "error",
        code: "phone",
        message: "contact_phone is a number",
        file: "moscow/baker.yaml",
        line: 12,
        column: 16,
        excerpt: "contact_phone: 79990000000",
        hint: 'quote it: "79990000000"',
      },
    ],
    plain,
  );
  assert.is(
    text,
    [
      "error[phone]: contact_phone is a number",
      "  --> moscow/baker.yaml:12:16",
      "  12 | contact_phone: 79990000000",
      "     |                ^",
      '  hint: quote it: "79990000000"',
    ].join("\n"),
  );
});
problems("a long line is cut around its column, and the caret stays under it", () => {
  const excerpt = `title: ${"ж".repeat(200)}!${"ж".repeat(200)}`;
  const lines = diagnosticsText(
    [{ severity: "warning", code: "x", message: "m", file: "f", line: 1, column: 208, excerpt }],
    plain,
  ).split("\n");
  const at = (lines[3] ?? "").indexOf("^");
  assert.is(lines[2]?.[at], "!");
  assert.ok((lines[2] ?? "").length <= 80);
});
problems("without a place", () => {
  assert.is(
    diagnosticsText([{ severity: "warning", code: "x", message: "m", file: "", line: 0, column: 0 }], plain),
    "warning[x]: m",
  );
});
problems("counts", () => {
  assert.is(
    validateText({ files: 1, vacancies: 2, errors: 0, warnings: 0 }, [], plain),
    "1 file, 2 vacancies: no problems.",
  );
});
problems.run();

const errors = suite("errors");
errors("one that can be mended", () => {
  assert.is(
    errorText(new UsageError("no such\u001b thing", { hint: "look" }), { colour: false }),
    "Error: no such thing\nhint: look",
  );
});
errors("an internal one: no stack", () => {
  const text = errorText(new TypeError("x is undefined"), { colour: true });
  assert.match(text, /x is undefined/);
  assert.not.match(text, /\n\s+at /);
});
errors("anything that was thrown", () => assert.match(errorText("odd", { colour: false }), /odd/));
errors.run();

const result = (...results: StepResult[]): ApplyResult => {
  const count = (status: string) => results.filter((one) => one.status === status).length;
  const summary = {
    applied: count("applied"),
    failed: count("failed"),
    unknown: count("unknown"),
    stale: 0,
    not_started: count("not_started"),
  };
  return { plan_id: "p", workspace: "w", summary, results, held: [] };
};
const results = suite("results");
results("never more and never less than happened", () => {
  const text = resultText(
    result(
      { key: "a", step: "create", status: "applied", job_id: "1" },
      { key: "b", step: "create", status: "failed", job_id: null, error: "the board answers 422: Адрес" },
      { key: "c", step: "revive", status: "unknown", job_id: "3", error: "reset" },
      { key: "d", step: "close", status: "not_started", job_id: "4" },
    ),
    plain,
  );
  assert.is(
    text,
    [
      "  failed + b create: the board answers 422: Адрес",
      "  unknown ↻ c revive: reset",
      "    → vac plan looks again, and says what became of it",
      "  not started × d close",
      "",
      "Applied: 1 created. 1 failed, 1 unknown, 1 not started.",
    ].join("\n"),
  );
});
results("nothing applied", () =>
  assert.is(
    resultText(result({ key: "b", step: "create", status: "failed", job_id: null }), plain)
      .split("\n")
      .at(-1),
    "Nothing was applied. 1 failed.",
  ),
);
results("plain lines where there is no terminal", () => {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  const report = progress({ stream, isTTY: false, colour: false });
  report.step({ key: "moscow/baker", step: "create", status: "applied", job_id: "651" }, 1, 2);
  report.step({ key: "moscow/cook", step: "update", status: "failed", job_id: "652" }, 2, 2);
  report.stop();
  assert.is(text, "[1/2] + moscow/baker created, job 651\n[2/2] ~ moscow/cook update failed, job 652\n");
});
results.run();
