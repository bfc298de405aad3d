// The last look at what is printed: nothing that a terminal or a pipeline would obey.
import { Writable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Globals, type Io, log, print, printAsIs, printJson, tell } from "../../src/commands/io.ts";
import { newSecrets } from "../../src/model/secrets.ts";
import { guardJson, guardText } from "../../src/view/guard.ts";

const texts = suite("text");
const rows: readonly [what: string, text: string, want: string][] = [
  ["words", "Пекарь: 2/2\n\tс нуля", "Пекарь: 2/2\n\tс нуля"],
  ["a colour where there are none", "a\u001b[31mb\u001b[0m", "ab"],
  ["clearing the screen", "a\u001b[2Jb\u001b[1;1H", "a[2Jb[1;1H"],
  ["a title by OSC, ended by BEL", "\u001b]0;me\u0007x", "]0;mex"],
  ["a link by OSC 8, ended by ST", "\u001b]8;;http://x\u001b\\x", "]8;;http://x\\x"],
  ["C1", "a\u009b31mb\u0085c\u0090d\u009d", "a31mbcd"],
  ["NUL, BS, DEL, VT, FF", "\u0000a\bb\u007fc\u000bd\f", "abcd"],
  ["a line written over", "refused\rapplied", "refusedapplied"],
  ["CRLF of tables", "a,b\r\nc,d\r\n", "a,b\r\nc,d\r\n"],
  ["a mark at the beginning of a table", "\ufeffa\ufeff", "\ufeffa"],
  ["directions", "a\u202eb\u2066c\u200fd\u061c", "abcd"],
  ["no width", "a\u200bb\u200dc\u2060d\u00ad", "abcd"],
  ["tags and variations", "a\u{e0041}\u{e0001}b\u{e0100}\ufe0f", "ab"],
  ["lines of other kinds", "a\u2028b\u2029c", "abc"],
  ["half a pair", "a\ud83db", "ab"],
  ["emoji", "👩‍🍳 👨🏽‍💻 ❤️ 1️⃣", "👩‍🍳 👨🏽‍💻 ❤️ 1️⃣"],
  ["a command", "::error file=a::x", ": :error file=a::x"],
  ["one in the middle", "a\n::set-output name=a::b\nc", "a\n: :set-output name=a::b\nc"],
  ["one behind spaces", "a\n \t\u00a0\u3000::add-mask::a", "a\n \t\u00a0\u3000: :add-mask::a"],
  ["one behind what isn't seen", "\u200b\u001b::stop-commands::x", ": :stop-commands::x"],
  ["one behind a table's end", "a\r\n::error::x", "a\r\n: :error::x"],
  ["three colons", ":::x", ": ::x"],
  [
    "an older command, which may stand anywhere",
    "a ##[error]b ##[SET-ENV name=A]c",
    "a # #[error]b # #[SET-ENV name=A]c",
  ],
  ["one of Azure", "##vso[task.setvariable]x", "# #vso[task.setvariable]x"],
  ["three of them", "###[group]", "## #[group]"],
  ["colons and headings elsewhere", "a::b ## c #[d]", "a::b ## c #[d]"],
];
for (const [what, text, want] of rows) {
  texts(what, () => assert.is(guardText(text, { colour: false }), want));
  texts(`${what}, twice`, () => assert.is(guardText(want, { colour: false }), want));
}
texts("our colours on a terminal, and nothing else of ESC", () => {
  const text = "\u001b[31ma\u001b[39m \u001b[2Jb\u001b]0;x\u0007 \u001b[1;2mc\u001b[0m";
  assert.is(guardText(text, { colour: true }), "\u001b[31ma\u001b[39m [2Jb]0;x \u001b[1;2mc\u001b[0m");
});
texts.run();

const json = suite("JSON");
for (const [what, text] of rows) {
  json(`${what}: the same value, in harmless letters`, () => {
    const value = { [text]: [text, 1] };
    const printed = guardJson(JSON.stringify(value, null, 2));
    assert.equal(JSON.parse(printed), value);
    assert.not.match(printed, /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|##[a-z]*\[|^\s*::/imu);
  });
}
json.run();

const edges = suite("what commands write");
function heard(isTTY: boolean): { io: Io; out: () => string; err: () => string } {
  const streams = ["", ""].map(() => {
    const parts: string[] = [];
    const write = (chunk: Buffer, _: string, done: () => void): void => {
      parts.push(chunk.toString());
      done();
    };
    return { parts, stream: Object.assign(new Writable({ write }), { isTTY }) };
  });
  const [out, err] = streams as [(typeof streams)[0], (typeof streams)[0]];
  const secrets = newSecrets();
  secrets.learn("se-cr3t-42");
  const io = {
    out: out.stream,
    err: err.stream,
    env: {},
    ask: undefined,
    guarded: (_: () => void, task: () => never) => task(),
    secrets,
  };
  return { io: io as unknown as Io, out: () => out.parts.join(""), err: () => err.parts.join("") };
}
const flags = { logLevel: "trace" } as Globals;
const hostile = "se-cr3t-42\n::error::x\u001b[31my\u202e";
edges("a pipe", () => {
  const { io, out, err } = heard(false);
  print(io, hostile);
  printJson(io, hostile);
  assert.is(out(), `[secret]\n: :error::xy\n"[secret]\\n::error::x\\u001b[31my\\u202e"\n`);
  tell(io, hostile);
  log(io, flags, "debug", hostile);
  assert.is(err(), "[secret]\n: :error::xy\ndebug: [secret] ::error::xy\n");
});
edges("no phone in a log, however it is written", () => {
  const phones = "79990000000, +7 (999) 000-00-00, 8-999-000-00-00";
  const { io, err } = heard(false);
  log(io, flags, "warn", `GET /jobs/1234567890123 422: ${phones} in 7999 ms`);
  assert.is(err(), "warn: GET /jobs/1234567890123 422: [phone], [phone], [phone] in 7999 ms\n");
});
edges("a terminal keeps colours", () => {
  const { io, out } = heard(true);
  print(io, hostile);
  assert.is(out(), "[secret]\n: :error::x\u001b[31my\n");
});
edges("what was made for a reader of its own keeps its commands, but no secret", () => {
  const { io, out } = heard(false);
  printAsIs(io, "::error::se-cr3t-42 @\u200bme");
  assert.is(out(), "::error::[secret] @\u200bme\n");
});
edges.run();
