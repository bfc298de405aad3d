// docs/external-api.md against what there is: routes of the embedded board, functions of the client, commands, tests.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ROUTES } from "../../src/emulator/routes.ts";
import { cases } from "./case.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = (path: string): string => readFileSync(`${root}${path}`, "utf8");
const rows = [
  ...text("docs/external-api.md").matchAll(
    /^\| `(\w+ \/\S+)` \| (.+?) \| `(\w+)` in `(\S+)` \| `(\S+)` \|$/gm,
  ),
].map(([, endpoint = "", commands = "", name = "", file = "", test = ""]) => ({
  endpoint,
  commands,
  name,
  file,
  test,
}));
const wiring = readdirSync(`${root}src/commands/wiring`)
  .map((file) => text(`src/commands/wiring/${file}`))
  .join("\n");

const table = suite("docs/external-api.md");
table("has every route of the embedded board, and no other", () => {
  const routes = ROUTES.map(({ method, path }) => `${method} ${path}`);
  assert.equal([...new Set(rows.map(({ endpoint }) => endpoint))].sort(), routes.sort());
});
table("every line of the table is one that is checked", () => {
  const lines = text("docs/external-api.md").match(/^\| `[A-Z]+ \//gm) ?? [];
  assert.is(rows.length, lines.length);
});
for (const { endpoint, commands, name, file, test } of rows) {
  table(`${endpoint}: ${name}, ${test}`, () => {
    assert.match(
      text(`src/board/vkrabota/${file}`),
      new RegExp(`^export (?:async )?function\\*? ${name}\\(`, "m"),
    );
    assert.ok(existsSync(`${root}${test}`), test);
    const words = [...commands.matchAll(/`vac (\w+)(?: (\w+))?`/g)];
    assert.ok(words.length > 0, commands);
    for (const [, command = "", part] of words) {
      assert.match(wiring, new RegExp(`"${command}(?: [^"]*)?"`));
      if (part && command !== "dictionaries") assert.match(wiring, new RegExp(`"${part}(?: [^"]*)?"`));
    }
  });
}
table("every endpoint has an example", () => {
  const asked = cases.map(({ request }) => `${request.method} ${request.path.split("?")[0]}`);
  for (const { method, path } of ROUTES) {
    const pattern = new RegExp(`^${method} ${path.replace(":id", "\\d+")}$`);
    assert.ok(
      asked.some((one) => pattern.test(one)),
      `${method} ${path}`,
    );
  }
});
table("every schema of an output is there", () => {
  const outputs = [...text("docs/external-api.md").matchAll(/^\| `vac .+ \| (`[^|]+`) \|$/gm)];
  const names = outputs.flatMap(([, cell = ""]) => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
  assert.ok(names.length > 10);
  for (const name of names) assert.ok(existsSync(`${root}schemas/${name}.schema.json`), name);
});
table.run();
