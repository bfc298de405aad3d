// Markdown for pull requests: whatever a text says, it stays text; and however much there is, it fits.
import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { DriftResult } from "../../src/model/drift.ts";
import { type ApplyResult, type Plan, type PlanChange, type StepName, steps } from "../../src/model/plan.ts";
import { clean, cleanLine } from "../../src/view/clean.ts";
import { driftMarkdown } from "../../src/view/markdown/drift.ts";
import { md } from "../../src/view/markdown/escape.ts";
import { planMarkdown } from "../../src/view/markdown/plan.ts";
import { resultMarkdown } from "../../src/view/markdown/result.ts";
import { fitted } from "../../src/view/markdown/room.ts";
import { validateMarkdown } from "../../src/view/markdown/validate.ts";
import { change, plan, publish, update } from "./samples.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;

/** The page as GitHub's dialect makes it, as elements with their attributes, and as text. */
function page(markdown: string): { elements: string[]; text: string } {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  const elements: string[] = [];
  let text = "";
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (node.nodeName === "#text") text += (node as DefaultTreeAdapterTypes.TextNode).value;
      else if (node.nodeName === "#comment") elements.push("comment");
      else {
        const { attrs = [], childNodes = [] } = node as DefaultTreeAdapterTypes.Element;
        elements.push([node.nodeName, ...attrs.map(({ name, value }) => `${name}=${value}`)].join(" "));
        if (node.nodeName === "br") text += "\n";
        walk(childNodes);
      }
    }
  };
  walk(parseFragment(html).childNodes);
  return { elements, text };
}

const without = (text: string): string => text.replaceAll("\u200b", "");

/** What GitHub makes links, calls or pictures of in finished text, outside of code too. */
const linked: readonly RegExp[] = [
  /@[\p{L}\p{N}_-]/u,
  /#\d/,
  /\bGH-\d/i,
  /:\/\//,
  /www\./i,
  /[0-9a-f]{7}/i,
  /:[+-]?[a-z][a-z\d+_-]*:/i,
];

