// What is known of a vacancy: the state's entries, and explain.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { StateEntry } from "../../src/model/state.ts";
import { type Explained, explainText } from "../../src/view/explain.ts";
import { stateEntryText, stateListText } from "../../src/view/state.ts";
import { plain, update } from "./samples.ts";

const style = { ...plain, width: 100, timezone: "Europe/Moscow" };
const at = Date.parse("2026-12-12T06:00:00Z");
const entry: StateEntry = {
  job: { id: "651" },
  file: "moscow/baker.yaml",
  textHash: "0",
  commit: "0123456789abcdef",
  applied: { title: "Пекарь", salary_from: 60000, salary_to: null },
  observed: { at, status: "active", expiresAt: at, attributes: { title: "Пекарь", address: "Москва" } },
  keep: { preventClose: false, closeReason: "closed_irrelevant", onDelete: "close" },
};

const state = suite("state");
state("nothing yet", () => assert.match(stateListText({}, style), /Nothing is managed yet/));
state("sorted rows in columns", () => {
  const entries = {
    "moscow/пекарь": entry,
    "kazan/x": { ...entry, job: { ticket: "t1" }, commit: null, tombstone: "closed" as const },
  };
  assert.is(
    stateListText(entries, style),
    [
      "KEY            JOB        LAST SEEN             EXPIRES             COMMIT",
      "kazan/x        ticket:t1  closed, file deleted  12 Dec 2026, 09:00",
      "moscow/пекарь  651        active                12 Dec 2026, 09:00  01234567",
    ].join("\n"),
  );
});
state("one entry whole", () => {
  assert.is(
    stateEntryText("moscow/baker", entry, style),
    [
      "moscow/baker",
      "",
      "job                      651",
      "file                     moscow/baker.yaml",
      "last seen                active, 12 Dec 2026, 09:00",
      "expires                  12 Dec 2026, 09:00",
      "commit                   0123456789abcdef",
      "kept when the file goes  prevent_close: false, close_reason: closed_irrelevant, on_delete: close",
      "",
      "             APPLIED  OBSERVED",
      "title        Пекарь   Пекарь",
      "salary_from  60000    ·",
      "salary_to    (empty)  ·",
      "address      ·        Москва",
      "",
      "(· is not known: never applied, or not shown by the board)",
    ].join("\n"),
  );
});
state("what was done about it before", () => {
  const text = stateEntryText(
    "a",
    {
      ...entry,
      revivedFor: at,
      overwritten: { title: ["B"] },
      observed: { ...entry.observed, services: { job_highlight: at } },
    },
    style,
  );
  assert.match(text, /revived for +its expiry of 12 Dec 2026, 09:00/);
  assert.match(text, /overwritten once +title/);
  assert.match(text, /job_highlight +until 12 Dec 2026, 09:00/);
});
state("long texts are cut to the width", () => {
  const long = { ...entry, applied: { description: "слово ".repeat(2000) } };
  const lines = stateEntryText("a", long, style).split("\n");
  assert.ok(lines.every((line) => line.length <= 100));
});
state.run();

const explained: Explained = {
  key: "moscow/baker",
  file: "moscow/baker.yaml",
  values: [
    { name: "title", value: "Пекарь", file: "moscow/baker.yaml", line: 2 },
    { name: "remote", value: false, file: "_defaults.yaml", line: 1 },
    { name: "background", value: { file: "a.jpg" }, file: "_defaults.yaml", line: 2 },
    { name: "salary_to", value: null, file: "moscow/baker.yaml", line: 9 },
  ],
};
const explain = suite("explain");
explain("values and where they come from, without a job", () => {
  assert.is(
    explainText(explained, style),
    [
      "moscow/baker  moscow/baker.yaml",
      "",
      "ATTRIBUTE   VALUE             FROM",
      "title       Пекарь            moscow/baker.yaml:2",
      "remote      false             _defaults.yaml:1",
      'background  {"file":"a.jpg"}  _defaults.yaml:2',
      "salary_to   (empty)           moscow/baker.yaml:9",
      "",
      "It isn't published: no job is known for it.",
    ].join("\n"),
  );
});
explain("all sides, and why the plan does what it does", () => {
  const text = explainText(
    {
      key: "moscow/baker",
      file: null,
      values: [],
      state: {
        job_id: "651",
        commit: "0123456789abcdef",
        applied: { title: "A" },
        observed: { title: "A", address: "Москва" },
        tombstone: "detached",
      },
      live: {
        job_id: "651",
        attributes: { title: "B" },
        status: "active",
        expires_at: "2026-12-12T06:00:00.000Z",
      },
      plan: {
        steps: [update([{ name: "title", prior: "A", live: "B", desired: "A" }], "drift")],
        held: { key: "moscow/baker", job_id: "651", reason: "the board insists", hint: "talk to the board" },
      },
    },
    style,
  );
  assert.is(
    text,
    [
      "moscow/baker  its file is gone",
      "",
      "Job 651 is active on the board now, until 12 Dec 2026, 09:00; brought by commit 01234567; its file is gone (detached).",
      "",
      "         APPLIED  OBSERVED  LIVE",
      "title    A        A         B",
      "address  ·        Москва    ·",
      "(· is not known: never applied, or not shown by the board)",
      "",
      "The plan:",
      "  ~ update: drift, changed on the board (cause: board, the board changed)",
      '      ~ title: applied "A", on the board "B" → "A"',
      "  ! held: the board insists",
      "    → talk to the board",
    ].join("\n"),
  );
});
explain("nothing to do", () =>
  assert.match(explainText({ ...explained, plan: { steps: [], held: null } }, style), /leaves it as it is/),
);
explain("colours change no word", () => {
  const coloured = explainText(explained, { ...style, colour: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours are what is taken out.
  assert.is(coloured.replace(/\u001b\[\d+m/g, ""), explainText(explained, style));
});
explain.run();
