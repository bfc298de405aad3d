// One change as a recruiter reads it: its steps, and its attributes with who changed them.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { PlanChange, Step } from "../../src/model/plan.ts";
import { planText } from "../../src/view/plan.ts";
import { change, plain, plan, publish, update } from "./samples.ts";

const long = "Печём хлеб по сменам 2/2, учим с нуля, форма и питание за счёт компании.";

/** The lines of one change, without what stands around it. */
function linesOf(steps: Step[], more: Partial<PlanChange> = {}, style = {}): string[] {
  const lines = planText(plan([change("moscow/baker", steps, more)]), { ...plain, ...style }).split("\n");
  return lines.slice(2, lines.indexOf("", 2));
}
const fieldsOf = (...step: Parameters<typeof update>): string[] => linesOf([update(...step)]).slice(2);

const steps = suite("steps");
const told: [string, Step, string][] = [
  [
    "a create without prices",
    { step: "create", reason: "new", cause: "commit", publication: "job_publish", cost: publish(null) },
    "+ create: new; buys 1 × job_publish",
  ],
  [
    "a publication type that its cost doesn't name",
    { step: "revive", reason: "expired on 12 Dec 2026", cause: "clock", publication: "job_publish" },
    "↻ revive: expired on 12 Dec 2026; as job_publish",
  ],
  [
    "a revive with a price",
    { step: "revive", reason: "expired on 12 Dec 2026", cause: "clock", cost: publish(405_000) },
    "↻ revive: expired on 12 Dec 2026; buys 1 × job_publish (4\u202f050\u202f₽ from the wallet)",
  ],
  [
    "a close",
    { step: "close", reason: "file deleted", cause: "commit", close_reason: "closed_found" },
    "× close: file deleted (the board is told closed_found)",
  ],
  [
    "a move",
    { step: "move", reason: "was moscow/a", cause: "commit", from: "moscow/a" },
    "→ move: was moscow/a",
  ],
  [
    "an adoption",
    { step: "adopt", reason: "equal on the board", cause: "commit" },
    "= adopt: equal on the board",
  ],
  [
    "a record",
    { step: "record", reason: "the board already has it", cause: "commit" },
    "· record: the board already has it (noted in the state; the board is sent nothing)",
  ],
  ["drift", update([], "drift"), "~ update: drift, changed on the board"],
];
for (const [name, step, want] of told) steps(name, () => assert.is(linesOf([step])[1], `    ${want}`));
steps("the vacancy, its title, its job, its warnings", () => {
  assert.equal(
    linesOf([{ step: "close", reason: "file deleted", cause: "commit" }], {
      warnings: ["3 unread applications are closed with it"],
    }),
    [
      "  × moscow/baker  Пекарь  job 651",
      "    × close: file deleted",
      "    warning: 3 unread applications are closed with it",
    ],
  );
});
steps("a new vacancy: names aligned, lines of a text kept", () => {
  const fields = [
    { name: "title", prior: null, desired: "Пекарь 👩‍🍳" },
    { name: "description", prior: null, desired: `Первая строка\n${long}` },
    { name: "profession_id", prior: null, desired: 85 },
    { name: "remote", prior: null, desired: false },
  ];
  const titles = new Map([["85", "пекарь"]]);
  assert.equal(
    linesOf([{ step: "create", reason: "new", cause: "commit", fields }], { job_id: null }, { titles }).slice(
      1,
    ),
    [
      "    + create: new",
      '      + title:         "Пекарь 👩‍🍳"',
      '      + description:   "Первая строка',
      "                       Печём хлеб по сменам 2/2, учим с нуля, форма и питание",
      '                       за счёт компании."',
      "      + profession_id: 85 (пекарь)",
      "      + remote:        false",
    ],
  );
});
steps.run();

