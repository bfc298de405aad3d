// Damaged and bent plan files: shown, or refused with a reason; never a crash.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkPlan, readPlan } from "../../src/commands/planfile.ts";
import { emptyState } from "../../src/model/state.ts";
import { planText } from "../../src/view/plan.ts";
import { fitting } from "./from-schema.ts";
import { checkShown, fuzz, toldBy } from "./fuzz.ts";
import { bent, damaged } from "./mutate.ts";

const test = suite("fuzz: plan files");

const folder = mkdtempSync(join(tmpdir(), "vac-fuzz-"));
const file = join(folder, "plan.json");
test.after(() => rmSync(folder, { recursive: true }));

const real = ["001-new", "003-drift-and-held", "004-time-passed", "005-files-went-and-came"].map((name) =>
  readFileSync(new URL(`../cases/${name}/plan.json`, import.meta.url)),
);

/** Reads a plan as `vac show` and `vac apply` do, and shows it in both formats. */
async function check(bytes: string | Uint8Array): Promise<void> {
  writeFileSync(file, bytes);
  const told = await toldBy(async () => {
    const plan = await readPlan(file);
    checkShown(planText(plan, { colour: false, width: 80, verbose: true }));
    assert.ok(JSON.stringify(plan));
    await toldBy(() => checkPlan(plan, emptyState("emulator", "7", "l"), "c"));
  });
  if (told !== undefined) assert.match(told, /plan\.json.*\nhint: /s);
}

test("damaged plans", () => fuzz(damaged(real), 300, check));
test("arbitrary bytes", () => fuzz(fc.uint8Array({ maxLength: 60 }), 100, check));
test("bent plans", () =>
  fuzz(bent(fc.constantFrom(...real.map((bytes) => JSON.parse(bytes.toString()) as unknown))), 400, (value) =>
    check(JSON.stringify(value)),
  ));
test("plans of the schema, and bent ones", () => {
  const plans = fitting("plan.schema.json");
  return fuzz(fc.oneof(plans, bent(plans)), 400, (value) => check(JSON.stringify(value)));
});

test.run();
