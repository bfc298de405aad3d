// The plan as a recruiter reads it.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Held, Step } from "../../src/model/plan.ts";
import { planText } from "../../src/view/plan.ts";
import { change, plain, plan, publish, update } from "./samples.ts";

const long = "Печём хлеб по сменам 2/2, учим с нуля, форма и питание за счёт компании.";
const held: Held = {
  key: "moscow/waiter",
  job_id: "652",
  reason: "somebody closed it on the board",
  hint: "set status: closed to agree",
};

const empty = suite("plans that do nothing");
const nothing: [string, Parameters<typeof plan>, string][] = [
  ["no vacancy", [[], {}, 0], "Nothing to do: there is no vacancy here."],
  ["one", [[], {}, 1], "Nothing to do: the vacancy is as its file says."],
  ["all", [[], {}, 31], "Nothing to do: all 31 vacancies are as the files say."],
];
for (const [name, args, want] of nothing) {
  empty(name, () => assert.is(planText(plan(...args), plain), `vacancies on emulator, account 1\n\n${want}`));
}
empty("only held", () => {
  assert.is(
    planText(plan([], { held: [held], commit: "0123456789abcdef" }, 2), plain),
    [
      "vacancies on emulator, account 1, commit 01234567",
      "",
      "Held, until somebody decides:",
      "  ! moscow/waiter  job 652",
      "    somebody closed it on the board",
      "    → set status: closed to agree",
      "",
      "Nothing to do; 1 held, 2 unchanged.",
    ].join("\n"),
  );
});
empty.run();

