import { suite } from "uvu";
import * as assert from "uvu/assert";
import { traits } from "../../src/board/vkrabota/traits.ts";
import type { Value } from "../../src/model/attributes.ts";
import { equalAttribute } from "../../src/model/equality.ts";
import { judge, type Verdict } from "../../src/plan/diff.ts";
import { attributes, entry, job, planOf, shown, summary, vacancy } from "./world.ts";

const none = undefined;
type Row = [
  desired: Value | undefined,
  applied: Value | undefined,
  observed: Value | undefined,
  live: Value | undefined,
  want: Verdict,
];

const judgement = suite("three-way difference");
const rows: Record<string, Row> = {
  "all sides agree": ["a", "a", "a", "a", "same"],
  "never ours": [none, none, "a", "b", "same"],
  "edited in git": ["b", "a", "a", "a", "edited"],
  "newly declared, the board has another": ["b", none, none, "a", "edited"],
  "newly declared, the board has it": ["a", none, none, "a", "record"],
  "newly declared, the board doesn't show it": ["a", none, none, none, "edited"],
  "edited on the board": ["a", "a", "a", "b", "drift"],
  "edited here and there": ["c", "a", "a", "b", "edited+drift"],
  "edited here and there to the same": ["b", "a", "a", "b", "record"],
  "rewritten by the board when it was sent": ["a", "a", "A!", "A!", "same"],
  "rewritten, then edited here": ["b", "a", "A!", "A!", "edited"],
  "rewritten, then put right there": ["a", "a", "A!", "a", "record"],
  "not shown any more": ["a", "a", "a", none, "same"],
  "removed from the file": [none, 5, 5, 5, "edited"],
  "removed from the file, empty on the board": [none, 5, 5, null, "record"],
  "removed after it was null": [none, null, null, 7, "same"],
  "null in the file": [null, 5, 5, 5, "edited"],
  "null in the file, empty on the board": [null, null, null, null, "same"],
  "null in the file, filled on the board": [null, null, null, 5, "drift"],
};
for (const [name, [desired, applied, observed, live, want]] of Object.entries(rows)) {
  judgement(name, () => {
    const seen = observed ?? applied;
    const sides = {
      name: "salary_period",
      desired,
      applied,
      observed: seen,
      live: live === undefined ? seen : live,
      overwritten: [],
    };
    assert.is(judge(traits, sides), want);
  });
}
judgement("a value that was overwritten once and is back is held", () => {
  const sides = { name: "title", desired: "a", applied: "a", observed: "a", live: "b", overwritten: ["b"] };
  assert.is(judge(traits, sides), "insists");
  assert.is(judge(traits, { ...sides, live: "c" }), "drift");
  assert.is(judge(traits, { ...sides, desired: "d" }), "edited+drift");
});
judgement("what the board requires can't be cleared by removing it", () => {
  assert.is(
    judge(traits, {
      name: "title",
      desired: undefined,
      applied: "a",
      observed: "a",
      live: "a",
      overwritten: [],
    }),
    "record",
  );
});
judgement.run();

const equality = suite("equality");
const values: [name: string, a: Value, b: Value, equal: boolean][] = [
  ["title", "Ёлка", "Е\u0308лка", true],
  ["title", "Елка", "Ёлка", false],
  ["description", "a\r\nb", "a\nb", true],
  ["description", "  a\n", "a", true],
  ["description", "", null, true],
  ["description", "a", null, false],
  ["title", "a\u00a0b", "a b", false],
  ["lat", 55.7346276065292, 55.7346276, true],
  ["lat", 55.7346276, 55.7346296, false],
  ["lat", "55.5", 55.5, true],
  ["salary_from", "60000", 60000, true],
  ["salary_from", 60000, 60001, false],
  ["salary_from", 0, null, false],
  ["salary_from", "", 0, false],
  ["remote", true, "true", true],
  ["remote", false, null, false],
  ["profession_id", "85", 85, true],
];
for (const [name, a, b, equal] of values) {
  equality(
    `${name}: ${JSON.stringify(a)} and ${JSON.stringify(b)} are ${equal ? "equal" : "different"}`,
    () => {
      assert.is(equalAttribute(traits, name, a, b), equal);
      assert.is(equalAttribute(traits, name, b, a), equal);
    },
  );
}
equality.run();

const fields = suite("fields of an update");
const key = "moscow/baker";
fields("only what differs is sent, with its sides", () => {
  const plan = planOf({
    desired: [vacancy({ attributes: { ...attributes, salary_from: 65000 } })],
    entries: { [key]: entry() },
    jobs: [job({ attributes: { ...shown, title: "Кондитер" } })],
  });
  assert.equal(summary(plan), [`${key}: update(edited+drift)`]);
  assert.equal(plan.changes[0]?.steps[0]?.fields, [
    { name: "title", prior: "Пекарь", desired: "Пекарь", live: "Кондитер" },
    { name: "salary_from", prior: 60000, desired: 65000 },
  ]);
});
fields("an attribute that was never in the file stays as the board has it", () => {
  const { salary_from: _, ...rest } = attributes;
  const plan = planOf({
    desired: [vacancy({ attributes: rest })],
    entries: { [key]: entry({ applied: rest }) },
    jobs: [job({ attributes: { ...shown, salary_from: 1 } })],
  });
  assert.equal(summary(plan), []);
});
fields("a removed one is cleared", () => {
  const { salary_from: _, ...rest } = attributes;
  const plan = planOf({
    desired: [vacancy({ attributes: rest })],
    entries: { [key]: entry() },
    jobs: [job()],
  });
  assert.equal(plan.changes[0]?.steps[0]?.fields, [{ name: "salary_from", prior: 60000, desired: null }]);
});
fields("the board insists: held, the rest goes on", () => {
  const plan = planOf({
    desired: [vacancy({ attributes: { ...attributes, salary_from: 65000 } })],
    entries: { [key]: entry({ overwritten: { address: ["г. Москва"] } }) },
    jobs: [job({ attributes: { ...shown, address: "г. Москва" } })],
  });
  assert.equal(summary(plan), [
    `${key}: update(edited)`,
    `${key} held: the board insists: address was overwritten once and is "г. Москва" again`,
  ]);
});
fields.run();
