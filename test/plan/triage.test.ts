import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { TriageRule } from "../../src/model/triage.ts";
import { moveOf } from "../../src/plan/triage.ts";
import { day, now } from "./world.ts";

const rules: TriageRule[] = [
  { vacancy: "moscow/*", status: "unread", olderThanMs: 14 * day, set: "declined" },
  { status: "unread", olderThanMs: 30 * day, set: "rejected" },
  { status: "missed", olderThanMs: 0, set: "rejected" },
  { status: "read", olderThanMs: 0, set: "read" },
];
const triage = {
  rules,
  covers: (rule: number, key: string) => rule !== 0 || key.startsWith("moscow/"),
  keys: new Map([
    ["1", "moscow/baker"],
    ["2", "kazan/cook"],
  ]),
  now,
};

const triages = suite("triage");
const rows: [name: string, job: string, status: string, age: number | undefined, to: string | undefined][] = [
  ["old and unread", "1", "unread", 14, "declined"],
  ["the first rule that fits counts", "1", "unread", 40, "declined"],
  ["a minute too young", "1", "unread", 14 - 1 / 1440, undefined],
  ["another vacancy, by the wider rule", "2", "unread", 30, "rejected"],
  ["another vacancy, too young for it", "2", "unread", 29, undefined],
  ["moved on by a person", "1", "invited", 40, undefined],
  ["without an age limit", "2", "missed", 0, "rejected"],
  ["without an age limit, of unknown age", "2", "missed", undefined, "rejected"],
  ["with one, of unknown age", "1", "unread", undefined, undefined],
  ["what it is already", "1", "read", 40, undefined],
  ["a job that isn't managed", "3", "unread", 40, undefined],
];
for (const [name, jobId, status, age, to] of rows) {
  triages(`${name}: ${to ?? "left alone"}`, () => {
    const createdAt = age === undefined ? {} : { createdAt: now - age * day };
    assert.is(moveOf({ id: "7", jobId, status, ...createdAt }, triage)?.to, to);
  });
}
triages("the move says which rule, what it was and what it becomes", () =>
  assert.equal(moveOf({ id: "7", jobId: "1", status: "unread", createdAt: now - 20 * day }, triage), {
    ...{ id: "7", key: "moscow/baker", jobId: "1", from: "unread", to: "declined", rule: 0 },
    createdAt: now - 20 * day,
  }),
);
triages.run();