const nasty = [
  "<img src=x onerror=alert(1)>",
  "</details></summary><script>x</script>",
  "<!-- hidden",
  "-->",
  "![i](https://evil.example/x.png)",
  "[l](https://evil.example)",
  "[a][b]",
  "[b]: https://evil.example",
  "<https://evil.example>",
  "https://evil.example/a",
  "www.evil.example",
  "me@evil.example",
  "mailto:me@evil.example",
  "@octocat",
  "@org/team",
  "#123",
  "GH-12",
  "octo/cat#7",
  "octo/cat@0123456789abcdef0123456789abcdef01234567",
  "0123456789abcdef",
  "79990000000",
  "```",
  "~~~",
  "`code`",
  "$x^2$",
  "$$",
  ":shipit:",
  "*a* **b** __c__ _d_ ~~e~~ ~f~",
  "a | b",
  "|---|---|",
  "# h",
  "> q",
  "- l",
  "1. l",
  "- [ ] task",
  "---",
  "===",
  "[^1]",
  "[^1]: note",
  "&lt;b&gt; &#60;b&#62; &amp;",
  "\\*a\\* \\",
  "\u202edrow\u2066\u200b\u0007\u001b[31m",
  "line\r\nbreak\n\n\n    code",
  "\t\ttab",
  "пекарь",
  " ",
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: "binary", maxLength: 8 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((texts) => texts.join(""));

/** A plan that holds a text wherever one can stand. */
function planOf(text: string): Plan {
  const step = {
    ...update([{ name: text, prior: 1, desired: 2 }], text),
    close_reason: text,
    cost: [{ code: text, units: 1, wallet: null }],
  };
  const next_due = [{ action: text, at: "2026-12-01T09:00:00Z" }];
  return plan([change(text, [step, step], { title: text, job_id: text, warnings: [text], next_due })], {
    workspace: text,
    board: text,
    account: text,
    commit: text,
    base: { ref: text, commit: text },
    config_changes: [{ name: text, base: text, branch: text, counts: "base" }],
    held: [{ key: text, job_id: text, reason: text, hint: text }],
    guards: [{ name: "closes", message: text, allow: text }],
    diagnostics: [
      { severity: "warning", code: text, message: text, file: text, line: 1, column: 1, hint: text },
    ],
  });
}
const resultOf = (text: string): ApplyResult => ({
  plan_id: text,
  workspace: text,
  summary: { applied: 1, failed: 1, unknown: 0, stale: 0, not_started: 0 },
  results: (["applied", "failed"] as const).map((status) => ({
    key: text,
    step: "update",
    status,
    job_id: text,
    error: text,
    note: text,
  })),
  held: [{ key: text, job_id: text, reason: text, hint: text }],
  stopped: text,
});
const driftOf = (text: string): DriftResult => ({
  workspace: text,
  board: text,
  account: text,
  summary: { vacancies: 1, fields: 1, accepted: 0, left: 0 },
  items: [
    {
      key: text,
      job_id: text,
      file: text,
      title: text,
      fields: [{ name: text, prior: 1, live: 2, desired: 3, left: text }],
    },
  ],
});
const views: [string, (text: string) => string][] = [
  ["a plan", (text) => planMarkdown(planOf(text))],
  ["a result", (text) => resultMarkdown(resultOf(text))],
  ["drift", (text) => driftMarkdown(driftOf(text))],
  [
    "problems",
    (text) =>
      validateMarkdown({
        workspace: text,
        summary: { files: 1, vacancies: 1, errors: 1, warnings: 0 },
        diagnostics: planOf(text).diagnostics,
      }),
  ],
];

const safe = suite("texts stay texts");
for (const [name, view] of views) {
  safe(`${name} has the elements that it has with harmless texts`, () => {
    // A dollar is kept apart by an element without a meaning.
    const skeleton = (text: string): string[] =>
      page(view(text)).elements.filter((element) => element !== "span");
    const want = skeleton("текст");
    assert.ok(want.length > 5, "there is a page");
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(cleanLine(text) !== "");
        assert.equal(skeleton(text), want);
      }),
      { numRuns: 100 },
    );
  });
  safe(`${name} shows the text, and nothing in it is linked or called`, () => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(cleanLine(text) !== "");
        const shown = page(view(text)).text;
        const want = cleanLine(text).replaceAll(/\s+/g, " ");
        assert.ok(without(shown).replaceAll(/\s+/g, " ").includes(want), shown);
        for (const link of linked) assert.not.match(shown, link);
      }),
      { numRuns: 100 },
    );
  });
}
safe("long texts are compared word by word, and stay texts too", () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      const [prior, desired] = [`${a}\n${"слово ".repeat(20)}`, `${"слово ".repeat(20)}\n${b}`];
      const { elements, text } = page(
        planMarkdown(plan([change("k", [update([{ name: "d", prior, desired }])])])),
      );
      const known =
        /^(h3|code|p|strong|table|thead|tbody|tr|th.*|td.*|br|details open=|summary|ul|li|del|ins|span)$/;
      for (const element of elements) assert.match(element, known);
      for (const link of linked) assert.not.match(text, link);
      const words = (one: string): string => clean(one).replaceAll(/\s+/g, "");
      const told = without(text).replaceAll(/\s+/g, "");
      if (!clean(a).includes("\n") && words(a) !== "") assert.ok(told.includes(words(a).slice(0, 1)));
    }),
    { numRuns: 60 },
  );
});
const single: [string, string][] = [
  ["moscow/baker@tverskaya-14", "moscow/baker@\u200btverskaya-14"],
  ["salary_from", "salary_from"],
  ["_a_", "&#95;a&#95;"],
  ["a|b", "a&#124;b"],
  ["<b>", "&#60;b&#62;"],
  ["C# и #1", "C# и #\u200b1"],
  ["100 $", "100 <span>$</span>"],
  ["https://x.y", "https:\u200b//x.y"],
  ["a\u202eb\u0007", "ab"],
];
const first = ["+ a", "- a", "+", "-", "# a", "### a", "#", "1. a", "12) a", "---", "- - -", "1."];
for (const text of first)
  safe(`${text} begins no block in a list`, () => {
    const { elements, text: shown } = page(`- ${md(text)}`);
    assert.equal(elements, ["ul", "li"]);
    assert.is(shown.trim(), text);
  });
