// Problems with their place, and what a validate says.
import stringWidth from "fast-string-width";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { diagnosticsText, problemsText } from "../../src/view/diagnostics.ts";
import { validateText } from "../../src/view/validate.ts";
import { plain } from "./samples.ts";

const problem = (more: Partial<Diagnostic> = {}): Diagnostic => ({
  severity: "error",
  code: "x",
  message: "m",
  file: "f.yaml",
  line: 1,
  column: 1,
  ...more,
});
/** The excerpt and the caret's line of one problem, with the columns at which the caret stands. */
function excerptOf(excerpt: string, column: number, style = plain): { line: string; at: number } {
  const [, , line = "", caret = ""] = problemsText([problem({ excerpt, column })], style).split("\n");
  return { line, at: caret.indexOf("^") };
}

const places = suite("diagnostics");
places("place, line, caret and hint, and how many there are", () => {
  assert.is(
    diagnosticsText(
      [
        problem({
          code: "phone",
          message: "contact_phone is a number",
          file: "moscow/baker.yaml",
          line: 12,
          column: 16,
          excerpt: "contact_phone: 79990000000",
          hint: 'quote it: "79990000000"',
        }),
        problem({
          severity: "warning",
          code: "name",
          message: "passed over",
          file: ".x",
          line: 0,
          column: 0,
        }),
      ],
      plain,
    ),
    [
      "error[phone]: contact_phone is a number",
      "  --> moscow/baker.yaml:12:16",
      "  12 | contact_phone: 79990000000",
      "     |                ^",
      '  hint: quote it: "79990000000"',
      "",
      "warning[name]: passed over",
      "  --> .x",
      "",
      "1 error, 1 warning.",
    ].join("\n"),
  );
});
const carets: [name: string, excerpt: string, marked: string][] = [
  ["Cyrillic", "title: Пекарь!", "!"],
  ["wide characters", "title: 日本語!", "!"],
  ["emoji of two units", "title: 🥐🥐!", "!"],
  ["emoji of several code points", "title: 👩‍🍳!", "!"],
  ["tabs", "\t\ttitle: !", "!"],
  ["invisible characters", "ti\u200btle\u202e: !", "!"],
  ["control characters", "title: \u001b[31m!", "!"],
];
for (const [name, excerpt, marked] of carets) {
  places(`the caret stands under its column: ${name}`, () => {
    const column = [...excerpt].indexOf(marked) + 1;
    const { line, at } = excerptOf(excerpt, column);
    assert.is(at, stringWidth(line.slice(0, line.indexOf(marked))));
  });
}
places("at the end of the line, where something is missing", () => {
  const { line, at } = excerptOf("title:", 7);
  assert.is(at, line.length);
});
for (const width of [0, 40, 80, 200]) {
  places(`a long line is cut around its column at ${width}`, () => {
    for (const before of [0, 10, 20, 30, 60, 200]) {
      const { line, at } = excerptOf(`${"ж".repeat(before)}!${"ж".repeat(400)}`, before + 1, {
        ...plain,
        width: width as 80,
      });
      assert.is(line[at], "!", `${before}`);
      assert.ok(line.length <= Math.max(width, 37), `${before}: ${line.length}`);
      assert.ok(line.endsWith("…"));
    }
  });
}
places("an excerpt that ends before the column shows nothing rather than a wrong place", () => {
  assert.is(problemsText([problem({ excerpt: "ж".repeat(500), column: 900 })], plain).split("\n").length, 2);
});
places("without a place", () => {
  assert.is(
    problemsText([problem({ severity: "warning", file: "", line: 0, column: 0 })], plain),
    "warning[x]: m",
  );
});
places("none", () => assert.is(diagnosticsText([], plain), ""));
places("colours", () => {
  const text = diagnosticsText([problem()], { ...plain, colour: true });
  assert.ok(text.startsWith("\u001b[31merror\u001b[39m"));
  assert.ok(text.endsWith("\u001b[31m1 error\u001b[39m."));
});
places.run();

const counts = suite("validate");
const ends: [Parameters<typeof validateText>[0], string][] = [
  [{ files: 12, vacancies: 31, errors: 0, warnings: 0 }, "12 files, 31 vacancies: no problems."],
  [{ files: 1, vacancies: 1, errors: 1, warnings: 2 }, "1 file, 1 vacancy: 1 error, 2 warnings."],
  [{ files: 0, vacancies: 0, errors: 0, warnings: 1 }, "0 files, 0 vacancies: 1 warning."],
];
for (const [value, want] of ends) counts(want, () => assert.is(validateText(value, [], plain), want));
counts("problems first, and counted once", () => {
  const value = { files: 1, vacancies: 1, errors: 1, warnings: 0 };
  assert.is(
    validateText(value, [problem()], plain),
    "error[x]: m\n  --> f.yaml:1:1\n\n1 file, 1 vacancy: 1 error.",
  );
});
counts.run();
