// Makes src/generated/ from schemas/: TypeScript types, and validators compiled ahead by ajv. Also from this repository's
// own workflows, which `vac init` writes elsewhere.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import Ajv from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { compileFromFile } from "json-schema-to-typescript";

const schemaDir = new URL("../schemas/", import.meta.url);
const outDir = new URL("../src/generated/", import.meta.url);
const banner = "// Generated from schemas/ by scripts/generate.mjs.\n";
/** Schemas of what is read, from disk or by the emulator: these need a validator at run time. */
const read = ["vacancy", "defaults", "config", "plan", "state", "apply", "validate", "drift", "emulator"];

await rm(outDir, { recursive: true, force: true });
await mkdir(new URL("validators/", outDir), { recursive: true });

const names = (await readdir(schemaDir)).filter((name) => name.endsWith(".schema.json")).sort();
const schemas = new Map();
for (const name of names) {
  schemas.set(basename(name, ".schema.json"), JSON.parse(await readFile(new URL(name, schemaDir), "utf8")));
}

/** Outputs may gain keys, so their schemas stay open; our own types name just what we write. */
const scratch = await mkdtemp(join(tmpdir(), "vac-schemas-"));
for (const [name, schema] of schemas) {
  const { $id: _, ...rest } = schema;
  const text = JSON.stringify(rest).replaceAll('"additionalProperties":true', '"additionalProperties":false');
  await writeFile(join(scratch, `${name}.schema.json`), text);
}
for (const name of schemas.keys()) {
  const types = await compileFromFile(join(scratch, `${name}.schema.json`), {
    cwd: scratch,
    bannerComment: banner,
    additionalProperties: false,
    unreachableDefinitions: true,
    style: { printWidth: 110 },
  });
  await writeFile(new URL(`${name}.ts`, outDir), types);
}
await rm(scratch, { recursive: true });

const ajv = new Ajv.default({
  allErrors: true,
  verbose: false,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  schemas: [...schemas.values()],
  code: { source: true, lines: true },
});
addFormats.default(ajv);
for (const name of read) {
  const validate = ajv.getSchema(schemas.get(name).$id);
  await writeFile(new URL(`validators/${name}.cjs`, outDir), banner + standalone.default(ajv, validate));
  await writeFile(
    new URL(`validators/${name}.d.cts`, outDir),
    `${banner}import type { ValidateFunction } from "ajv";\ndeclare const validate: ValidateFunction<unknown>;\nexport = validate;\n`,
  );
}

const workflows = {};
for (const name of ["plan.yml", "apply.yml", "nightly.yml"])
  workflows[name] = await readFile(new URL(`../.github/workflows/${name}`, import.meta.url), "utf8");
await writeFile(
  new URL("workflows.ts", outDir),
  `// Generated from .github/workflows/ by scripts/generate.mjs.\nexport const workflows: Readonly<Record<string, string>> = ${JSON.stringify(workflows, null, 2)};\n`,
);