const whole = suite("the whole plan");
whole("guards, warnings and money come before the end", () => {
  const step: Step = { step: "create", reason: "new", cause: "commit", cost: publish(120_000) };
  const text = planText(
    plan(
      [change("a", [step], { job_id: null })],
      {
        held: [held],
        guards: [{ name: "budget", message: "1 200 ₽ of 1 000 ₽", allow: "--allow budget" }],
        cost: { wallet: 120_000, codes: [{ code: "job_publish", units: 1, wallet: 120_000 }] },
        diagnostics: [
          {
            severity: "warning",
            code: "x",
            message: "look",
            file: "a.yaml",
            line: 3,
            column: 1,
            hint: "here",
          },
        ],
      },
      25,
    ),
    plain,
  );
  assert.is(
    text.slice(text.indexOf("An apply")).replaceAll("\u202f", " "),
    [
      "An apply would refuse this plan:",
      "  budget: 1 200 ₽ of 1 000 ₽",
      "    → if it is meant so: --allow budget, or Vac-Allow: budget in a commit's last lines; --within-budget applies what fits",
      "",
      "warning[x]: look",
      "  --> a.yaml:3:1",
      "  hint: here",
      "",
      "It uses 1 × job_publish; prices weren't read.",
      "",
      "Plan: 1 to create; 1 held, 25 unchanged.",
    ].join("\n"),
  );
});
const row = { code: "c", units: 3, packets: 1, once: 2, open: 0, wallet: 0, left: 4 };
const codes = [{ code: "c", units: 3, wallet: 0 }];
const costs: [string, Parameters<typeof plan>[1], string][] = [
  [
    "units cover it",
    { cost: { wallet: 0, codes, rows: [row], balance: 500_00, monthly: 0 } },
    [
      "     NEEDED  PACKETS  ONE-TIME  WALLET  UNITS LEFT",
      "  c  3       1        2         0 ₽     4",
      "It takes nothing from the wallet, which holds 500 ₽.",
    ].join("\n"),
  ],
  [
    "bounds, and what recurs",
    {
      cost: {
        wallet: { min: 0, max: 120000 },
        codes,
        rows: [{ ...row, open: 2, wallet: { min: 0, max: 120000 } }],
        balance: null,
        monthly: 1820000,
      },
    },
    [
      "     NEEDED  PACKETS  ONE-TIME  WALLET          UNITS LEFT",
      "  c  3       1…3      2         0 ₽ to 1 200 ₽  4",
      "It takes 0 ₽ to 1 200 ₽ from the wallet; about 18 200 ₽ recur a month.",
    ].join("\n"),
  ],
  [
    "a price that isn't known",
    { cost: { wallet: null, codes, rows: [{ ...row, wallet: null }], balance: 0, monthly: null } },
    [
      "     NEEDED  PACKETS  ONE-TIME  WALLET         UNITS LEFT",
      "  c  3       1        2         price unknown  4",
      "It takes an unknown amount from the wallet, which holds 0 ₽; what recurs in a month can't be told, since not every price is known.",
    ].join("\n"),
  ],
  [
    "prices weren't read",
    { cost: { wallet: null, codes: [{ code: "c", units: 3, wallet: null }] } },
    "It uses 3 × c; prices weren't read.",
  ],
  ["free", { cost: { wallet: 0, codes: [] } }, ""],
];
for (const [name, more, want] of costs) {
  whole(name, () => {
    const text = planText(
      plan([change("a", [{ step: "close", reason: "r", cause: "commit" }])], more),
      plain,
    ).replaceAll("\u202f", " ");
    const end = "Plan: 1 to close; 0 unchanged.";
    assert.ok(text.endsWith(want === "" ? end : `${want}\n\n${end}`), text);
  });
}
whole("colours change no word", () => {
  const changes = [
    change("a", [
      update([{ name: "salary_from", prior: 1, desired: 2 }]),
      { step: "create", reason: "new", cause: "commit", cost: publish(1) },
    ]),
  ];
  const value = plan(changes, { held: [held], guards: [{ name: "closes", message: "m", allow: "a" }] });
  const coloured = planText(value, { ...plain, colour: true });
  assert.ok(coloured.includes("\u001b[33m~\u001b[39m"));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours are what is taken out.
  assert.is(coloured.replace(/\u001b\[\d+m/g, ""), planText(value, plain));
});
whole("nothing from files or the board reaches the terminal as a command", () => {
  const evil = "x\u001b]0;owned\u0007\u202e\u009b\r";
  const step: Step = {
    ...update([{ name: evil, prior: evil, live: `${evil}y`, desired: evil.repeat(20) }], evil),
    close_reason: evil,
    publication: evil,
    cost: [{ code: evil, units: 1, wallet: null }],
  };
  const value = plan([change(evil, [step], { title: evil, job_id: evil, warnings: [evil] })], {
    workspace: evil,
    board: evil,
    account: evil,
    commit: evil,
    base: { ref: evil, commit: evil },
    config_changes: [{ name: evil, base: evil, branch: evil, counts: "base" }],
    held: [{ key: evil, job_id: evil, reason: evil, hint: evil }],
    guards: [{ name: "closes", message: evil, allow: evil }],
    diagnostics: [
      { severity: "warning", code: evil, message: evil, file: evil, line: 1, column: 1, hint: evil },
    ],
  });
  const many = Array.from({ length: 60 }, (_, index) => change(`${evil}${index}`, [step]));
  for (const text of [planText(value, plain), planText(plan(many), plain)]) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for.
    assert.not.match(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  }
});
for (const id of ["[a", "(", "a\\", "*", "😀", "\ud83d", ""]) {
  whole(`a job whose id is ${JSON.stringify(id)}, held`, () => {
    const held = [1, 2, 3, 4, 5, 6].map((n) => ({
      key: `k${n}`,
      job_id: `${id}${n}`,
      reason: `job ${id}${n} is gone`,
      hint: "look",
    }));
    assert.match(planText(plan([], { held }), plain), /6 vacancies: job .* is gone, and alike/);
  });
}
whole("a narrow terminal still gets text", () => {
  const step = update([{ name: "description", prior: long, desired: `${long} И чай.` }]);
  for (const width of [0, 1, 20])
    assert.match(planText(plan([change("a", [step])]), { ...plain, width }), /чай/);
});
whole.run();
