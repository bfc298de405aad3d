// Plans of hundreds of changes.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { PlanChange, Step } from "../../src/model/plan.ts";
import { planText } from "../../src/view/plan.ts";
import { change, plain, plan, update } from "./samples.ts";

const times = (count: number, make: (index: number) => PlanChange): PlanChange[] =>
  Array.from({ length: count }, (_, index) => make(index));
const raise = update([{ name: "salary_from", prior: 50000, desired: 60000 }]);
const close: Step = { step: "close", reason: "file deleted", cause: "commit", close_reason: "closed_found" };
const number = (index: number): string => String(index).padStart(3, "0");
const raised = times(300, (index) => change(`moscow/v${number(index)}`, [raise]));
const changesOf = (text: string): string[] => text.split("\n").slice(2, -2);

const groups = suite("groups");
groups("300 equal updates are one line", () => {
  assert.is(
    planText(plan(raised), plain),
    [
      "vacancies on emulator, account 1",
      "",
      "  ~ update, edited: salary_from 50000 → 60000 in 300 vacancies: moscow/v000, moscow/v001, moscow/v002 and 297 more",
      "  (equal changes are shown together; --verbose shows each)",
      "",
      "Plan: 300 to update; 0 unchanged.",
    ].join("\n"),
  );
});
groups("each of them when it is asked for, and up to 50", () => {
  assert.match(planText(plan(raised), { ...plain, verbose: true }), /moscow\/v299/);
  assert.not.match(planText(plan(raised.slice(0, 50)), plain), /shown together/);
  assert.match(planText(plan(raised.slice(0, 51)), plain), /shown together/);
});
groups("long texts that begin alike are different changes", () => {
  const begin = "Печём хлеб по сменам, учим с нуля, форма и питание за счёт компании";
  const edit = (to: string): Step =>
    update([{ name: "description", prior: begin, desired: `${begin}. ${to}` }]);
  const changes = times(60, (index) => change(`v${number(index)}`, [edit(index < 40 ? "Чай." : "Кофе.")]));
  assert.equal(changesOf(planText(plan(changes), plain)).slice(0, 2), [
    "  ~ update, edited: description (its text) in 40 vacancies: v000, v001, v002 and 37 more",
    "  ~ update, edited: description (its text) in 20 vacancies: v040, v041, v042 and 17 more",
  ]);
});
groups("one value, differently overwritten: the board's side counts", () => {
  const drift = (live: number): Step =>
    update([{ name: "salary_from", prior: 1, live, desired: 1 }], "drift");
  const changes = times(60, (index) => change(`v${number(index)}`, [drift(index < 40 ? 2 : 3)]));
  assert.equal(changesOf(planText(plan(changes), plain)).slice(0, 2), [
    "  ~ update, drift, changed on the board: salary_from 2 → 1 in 40 vacancies: v000, v001, v002 and 37 more",
    "  ~ update, drift, changed on the board: salary_from 3 → 1 in 20 vacancies: v040, v041, v042 and 17 more",
  ]);
});
groups("what is bought is added up", () => {
  const create = (index: number): PlanChange =>
    change(
      `v${number(index)}`,
      [
        {
          step: "create",
          reason: "new",
          cause: "commit",
          fields: [{ name: "title", prior: null, desired: `Пекарь ${index}` }],
          cost: [{ code: "job_publish", units: 1, wallet: 120_000 }],
        },
      ],
      { job_id: null },
    );
  assert.is(
    changesOf(planText(plan(times(60, create)), plain))[0]?.replaceAll("\u202f", " "),
    "  + create, new, buys 60 × job_publish (72 000 ₽ from the wallet) in 60 vacancies: v000, v001, v002 and 57 more",
  );
});
groups("revives of one day are one group, whatever their seconds", () => {
  const revive = (index: number): PlanChange =>
    change(`v${number(index)}`, [
      {
        step: "revive",
        reason: "expired on 12 Dec 2026",
        cause: "clock",
        expires_at: new Date(1_800_000_000_000 + index * 1000).toISOString(),
      },
    ]);
  assert.match(planText(plan(times(60, revive)), plain), /expired on 12 Dec 2026 in 60 vacancies/);
});
groups("a folder that was renamed is one line", () => {
  const move = (index: number): PlanChange =>
    change(`new/v${index}`, [
      { step: "move", reason: `was old/v${index}`, cause: "commit", from: `old/v${index}` },
    ]);
  assert.is(
    changesOf(planText(plan(times(60, move)), plain))[0],
    "  → move in 60 vacancies: new/v0 (was old/v0), new/v1 (was old/v1), new/v2 (was old/v2) and 57 more",
  );
});
groups("every close is named, and a warning is never lost", () => {
  const changes = [
    ...raised,
    ...times(9, (index) => change(`spb/w${index}`, [close])),
    change("spb/z", [close], { warnings: ["3 unread applications are closed with it"] }),
  ];
  assert.equal(changesOf(planText(plan(changes), plain)).slice(1), [
    "  × close, file deleted (the board is told closed_found) in 9 vacancies:",
    "      spb/w0, spb/w1, spb/w2, spb/w3, spb/w4, spb/w5, spb/w6, spb/w7, spb/w8",
    "  (equal changes are shown together; --verbose shows each)",
    "",
    "  × spb/z  Пекарь  job 651",
    "    × close: file deleted (the board is told closed_found)",
    "    warning: 3 unread applications are closed with it",
  ]);
});
groups("thousands that differ in their values are one group", () => {
  const changes = times(5000, (index) =>
    change(`v${index}`, [update([{ name: "salary_from", prior: index, desired: index + 1 }])]),
  );
  const lines = planText(plan(changes), plain).split("\n");
  assert.ok(lines.length < 40, String(lines.length));
});
groups.run();