safe("a guard that a commit lifts is told before everything else, however much there is", () => {
  const lifted = {
    severity: "warning",
    code: "allowed",
    message: "commit 0a1b lifts the guard closes",
  } as const;
  const place = { file: "", line: 0, column: 0, hint: "it counts for the next apply only" };
  const others = Array.from({ length: 900 }, (_, index) => ({
    ...{ ...place, severity: "warning" as const, code: "a", message: `${index} `.repeat(90) },
  }));
  const most = 65_535;
  const text = fitted(
    (room) => planMarkdown(plan([], { diagnostics: [...others, { ...lifted, ...place }] }), undefined, room),
    most,
  );
  assert.ok(text.length > 10_000 && text.length <= most, `${text.length}`);
  const { text: shown } = page(text);
  assert.match(
    shown,
    /^vac plan: \S+\s+Guards are lifted by commits:\s+commit 0a1b lifts the guard closes; it counts/,
  );
  assert.is(shown.split("lifts the guard").length, 2, "once");
});
safe("each sign of a step is told, also first in a list", () => {
  const results = (Object.keys(steps) as StepName[]).map((step) => ({
    ...{ key: "moscow/baker", step, job_id: null },
    status: "applied" as const,
  }));
  const { text } = page(resultMarkdown({ ...resultOf("x"), results, held: [] }));
  for (const { sign } of Object.values(steps)) assert.ok(text.includes(`${sign} moscow/baker`), sign);
});
safe("a refused plan's result says what refused it, and how to go on", () => {
  const refused = [{ name: "closes" as const, message: "5 of 6 would be closed", allow: "--allow closes" }];
  const { text } = page(resultMarkdown({ ...resultOf("x"), results: [], refused }));
  assert.match(
    text,
    /The plan was refused, and nothing was changed:\s+closes: 5 of 6 would be closed\n→ .*--allow closes, or Vac-Allow: closes/,
  );
});
for (const [text, want] of single) safe(`${JSON.stringify(text)}`, () => assert.is(md(text), want));
safe.run();

const diffs = suite("word marks");
diffs("what went and what came, in place", () => {
  const prior = "Печём хлеб по сменам 2/2, учим с нуля, форма и питание за счёт компании.";
  const desired = prior.replace("форма и питание", "форма");
  const text = planMarkdown(plan([change("a", [update([{ name: "description", prior, desired }])])]));
  assert.match(text, /- \*\*description\*\*:<br>Печём .* форма <del>и питание <\/del>за счёт компании\./);
});
diffs("drift in a short value: all three sides", () => {
  const text = planMarkdown(
    plan([change("a", [update([{ name: "title", prior: "А", live: "Б", desired: "А" }], "drift")])]),
  );
  assert.match(text, /- \*\*title\*\*: applied "А", on the board "Б" → "А"/);
});
diffs.run();

