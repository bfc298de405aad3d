// Whole commands over a bent state and a board whose answers are bent: a plan or an error, and never a crash.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type PlanCommandFlags, planCommand } from "../../src/commands/plan.ts";
import { boardFile } from "../../src/state/store.ts";
import { manyFiles, onStage, type Stage, vacancyFile } from "../e2e/harness.ts";
import { applyInside, commandInside } from "../e2e/inside.ts";
import { rewriting } from "../e2e/rewriting.ts";
import { checkShown, fuzz } from "./fuzz.ts";
import { bent, damaged } from "./mutate.ts";

const test = suite("fuzz: commands");

const files = {
  ...manyFiles(3),
  "moscow/promoted.yaml": vacancyFile({ title: "Повар", promote: [{ action: "job_refresh", every: "5d" }] }),
};

async function check(stage: Stage, more: Partial<PlanCommandFlags> = {}): Promise<void> {
  for (const format of ["text", "json"] as const) {
    const { code, out, err } = await commandInside(stage, planCommand, {
      ...{ target: [], allow: [], renew: [], detailedExitcode: false, offline: false, verbose: true },
      ...more,
      format,
    } as never);
    checkShown(out + err);
    assert.ok(code === 0 || (code === 1 && /Error: |error/.test(err)), `${code}: ${err}`);
    if (code === 0 && format === "json") assert.ok(JSON.parse(out));
  }
}

test("bent states", () =>
  onStage(files, async (stage) => {
    await applyInside(stage);
    await stage.edit("moscow/v0001.yaml", "60000", "61000");
    await stage.remove("moscow/v0002.yaml");
    const file = join(stage.dir, ".vac", "state", `${boardFile(stage.board.url)}.json`);
    const real = JSON.parse(await readFile(file, "utf8")) as unknown;
    await fuzz(bent(fc.constant(real)), 40, async (value) => {
      await writeFile(file, JSON.stringify(value));
      await check(stage);
      await check(stage, { offline: true });
    });
  }));

test("bent answers", () =>
  onStage(files, async (stage) => {
    let change = (text: string): string => text;
    const proxy = await rewriting(
      stage.board.url,
      /(jobs|company|packets|applications|vas_transactions)/,
      (text) => change(text),
    );
    const board = { url: proxy.url };
    const through = new Proxy(stage, {
      get: (target, name) => (name === "board" ? { ...target.board, ...board } : Reflect.get(target, name)),
    });
    try {
      await applyInside(through);
      await stage.edit("moscow/v0001.yaml", "60000", "61000");
      const cases = fc.tuple(
        fc.nat({ max: 12 }),
        fc.oneof(fc.constant(undefined), fc.constant("bytes")),
        fc.integer(),
      );
      await fuzz(cases, 40, async ([which, kind, seed]) => {
        let count = 0;
        change = (text) => {
          if (count++ !== which) return text;
          if (kind === "bytes")
            return fc.sample(damaged([text]), { seed, numRuns: 1 })[0]?.toString() ?? text;
          return (
            JSON.stringify(fc.sample(bent(fc.constant(JSON.parse(text))), { seed, numRuns: 1 })[0]) ?? ""
          );
        };
        await check(through);
      });
    } finally {
      await proxy.close();
    }
  }));

test.run();
