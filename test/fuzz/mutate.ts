// Real inputs, damaged: as bytes, and as JSON.
import fc from "fast-check";

const fragment = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      ..."\n,\r\n,\t,: ,:,- ,? ,{,},[,],',\",|,>-,#,&a ,*a,!t ,<<: *a,%,@,`,---\n,...\n,null,~,1e999,-0,0x1f".split(
        ",",
      ),
      ...[
        "\u0000",
        "\ufeff",
        "\u2028",
        "🥐",
        "__proto__",
        "constructor",
        '{"',
        "}}",
        "\\u0000",
        "9".repeat(30),
        "  ",
      ],
    )
    .map((text) => Buffer.from(text)),
);

interface Change {
  readonly kind: "insert" | "cut" | "flip" | "twice" | "end";
  readonly at: number;
  readonly length: number;
  readonly what: Buffer;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("insert", "cut", "flip", "twice", "end"),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  length: fc.nat({ max: 40 }),
  what: fragment,
});

/** One of the inputs with up to five changes; sometimes none. */
export function damaged(inputs: readonly (string | Uint8Array)[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...inputs), fc.array(change, { maxLength: 5 }))
    .map(([input, changes]) => changes.reduce(apply, Buffer.from(input as string)));
}

function apply(bytes: Buffer, { kind, at, length, what }: Change): Buffer {
  const from = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, from), bytes.subarray(from)];
  switch (kind) {
    case "insert":
      return Buffer.concat([before, what, after]);
    case "cut":
      return Buffer.concat([before, after.subarray(length)]);
    case "twice":
      return Buffer.concat([before, after.subarray(0, length), after]);
    case "end":
      return Buffer.from(before);
    case "flip": {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[from] = (copy[from] ?? 0) ^ (1 << (length % 8));
      return copy;
    }
  }
}

/** What may stand where something else was expected. */
export const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      0,
      -1,
      1.5,
      1e300,
      2 ** 53,
      "",
      " ",
      "7",
      "__proto__",
      "constructor",
      "toString",
      "active",
    ],
    ...[
      [],
      {},
      [null],
      [[]],
      [{}],
      { data: null },
      { id: {} },
      "9999-12-31T23:59:59+03:00",
      "2026-02-31 10:00",
      "-5",
    ],
    ...["\u001b[2J\u202e", "я".repeat(5000), "1".repeat(400)],
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A JSON value with up to three of its parts replaced, taken out, renamed or doubled. */
export function bent(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const step = fc.record({
    at: fc.array(fc.nat({ max: 1000 }), { maxLength: 8 }),
    how: fc.constantFrom("put", "put", "drop", "rename", "twice"),
    what: odd,
  });
  return fc
    .tuple(values, fc.array(step, { minLength: 1, maxLength: 3 }))
    .map(([value, steps]) =>
      steps.reduce<unknown>((now, { at, how, what }) => bend(now, at, how, what), value),
    );
}

function bend(value: unknown, [index, ...rest]: readonly number[], how: string, what: unknown): unknown {
  if (index === undefined || typeof value !== "object" || value === null) return what;
  const names = Object.keys(value);
  if (names.length === 0) return what;
  const name = names[index % names.length] as string;
  const inner = (value as Record<string, unknown>)[name];
  const deeper = rest.length > 0 && typeof inner === "object" && inner !== null;
  const entries = Object.entries(value).flatMap(([key, own]): [string, unknown][] => {
    if (key !== name) return [[key, own]];
    if (deeper) return [[key, bend(own, rest, how, what)]];
    if (how === "drop") return [];
    if (how === "rename") return [[`${key}s`, own]];
    if (how === "twice" && Array.isArray(value))
      return [
        [key, own],
        [key, own],
      ];
    return [[key, what]];
  });
  if (Array.isArray(value)) return entries.map(([, own]) => own);
  // Not assigned: `__proto__` is to be a name like any other.
  return Object.fromEntries(entries);
}
