// What a file may grow to: each limit at both sides of its border, and far beyond it.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { formatText } from "../../src/config/index.ts";
import { limits } from "../../src/config/limits.ts";
import { patchText } from "../../src/config/patch/patch.ts";
import { parseText } from "../../src/config/yaml/document.ts";

const test = suite("config: limits");

/** `x` with so many lists and maps within each other below the file's own map. */
const flow = (levels: number): string => `x: ${"[".repeat(levels)}${"]".repeat(levels)}\n`;
const block = (levels: number): string =>
  Array.from({ length: levels }, (_, at) => `${" ".repeat(at)}x:\n`).join("");
const dashes = (levels: number): string => `x:\n${"- ".repeat(levels)}1\n`;
const list = (values: number): string => `x: [${Array.from({ length: values }, () => "1").join(",")}]\n`;
const aliases = (count: number): string =>
  `a: &a 1\nx: [${Array.from({ length: count }, () => "*a").join(",")}]\n`;
/** Aliases of aliases: nine times as many at each level. */
const bomb = (levels: number): string =>
  `a0: &a0 1\n${Array.from({ length: levels }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(",")}]\n`).join("")}`;

const rows: readonly [string, string, string | undefined][] = [
  ["as deep as may be, in brackets", flow(limits.depth), undefined],
  ["deeper, in brackets", flow(limits.depth + 1), "too-complex"],
  ["100,000 deep, in brackets", flow(100_000), "too-complex"],
  ["100,000 open brackets", "[".repeat(100_000), "any"],
  ["100,000 open braces", "{a: ".repeat(100_000), "any"],
  ["as deep as may be, in lines", block(limits.depth), undefined],
  ["deeper, in lines", block(limits.depth + 1), "too-complex"],
  ["1,000 deep, in lines", block(1000), "too-complex"],
  ["as deep as may be, in dashes", dashes(limits.depth - 1), undefined],
  ["deeper, in dashes", dashes(limits.depth + 1), "too-complex"],
  ["100,000 dashes", dashes(100_000), "any"],
  ["100,000 question marks", "? ".repeat(100_000), "any"],
  ["as many values as may be", list(limits.nodes - 2), undefined],
  ["one value more", list(limits.nodes - 1), "too-complex"],
  ["twice as many values", list(limits.nodes * 2), "too-complex"],
  ["as many aliases as may be", aliases(limits.aliased), undefined],
  ["one alias more", aliases(limits.aliased + 1), "alias-bomb"],
  ["aliases of aliases that stay few", bomb(3), undefined],
  ["aliases of aliases that don't", bomb(4), "alias-bomb"],
  ["a billion by aliases", bomb(10), "alias-bomb"],
  ["10,000 anchors", `x: ${"&a ".repeat(10_000)}1\n`, "any"],
  ["10,000 tags", `x: ${"!a ".repeat(10_000)}1\n`, "any"],
  ["100,000 documents", "---\n".repeat(100_000), "any"],
  ["10,000 equal keys", "a: 1\n".repeat(10_000), "duplicate-key"],
  ["100,000 tabs", "\t".repeat(100_000), "any"],
  ["50,000 quotes", '"'.repeat(50_000), "any"],
  ["a MiB in one text", `x: ${"я".repeat(500_000)}\n`, undefined],
];
for (const [name, text, code] of rows) {
  test(name, () => {
    assert.ok(text.length <= limits.fileBytes);
    const { faults, value } = parseText(text, "vacancy");
    assert.ok(faults.length <= limits.faults + 1);
    const codes = faults.map((fault) => fault.code);
    if (code === undefined) assert.equal(codes, []);
    else if (code === "any") assert.ok(codes.length > 0 || value !== undefined);
    else assert.ok(codes.includes(code), codes.slice(0, 5).join());
    for (const { offset } of faults) assert.ok(offset >= 0 && offset <= text.length);
    assert.is(formatText(text, "vacancy"), text);
    const patched = patchText(text, "vacancy", [{ path: ["title"], value: "A" }]);
    if (code === "too-complex" || code === "alias-bomb") assert.is(patched, undefined);
  });
}

test.run();
