// Text that means to steer a terminal, a pipeline or a spreadsheet, in files and on the board, through every command.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { JobAttributes } from "../../src/emulator/records.ts";
import { onStage, vac, vacancyFile } from "./harness.ts";
import { rewriting } from "./rewriting.ts";

/** A window title, a cleared screen, C1, directions, no width, tags, commands at the beginnings of all kinds of lines. */
const attack = [
  "=1+1\u001b]0;me\u0007\u001b[2J\u009b31m",
  "\u202eabc\u2066\u200b\u200f\ufeff\u{e0041}",
  "::error file=a::x",
  "\t ::set-output name=a::b",
  "##[add-mask]b ##vso[task.complete]\r::warning::y\u2028::debug::z\u2029::notice::z\u0085::group::z",
].join("\n");
const line = attack.replaceAll("\n", "\u2028");

/** Fails where something of it could reach a reader as it was meant. */
function assertHarmless(text: string): void {
  const bad =
    /(?!\n|\r\n|\t)[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/u;
  assert.not.match(text, bad, JSON.stringify(bad.exec(text)));
  assert.not.match(text, /^[^\S\n]*::|##[a-z]*\[/im, text);
}

/** The same answer with the attack behind every text that is no id, code or time. */
function poisoned(text: string): string {
  const walk = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, name));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, key)]));
    const isText = typeof value === "string" && !/^(id|type|status)$|_(id|at|type|period)$|^\d/.test(name);
    return isText && !/^[\d.:TZ+-]*$/.test(value as string) ? `${value}${attack}` : value;
  };
  return JSON.stringify(walk(JSON.parse(text), ""));
}

const hostile = suite("hostile text");

hostile("files and jobs that are full of it: every command, as text and as JSON", () =>
  onStage(
    {
      "_config.yaml": "prices: { job_publish: 100 }\n",
      "a.yaml": vacancyFile(),
      "b.yaml": vacancyFile({
        title: `Повар${line}`,
        description: `Варим.${attack}`,
        address: `Тверь${line}`,
      }),
      "new.yaml": vacancyFile({
        title: `Новый${line}`,
        description: `Ждём.${attack}`,
        address: `Омск${line}`,
      }),
    },
    async (stage) => {
      let poison = false;
      const paths = /\/(jobs|company|packets|vas_transactions|professions|applications|candidates|cities)/;
      const board = await rewriting(stage.board.url, paths, (text) => (poison ? poisoned(text) : text));
      const run = (...args: string[]) => vac(["-C", stage.dir, "--board", board.url, ...args], stage.env);
      try {
        await run("apply", "--auto-approve", "--target", "a", "--target", "b");
        const [a] = stage.jobs();
        const attributes = {
          title: `Пекарь${line}`,
          description: attack,
          address: `Москва${line}`,
          salary_from: 1,
        };
        stage.board.control.putJob({ id: a?.id ?? "", attributes });
        stage.board.control.putJob({ attributes: attributes as Partial<JobAttributes> });
        stage.board.control.putApplication({ job_id: a?.id ?? "", candidate_id: "889" });
        poison = true;
        const kept = join(stage.dir, "..", "kept.json");
        for (const [args, says = /me/] of [
          [["plan", "--verbose", "--out", kept]],
          [["show", kept]],
          [["explain", "a"]],
          [["drift"]],
          [["import", "--all", "--dry-run"]],
          [["company"], /./],
          [["packets"]],
          [["packets", "balance"]],
          [["transactions"]],
          [["costs"]],
          [["validate"], /./],
          [["fmt"], /^/],
          [["state", "list"], /./],
          [["state", "show", "b"]],
          [["apply", "--auto-approve", "--log-level", "trace"]],
        ] as readonly [string[], RegExp?][]) {
          for (const format of ["text", "json"]) {
            const { code, out, err } = await run(...args, "-o", format);
            assertHarmless(out + err);
            assert.ok(code === 0 || code === 3, `${args[0]} ends with ${code}: ${err}`);
            assert.match(out, says, args[0]);
            if (format === "json" && args[0] !== "fmt") JSON.parse(out);
          }
        }
        for (const args of [
          ["jobs", "list"],
          ["jobs", "get", a?.id ?? ""],
          ["dictionaries", "cities"],
          ["applications", "list", "--contacts"],
          ["applications", "list", "-o", "json"],
          ["applications", "proceed", "1", "--status", "read"],
          ["candidates", "search", "--address", "Москва"],
          ["candidates", "buy", "31136", "--max-cost", "0", "--contacts"],
          ["candidates", "phone", "31136", "--max-cost", "0"],
        ]) {
          const { code, out, err } = await run(...args);
          assertHarmless(out + err);
          assert.ok(code === 0, `${args.join(" ")} ends with ${code}: ${err}`);
        }
        for (const args of [["costs"], ["jobs", "list"], ["applications", "list"]])
          assertHarmless((await run(...args, "-o", "csv")).out);
      } finally {
        await board.close();
      }
    },
    { funds: { balance: 9_999_00, packets: [{ limits: { job_publish: 9 } }] } },
  ),
);

hostile("a board whose errors are full of it", () =>
  onStage({ "a.yaml": vacancyFile() }, async (stage) => {
    for (const fault of [
      { kind: "status", status: 422, body: { errors: [{ detail: attack }] } },
      { kind: "status", status: 500, body: `<html>${attack}</html>` },
      { kind: "redirect", location: `/${encodeURIComponent(attack)}` },
    ] as const) {
      stage.board.control.setFaults([{ match: { method: "POST", path: "/jobs$" }, do: fault }]);
      const { code, out, err } = await stage.run("apply", "--auto-approve", "--log-level", "trace");
      assert.is(code, 3);
      assertHarmless(out + err);
      await stage.forget();
    }
  }),
);

hostile("files that are wrong in hostile words, under hostile names", () =>
  onStage({}, async (stage) => {
    const name = attack.replaceAll("/", "").slice(0, 80);
    await mkdir(join(stage.dir, name));
    await writeFile(join(stage.dir, name, `${name}.yaml`), vacancyFile({ [JSON.stringify(attack)]: 1 }));
    await stage.write(
      "type.yaml",
      vacancyFile({ salary_from: attack, status: attack, contact_phone: attack }),
    );
    await stage.write("syntax.yaml", `title: "${attack}\n: [`);
    await stage.write(
      "_config.yaml",
      `board: ${JSON.stringify(attack)}\ntimezone: ${JSON.stringify(attack)}\n`,
    );
    for (const args of [
      ["validate"],
      ["validate", "-o", "json"],
      ["plan"],
      ["fmt"],
      ["fmt", "--check"],
      [attack],
      [`--${attack}`],
      ["explain", attack],
      ["show", attack],
      ["--dir", attack, "plan"],
      ["--board", attack, "plan"],
    ]) {
      const { code, out, err } = await stage.run(...args);
      assert.ok(code !== 0 || args[0] === "fmt", args.join(" "));
      assertHarmless(out + err);
      assert.not.match(err, /Internal error/);
    }
  }),
);
hostile.run();
