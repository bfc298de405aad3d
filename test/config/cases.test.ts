// Broken workspaces under cases/ and what is said of them. UPDATE_CASES=1 writes expected.json anew; read the difference.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileWorkspace, readSources, resolveProfessions } from "../../src/config/index.ts";

const test = suite("config: broken workspaces");
const root = fileURLToPath(new URL("./cases/", import.meta.url));
const day = 24 * 3_600_000;

const dictionary = [
  { id: "3", title: "пекарь" },
  { id: "5", title: "повар" },
  { id: "6", title: "Повар" },
  { id: "4", title: "продавец-кассир" },
];

for (const name of readdirSync(root).sort()) {
  test(name, async () => {
    const sources = await readSources(`${root}${name}/vacancies`);
    const compiled = compileWorkspace(sources, {
      gaps: { job_refresh: 5 * day },
      optional: (key) => key.startsWith("bound/"),
    });
    const { diagnostics } = resolveProfessions(compiled, dictionary);
    const expected = `${root}${name}/expected.json`;
    if (process.env.UPDATE_CASES) writeFileSync(expected, `${JSON.stringify(diagnostics, null, 2)}\n`);
    assert.equal(diagnostics, JSON.parse(readFileSync(expected, "utf8")));
  });
}

test.run();
