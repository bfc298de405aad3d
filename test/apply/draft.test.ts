import { suite } from "uvu";
import * as assert from "uvu/assert";
import { entryAfter } from "../../src/apply/observed.ts";
import { traits } from "../../src/board/vkrabota/traits.ts";
import type { Call } from "../../src/model/job.ts";
import { draftOf } from "../../src/model/state.ts";
import { attributes, entry, job, now, planOf, shown, summary, vacancy } from "../plan/world.ts";

const key = "moscow/baker";
const raised = { ...attributes, salary_from: 65000 };
const call: Call = { do: "update", job: { id: "651" }, attributes: { salary_from: 65000 } };
const after = (answer: Record<string, string | number>) =>
  entryAfter({
    traits,
    draft: { ...draftOf(entry()), applied: raised },
    call,
    entry: entry(),
    view: { ref: { id: "651" }, attributes: answer },
    recognised: false,
    now,
  });
const planned = (live: number, answer: Record<string, string | number>): string[] =>
  summary(
    planOf({
      desired: [vacancy({ attributes: raised })],
      entries: { [key]: after(answer) },
      jobs: [job({ attributes: { ...shown, salary_from: live } })],
    }),
  );

const drafts = suite("an answer that tells little");
for (const [name, answer] of Object.entries({
  short: { title: "Пекарь" },
  whole: { ...shown, salary_from: 65000 },
})) {
  drafts(`after an update with a ${name} answer the plan is empty`, () =>
    assert.equal(planned(65000, answer), []),
  );
  drafts(`after an update with a ${name} answer a hand edit back is drift`, () => {
    assert.equal(planned(60000, answer), [`${key}: update(drift)`]);
  });
}
drafts("a create that was recognised counts as applied only as far as the job shows it", () => {
  const create: Call = { do: "create", attributes, publication: "job_publish" };
  const draft = { ...draftOf(entry()), applied: attributes };
  const view = job({ attributes: { ...shown, address: "г. Москва" } });
  const found = entryAfter({ traits, draft, call: create, entry: undefined, view, recognised: true, now });
  assert.is(found.applied.title, "Пекарь");
  assert.not("address" in found.applied);
  assert.not("profession_id" in found.applied);
});
drafts.run();
