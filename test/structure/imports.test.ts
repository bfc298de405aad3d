// The direction of imports: which folder of src may know which.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const src = fileURLToPath(new URL("../../src/", import.meta.url));

/** Each part with the parts that it may import; every part may import itself. */
const table: Readonly<Record<string, readonly string[]>> = {
  generated: [],
  model: ["generated"],
  config: ["model", "generated"],
  board: ["model"],
  "board/vkrabota": ["board", "model"],
  git: ["model"],
  github: ["model"],
  plan: ["model"],
  state: ["model", "git", "generated"],
  apply: ["model", "board", "state", "plan"],
  view: ["model"],
  starter: ["generated"],
  // Knows only the errors of the model and the shapes of its own control, so that one misreading of the board can't hide another.
  emulator: ["model/errors.ts", "generated/validators/emulator.cjs"],
  commands: [
    "model",
    "generated",
    "config",
    "board",
    "board/vkrabota",
    "git",
    "github",
    "plan",
    "state",
    "apply",
    "view",
    "starter",
    "emulator",
  ],
  "cli.ts": ["commands", "model", "view"],
};

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.startsWith("generated"))
  .map((name) => name.split(sep).join("/"));

/** The part that a file belongs to: the longest name of the table that it stands under. */
function partOf(file: string): string {
  const parts = Object.keys(table).filter((part) => file === part || file.startsWith(`${part}/`));
  return parts.sort((a, b) => b.length - a.length)[0] ?? "";
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) =>
    relative(src, join(src, dirname(file), match[1] ?? ""))
      .split(sep)
      .join("/"),
  );
}

const directions = suite("imports");
directions("there are files, and each belongs to a part", () => {
  assert.ok(files.length > 50);
  assert.equal(
    files.filter((file) => partOf(file) === ""),
    [],
  );
});
for (const part of Object.keys(table).filter((name) => name !== "generated")) {
  directions(`${part} imports only ${table[part]?.join(", ")}`, () => {
    const wrong = files
      .filter((file) => partOf(file) === part)
      .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
      // Schemas and package.json are data beside the source.
      .filter(({ target }) => !target.startsWith("../"))
      .filter(
        ({ target }) =>
          partOf(target) !== part && !table[part]?.includes(partOf(target)) && !table[part]?.includes(target),
      )
      .map(({ file, target }) => `${file} -> ${target}`);
    assert.equal(wrong, []);
  });
}
directions("the planner has no clock, no console and nothing to wait for", () => {
  const wrong = files
    .filter((file) => partOf(file) === "plan")
    .filter((file) =>
      /\basync\b|\bawait\b|console\.|Date\.now|new Date\(\)|Math\.random|process\./.test(
        readFileSync(join(src, file), "utf8"),
      ),
    );
  assert.equal(wrong, []);
});
directions("only cli.ts ends the process or sets its exit code", () => {
  const wrong = files.filter(
    (file) => file !== "cli.ts" && /process\.exit/.test(readFileSync(join(src, file), "utf8")),
  );
  assert.equal(wrong, []);
});
directions("no two files import each other in a circle", () => {
  const graph = new Map(
    files.map((file) => [file, importsOf(file).filter((target) => files.includes(target))]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, trail: string[]): void => {
    if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(" -> "));
    if (done.has(file) || trail.includes(file)) return;
    for (const target of graph.get(file) ?? []) walk(target, [...trail, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  assert.equal(circles, []);
});
directions("files can be read at one sitting", () => {
  const long = files.filter((file) => readFileSync(join(src, file), "utf8").split("\n").length > 250);
  assert.equal(long, []);
});
directions.run();