const values = suite("attributes");
values("numbers, flags, empty, unknown", () => {
  const prior = undefined as unknown as null;
  assert.equal(
    fieldsOf([
      { name: "salary_from", prior: 60000, desired: 65000 },
      { name: "salary_to", prior: 80000, desired: null },
      { name: "remote", prior: false, desired: true },
      { name: "address", prior, desired: "Москва" },
    ]),
    [
      "      ~ salary_from: 60000 → 65000",
      "      ~ salary_to: 80000 → (empty)",
      "      ~ remote: false → true",
      '      ~ address: (unknown) → "Москва"',
    ],
  );
});
values("texts that look alike are written out", () => {
  assert.equal(
    fieldsOf([
      { name: "title", prior: "Пекарь", desired: "Пекарь\u200b" },
      { name: "title", prior: "два слова", desired: "два  слова" },
    ]),
    ['      ~ title: "Пекарь" → "Пекарь\\u{200b}"', '      ~ title: "два слова" → "два  слова"'],
  );
});
values("a long text: what changed in it, wrapped", () => {
  const desired = long.replace("2/2", "3/3").replace("нуля,", "нуля за две недели,");
  assert.equal(fieldsOf([{ name: "description", prior: long, desired }]), [
    "      ~ description:",
    "          Печём хлеб по сменам [-2-]{+3+}/[-2-]{+3+}, учим с нуля {+за две",
    "          недели+}, форма и питание за счёт компании.",
  ]);
});
values("a long text that differs in nothing that can be seen", () => {
  assert.equal(fieldsOf([{ name: "description", prior: `${long}\u200b`, desired: long }]).slice(1), [
    "          Печём хлеб по сменам 2/2, учим с нуля, форма и питание за счёт",
    "          компании.[-\\u{200b}-]",
  ]);
});
values("from nothing to a long text", () => {
  assert.equal(fieldsOf([{ name: "description", prior: null, desired: long }]), [
    "      ~ description:",
    '          (empty) → "Печём хлеб по сменам 2/2, учим с нуля, форма и питание за',
    '          счёт компании."',
  ]);
});
values("drift: what was applied, what the board has, what it becomes", () => {
  assert.equal(
    fieldsOf(
      [
        { name: "title", prior: "A", live: "B", desired: "A" },
        { name: "salary_from", prior: 1, live: null, desired: 3 },
      ],
      "edited+drift",
    ),
    [
      '      ~ title: applied "A", on the board "B" → "A"',
      "      ~ salary_from: applied 1, on the board (empty) → 3",
    ],
  );
});
values("drift in a long text", () => {
  const live = long.replace("хлеб", "булки");
  assert.equal(fieldsOf([{ name: "description", prior: long, live, desired: long }], "drift"), [
    "      ~ description: changed on the board; from its text to the file's:",
    "          Печём [-булки-]{+хлеб+} по сменам 2/2, учим с нуля, форма и питание за",
    "          счёт компании.",
  ]);
});
values("a long text that both have changed", () => {
  const live = long.replace("хлеб", "булки");
  const desired = long.replace("форма", "обувь");
  assert.equal(fieldsOf([{ name: "description", prior: long, live, desired }], "edited+drift"), [
    "      ~ description: changed on the board, and edited in the file",
    "          what was changed on the board:",
    "            Печём [-хлеб-]{+булки+} по сменам 2/2, учим с нуля, форма и питание",
    "            за счёт компании.",
    "          from its text to the file's:",
    "            Печём [-булки-]{+хлеб+} по сменам 2/2, учим с нуля,",
    "            [-форма-]{+обувь+} и питание за счёт компании.",
  ]);
});
values("drift towards a long text from short ones", () => {
  const lines = fieldsOf([{ name: "description", prior: null, live: "Хлеб", desired: long }], "edited+drift");
  assert.match(lines.join("\n"), /applied \(empty\), then changed on the board/);
  assert.match(lines.join("\n"), /\[-Хлеб-\]/);
});
values.run();
