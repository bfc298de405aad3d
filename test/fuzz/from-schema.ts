// Values that a JSON Schema of ours allows, and values that are nearly so.
import { readFileSync } from "node:fs";
import fc from "fast-check";

interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const files = new Map<string, Schema>();

function schemaOf(name: string): Schema {
  const known = files.get(name);
  if (known) return known;
  const read = JSON.parse(readFileSync(new URL(`../../schemas/${name}`, import.meta.url), "utf8")) as Schema;
  files.set(name, read);
  return read;
}

/** Names that maps with free names get: such as have a meaning elsewhere, too. */
const names = fc.oneof(
  fc.constantFrom(
    "a",
    "moscow/baker",
    "title",
    "__proto__",
    "constructor",
    "toString",
    "",
    "б@x",
    "job_publish",
  ),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);

const texts = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom(
    "",
    " ",
    "emulator",
    "__proto__",
    "7",
    "2026-12-01T09:00",
    "\u001b[31m\u202e",
    "a".repeat(300),
  ),
);

const scalars: Readonly<Record<string, (schema: Schema) => fc.Arbitrary<unknown>>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  string: ({ format, pattern, minLength = 0 }) => {
    if (format === "date-time")
      return fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date("2200-01-01") })
        .map((at) => at.toISOString());
    const any = texts.filter((text) => text.length >= minLength);
    return pattern === undefined ? any : fc.oneof(fc.stringMatching(new RegExp(pattern, "u")), any);
  },
  integer: (schema) =>
    fc.oneof(fc.integer(range(schema, 2_000_000_000)), fc.maxSafeInteger().filter(within(schema))),
  number: (schema) =>
    fc.oneof(
      fc.integer(range(schema, 1000)),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter(within(schema)),
    ),
};

const range = ({ minimum = -10, maximum }: Schema, most: number) => ({
  min: Math.ceil(minimum),
  max: Math.floor(Math.min(maximum ?? most, most)),
});
const within =
  ({ minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }: Schema) =>
  (value: number): boolean =>
    value >= minimum && value <= maximum;

function arbitraryOf(file: string, schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    const [where = "", path = ""] = schema.$ref.split("#");
    const own = where === "" ? file : where;
    const at = path
      .split("/")
      .slice(1)
      .reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], schemaOf(own));
    return fc.constant(null).chain(() => arbitraryOf(own, at as Schema, depth + 1));
  }
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => arbitraryOf(file, one, depth + 1)));
  const types = schema.type === undefined ? ["string"] : [schema.type].flat();
  return fc.oneof(...types.map((type) => ofType(file, schema, type, depth)));
}

function ofType(file: string, schema: Schema, type: string, depth: number): fc.Arbitrary<unknown> {
  if (type === "array")
    return fc.array(arbitraryOf(file, schema.items ?? {}, depth + 1), { maxLength: depth > 4 ? 2 : 3 });
  if (type !== "object") return (scalars[type] ?? (() => fc.constant(null)))(schema);
  const { properties = {}, required = [], additionalProperties: more } = schema;
  const known = fc.record(
    Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, arbitraryOf(file, inner, depth + 1)]),
    ),
    { requiredKeys: [...required] as never[] },
  );
  if (typeof more !== "object") return known;
  return fc
    .tuple(known, fc.dictionary(names, arbitraryOf(file, more, depth + 1), { maxKeys: 3 }))
    .map(([own, rest]) => ({
      ...rest,
      ...own,
    }));
}

/** Values that fit `schemas/FILE`, or one of its definitions. */
export function fitting(file: string, definition?: string): fc.Arbitrary<unknown> {
  const top = schemaOf(file);
  return arbitraryOf(file, definition === undefined ? top : (top.definitions?.[definition] ?? {}), 0);
}
