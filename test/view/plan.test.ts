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
      "    → if it is meant so: --allow budget, or Vac-Allow: budget in a commit's last lines",
      "",
      "warning[x]: look",
      "  --> a.yaml:3:1",
      "  hint: here",
      "",
      "Plan: 1 to create; 1 held, 25 unchanged.",
      "It uses 1 × job_publish; 1 200 ₽ is taken from the wallet.",
    ].join("\n"),
  );
});
const costs: [string, Parameters<typeof plan>[1], string][] = [
  [
    "units cover it",
    { cost: { wallet: 0, codes: [{ code: "c", units: 3, wallet: 0 }] } },
    "It uses 3 × c; nothing is taken from the wallet.",
  ],
  [
    "prices weren't read",
    { cost: { wallet: null, codes: [{ code: "c", units: 3, wallet: null }] } },
    "It uses 3 × c.",
  ],
  ["money alone", { cost: { wallet: 100, codes: [] } }, "It takes 1 ₽ from the wallet."],
  ["free", { cost: { wallet: 0, codes: [] } }, "Plan: 1 to close; 0 unchanged."],
];
for (const [name, more, want] of costs) {
  whole(name, () => {
    const text = planText(
      plan([change("a", [{ step: "close", reason: "r", cause: "commit" }])], more),
      plain,
    );
    assert.is(text.split("\n").at(-1)?.replaceAll("\u202f", " "), want);
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
whole("a narrow terminal still gets text", () => {
  const step = update([{ name: "description", prior: long, desired: `${long} И чай.` }]);
  for (const width of [0, 1, 20])
    assert.match(planText(plan([change("a", [step])]), { ...plain, width }), /чай/);
});
whole.run();
