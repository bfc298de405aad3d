// Snapshots as text: written entry by entry, read likewise, and by whoever reads JSON.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { limits } from "../../src/config/limits.ts";
import { StateError } from "../../src/model/errors.ts";
import { emptyState, type State } from "../../src/model/state.ts";
import { reduce } from "../../src/state/events.ts";
import { largestFile, largestLog } from "../../src/state/files.ts";
import { writeLine } from "../../src/state/lines.ts";
import { parseSnapshot, snapshotText } from "../../src/state/snapshot.ts";
import { asText, entry, intent, story } from "./samples.ts";

const test = suite("snapshots");
const read = (text: string): State => parseSnapshot(Buffer.from(text), "x.json");

/** A state with as many entries as are asked for, some of whose keys have a meaning elsewhere. */
function stateOf(count: number): State {
  const base = story.reduce(reduce, emptyState("emulator", "7", "l"));
  const keys = ["__proto__", "constructor", 'a"\n,\n}}', "город/пекарь"];
  for (let at = 0; at < count; at += 1) {
    const key = keys[at] ?? `moscow/v${at}`;
    Object.defineProperty(base.entries, key, {
      value: entry(String(1000 + at), `Пекарь ${at} ${"о".repeat(300)}`),
      ...{ enumerable: true, writable: true, configurable: true },
    });
  }
  return base;
}

for (const count of [0, 1, 2, 5, 400]) {
  test(`a snapshot of ${count} more entries is JSON, with each entry on a line, and comes back as it was`, () => {
    const state = stateOf(count);
    const text = snapshotText(state);
    assert.is(asText(JSON.parse(text) as State), asText(state));
    assert.is(text.split("\n").length, Object.keys(state.entries).length + 3);
    assert.is(asText(read(text)), asText(state));
    assert.is(asText(read(JSON.stringify(state))), asText(state), "as earlier versions wrote it");
    assert.is(asText(read(JSON.stringify(state, null, 2))), asText(state), "as somebody laid it out");
  });
}

test("a state without entries comes back", () => {
  const state = emptyState("emulator", "7", "l");
  assert.is(asText(read(snapshotText(state))), asText(state));
});

/** What is done to the text of a snapshot, and whether it is JSON after it. */
const harm: readonly [string, (text: string) => string, "read" | "refused"][] = [
  ["Windows' ends of lines", (text) => text.replaceAll("\n", "\r\n"), "read"],
  ["a last line without its end", (text) => text.trimEnd(), "read"],
  ["spaces at the end", (text) => `${text}  \n\n`, "read"],
  ["a comma that is lost", (text) => text.replace("},\n", "}\n"), "refused"],
  ["a comma that is another letter", (text) => text.replace("},\n", "}x\n"), "refused"],
  ["a comma too many", (text) => text.replace("\n}}", ",\n}}"), "refused"],
  ["a first line that is lost", (text) => text.slice(text.indexOf("\n") + 1), "refused"],
  ["a last line that is lost", (text) => text.replace("\n}}\n", "\n"), "refused"],
  ["half of it", (text) => text.slice(0, text.length / 2), "refused"],
  ["something behind it", (text) => `${text}{}`, "refused"],
];
for (const [name, change, outcome] of harm) {
  test(`${name}: ${outcome}`, () => {
    const state = stateOf(6);
    const text = change(snapshotText(state));
    if (outcome === "read") assert.is(asText(read(text)), asText(state));
    else
      assert.throws(
        () => read(text),
        (error: Error) => error instanceof StateError && /damaged/.test(error.message),
      );
  });
}

/** The same where each entry is read by itself. */
const longHarm: readonly [string, (text: string) => string][] = [
  ["a comma and an empty line before the end", (text) => text.replace("\n}}", ",\n\n}}")],
  ["a comma and a line of spaces before the end", (text) => text.replace("\n}}", ",\n  \n}}")],
  ["a comma after many spaces", (text) => text.replace("\n", `\n${" ".repeat(70_000)},\n`)],
  ["a space at the end that JSON doesn't know", (text) => text.replace("\n}}", "\n}}\u00a0")],
];
for (const [name, change] of longHarm) {
  test(`${name}, with long entries: refused`, () => {
    const state = emptyState("emulator", "7", "l");
    for (const key of ["a", "b"]) state.entries[key] = entry(key, "о".repeat(70_000));
    const text = snapshotText(state);
    assert.is(asText(read(text)), asText(state));
    assert.not.equal(change(text), text);
    assert.throws(() => JSON.parse(change(text)));
    assert.throws(
      () => read(change(text)),
      (error: Error) => error instanceof StateError && /damaged/.test(error.message),
    );
  });
}

test("an entry that isn't one is told of by its key", () => {
  const text = snapshotText(stateOf(6)).replace('"job":{"id":"1005"}', '"job":{}');
  assert.throws(() => read(text), /damaged: \/entries\/moscow~1v5/);
});

test("what a run of a whole workspace writes can be read again, with much to spare for longer texts", () => {
  const text = "Пекарь на ночные смены. ".repeat(40);
  const applied = {
    ...intent("i", "moscow/baker").entry.applied,
    description: text,
    address: text.slice(0, 100),
  };
  const call = { ...intent("i", "moscow/baker").call, attributes: applied } as never;
  const begun = { ...intent("i", "moscow/baker"), call, entry: { ...intent("i", "k").entry, applied } };
  const ended = { ...entry("651"), applied, observed: { at: 1, attributes: applied } };
  const lines = [
    writeLine({ event: "intent", intent: begun }),
    writeLine({ event: "sent", id: "i" }),
    writeLine({ event: "done", id: "i", key: "moscow/baker", entry: ended }),
  ];
  assert.ok(Buffer.byteLength(lines.join("")) * limits.files < largestLog);
  assert.ok(Buffer.byteLength(JSON.stringify(ended)) * limits.files < largestFile);
});

test.run();
