// What commands print as JSON, held against schemas/.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import * as assert from "uvu/assert";

/** The folder of the schemas. */
export const schemas = fileURLToPath(new URL("../../schemas/", import.meta.url));
const ajv = new Ajv({ strictRequired: false, allowUnionTypes: true });
addFormats.default(ajv);
for (const name of readdirSync(schemas)) ajv.addSchema(JSON.parse(readFileSync(join(schemas, name), "utf8")));

/** The one JSON value of an output, which has to be of its schema. */
export function json(name: string, { out, err }: { readonly out: string; readonly err: string }) {
  assert.is.not(out, "", err);
  const value = JSON.parse(out);
  const id = `https://vacancy-as-code.invalid/schemas/${name}.schema.json`;
  assert.ok(ajv.validate(id, value), `${name}: ${JSON.stringify(ajv.errors)}\n${out}`);
  return value;
}