const most = 65_535;
const fits = (text: string): boolean => text.length <= most;
/** Every element that is opened is closed, none is cut. */
function whole(text: string): void {
  const count = (found: RegExp): number => text.match(found)?.length ?? 0;
  for (const name of ["details", "summary", "code", "del", "ins"])
    assert.is(count(new RegExp(`<${name}[ >]`, "g")), count(new RegExp(`</${name}>`, "g")), name);
  assert.not.match(text, /&#?\d*$|<[^>]*$/);
}

const sizes = suite("however much there is");
const long = "Печём хлеб & пироги <вкусно> по сменам. ".repeat(5);
function changesOf(count: number, textOf: (index: number) => string): PlanChange[] {
  return Array.from({ length: count }, (_, index) =>
    change(`folder-${index % 7}/vacancy-${index}`, [
      index % 3 === 0
        ? {
            step: "create",
            reason: "new",
            cause: "commit",
            cost: publish(120_000),
            fields: [{ name: "description", prior: null, desired: textOf(index) }],
          }
        : update([
            { name: "description", prior: textOf(index), desired: `${textOf(index)} И чай ${index}.` },
          ]),
    ]),
  );
}
for (const count of [1, 3, 30, 100, 400, 1000, 5000]) {
  sizes(`${count} changes`, () => {
    const value = plan(changesOf(count, () => long));
    const text = fitted((room) => planMarkdown(value, new Map(), room), most);
    assert.ok(fits(text), String(text.length));
    whole(text);
    const counts = /\*\*(Plan: .*?)\*\*/.exec(text)?.[1];
    const { create, update } = value.summary;
    const want = [create > 0 ? `${create} to create` : "", update > 0 ? `${update} to update` : ""];
    assert.is(counts, `Plan: ${want.filter(Boolean).join(", ")}; 0 unchanged.`);
    if (count <= 400) assert.match(text, /folder-0\/vacancy-0</);
  });
}
sizes("texts of any length, characters that take room, and much of everything else", () => {
  const wide = "<$&@#1`|*".repeat(2_000);
  const some = (count: number) => Array.from({ length: count }, (_, index) => `${wide}${index}`);
  const value = plan(
    changesOf(40, () => wide),
    {
      workspace: wide,
      board: wide,
      account: wide,
      held: some(30).map((key) => ({ key, job_id: wide, reason: `${wide}${key}`, hint: wide })),
      guards: [{ name: "closes", message: wide, allow: wide }],
      diagnostics: some(30).map((file) => ({
        severity: "warning",
        code: "x",
        message: wide,
        file,
        line: 1,
        column: 1,
        hint: wide,
      })),
    },
  );
  const text = fitted((room) => planMarkdown(value, new Map(), room), most);
  assert.ok(fits(text), String(text.length));
  whole(text);
  assert.match(text, /Plan: 14 to create, 26 to update; 30 held, 0 unchanged\./);
});
sizes("a close is never left out of what is told by kind", () => {
  const closes = Array.from({ length: 20 }, (_, index) =>
    change(`moscow/closed-${index}`, [{ step: "close", reason: "file deleted", cause: "commit" }]),
  );
  const value = plan([...changesOf(3000, (index) => `${long} ${index}`), ...closes]);
  const text = fitted((room) => planMarkdown(value, new Map(), room), most);
  for (const { key } of closes) assert.ok(text.includes(key), key);
});
sizes("results and drift of thousands", () => {
  const results = Array.from({ length: 5000 }, (_, index) => ({
    key: `folder/vacancy-${index}`,
    step: "create" as const,
    status: index % 10 === 0 ? ("failed" as const) : ("applied" as const),
    job_id: null,
    error: long,
  }));
  const result = { ...resultOf("x"), results, held: [] };
  const text = fitted((room) => resultMarkdown(result, room), most);
  assert.ok(fits(text), String(text.length));
  assert.match(text, /Applied: 4500 created\. 500 failed\./);
  whole(text);
  const [item] = driftOf("x").items;
  const items = Array.from({ length: 5000 }, (_, index) => ({
    ...item,
    key: `k${index}`,
  })) as DriftResult["items"];
  const drift = { ...driftOf("x"), summary: { vacancies: 5000, fields: 5000, accepted: 0, left: 0 }, items };
  const told = fitted((room) => driftMarkdown(drift, new Map(), room), most);
  assert.ok(fits(told), String(told.length));
  assert.match(told, /Changed on the board: 5000 changes in 5000 vacancies\./);
});
sizes.run();
