// Golden folders: files, board and state on one side, the plan as text, as markdown and as JSON on the other.
// VAC_UPDATE_GOLDEN=1 writes the plans anew; read the difference before it is committed.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { traits } from "../../src/board/vkrabota/traits.ts";
import { compileWorkspace, readSources, resolveProfessions } from "../../src/config/index.ts";
import type { JobView } from "../../src/model/job.ts";
import { refKey } from "../../src/model/job.ts";
import { emptyState, type State } from "../../src/model/state.ts";
import { makePlan } from "../../src/plan/plan.ts";
import { planMarkdown } from "../../src/view/markdown/plan.ts";
import { planText } from "../../src/view/plan.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const update = process.env.VAC_UPDATE_GOLDEN === "1";
const professions = [
  { id: "3", title: "пекарь" },
  { id: "8", title: "официант" },
];

interface BoardFile {
  /** ISO time of the board's clock. */
  readonly now: string;
  readonly jobs: readonly JobView[];
  /** Ids that are asked for and aren't there. */
  readonly gone?: readonly string[];
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8")) as T;
const schema = (name: string) => readJson<object>(join(here, "../../schemas", `${name}.schema.json`));
const ajv = new Ajv({ strictRequired: false, allowUnionTypes: true, schemas: [schema("validate")] });
addFormats.default(ajv);
const validPlan = ajv.compile(schema("plan"));

/** Compares with what is kept, or keeps it. */
function compare(path: string, text: string): void {
  if (update) writeFileSync(path, text);
  assert.fixture(text, readFileSync(path, "utf8"));
}

const cases = suite("golden plans");
const folders = readdirSync(here, { withFileTypes: true }).filter((item) => item.isDirectory());
cases("there are some", () => assert.ok(folders.length >= 6));
for (const { name } of folders) {
  cases(name, async () => {
    const dir = join(here, name);
    const board = readJson<BoardFile>(join(dir, "board.json"));
    const kept = join(dir, "state.json");
    const state = existsSync(kept) ? readJson<State>(kept) : emptyState("emulator", "1", "lineage");
    const compiled = resolveProfessions(
      compileWorkspace(await readSources(join(dir, "vacancies"))),
      professions,
    );
    assert.equal(
      compiled.diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
    const plan = makePlan({
      now: Date.parse(board.now),
      desired: compiled.vacancies,
      state,
      live: { jobs: new Map(board.jobs.map((view) => [refKey(view.ref), view])), gone: new Set(board.gone) },
      traits,
      config: compiled.config,
      allow: new Set(),
      history: { knows: () => "yes", accepts: () => "yes" },
      about: { workspace: "vacancies", commit: null, content: compiled.contentHash },
      diagnostics: compiled.diagnostics,
    });
    assert.ok(validPlan(plan), JSON.stringify(validPlan.errors));
    compare(join(dir, "plan.json"), `${JSON.stringify(plan, null, 2)}\n`);
    const titles = new Map(professions.map(({ id, title }) => [id, title]));
    compare(join(dir, "plan.md"), `${planMarkdown(plan, titles)}\n`);
    compare(join(dir, "plan.txt"), `${planText(plan, { colour: false, width: 100, titles })}\n`);
  });
}
cases.run();
