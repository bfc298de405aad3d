// The small parts of views: cleaning, columns, money, times, word diffs.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dateTime, zoned } from "../../src/model/dates.ts";
import { clean, cleanLine, reveal } from "../../src/view/clean.ts";
import { chargeText, roubles, walletText } from "../../src/view/money.ts";
import { painter } from "../../src/view/paint.ts";
import { cut, lineRanges, table, wrap } from "../../src/view/table.ts";
import { wordDiff } from "../../src/view/words.ts";

const cleaning = suite("clean");
const texts: [string, string][] = [
  ["Пекарь", "Пекарь"],
  ["a\u001b[31mb\u0007", "a[31mb"],
  ["a\u202eb\u2066c", "abc"],
  ["a\u0085b\u009bc\u007f", "abc"],
  ["zero\u200bwidth\ufeff", "zerowidth"],
  ["a\u200db\u200c\u2060\u00ad", "ab"],
  ["a\ufe0fb\u3164\u115f\u180e", "ab"],
  ["tag\u{e0041}\u{e0042}", "tag"],
  ["half \ud83d pair", "half  pair"],
  ["👩‍🍳 повар", "👩‍🍳 повар"],
  ["👨🏽‍💻 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👨🏽‍💻 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
  ["👩\u200d\u001b", "👩"],
  ["two\nlines\tand a tab", "two\nlines\tand a tab"],
  ["a\r\nb\rc\u2028d", "a\nb\nc\nd"],
  ["4\u202f050\u00a0₽", "4\u202f050\u00a0₽"],
  ["и\u0306 й", "и\u0306 й"],
];
for (const [text, want] of texts) {
  cleaning(JSON.stringify(text), () => {
    assert.is(clean(text), want);
  });
}
cleaning("one line", () => assert.is(cleanLine(" a\n b\r\n\tc "), "a b c"));
cleaning("one line keeps money together", () => assert.is(cleanLine("4\u202f050  ₽"), "4\u202f050 ₽"));
cleaning("what can't be seen is written out", () =>
  assert.is(reveal("a\u200b\u00a0b\n\tc 👩‍🍳"), "a\\u{200b}\\u{a0}b\\n\\tc 👩‍🍳"),
);
cleaning.run();

const painting = suite("paint");
painting("colours, or leaves alone", () => {
  assert.is(painter(true)("red", "a"), "\u001b[31ma\u001b[39m");
  assert.is(painter(true)("gone", "a"), "\u001b[31m\u001b[9ma\u001b[29m\u001b[39m");
  assert.is(painter(true)("dim", ""), "");
  assert.is(painter(false)("red", "a"), "a");
});
painting.run();

const tables = suite("tables");
tables("columns line up with Cyrillic and emoji", () => {
  assert.is(
    table([
      ["пекарь", "1"],
      ["🥐", "2"],
      ["abc", "3"],
    ]),
    "пекарь  1\n🥐      2\nabc     3",
  );
});
tables("an empty table, and one of thousands of rows", () => {
  assert.is(table([]), "");
  assert.is(table(Array.from({ length: 200_000 }, () => ["a", "b"])).length, 200_000 * 5 - 1);
});
tables("wraps at spaces, and leaves long words whole", () => {
  assert.equal(wrap("один два оченьдлинноеслово три", 9), ["один два", "оченьдлинноеслово", "три"]);
});
tables("wraps wide characters by their width", () => {
  assert.equal(wrap("日本 日本 日本", 9), ["日本 日本", "日本"]);
});
tables("line feeds and runs of spaces stay", () => {
  assert.equal(wrap("a  b\n\nc", 9), ["a  b", "", "c"]);
  assert.equal(wrap("", 9), [""]);
});
tables("the ranges of lines leave out nothing but the breaks", () => {
  const text = "Печём хлеб по сменам\nучим с нуля  и кормим";
  for (let columns = 1; columns < 30; columns++) {
    const ranges = lineRanges(text, columns);
    const broken = ranges.map(([from, to]) => text.slice(from, to)).join(" ");
    assert.is(broken, text.replace("\n", " "));
  }
});
tables("cuts at characters, not within", () => {
  assert.is(cut("пекарь", 6), "пекарь");
  assert.is(cut("пекарь", 5), "пека…");
  assert.is(cut("a👩‍🍳👩‍🍳👩‍🍳", 5), "a👩‍🍳…");
});
tables.run();

const amounts = suite("money and times");
const kopecks: [number, string][] = [
  [0, "0_₽"],
  [405_000, "4_050_₽"],
  [405_050, "4_050.50_₽"],
  [5, "0.05_₽"],
  [123_456_789_00, "123_456_789_₽"],
  [-120_000, "−1_200_₽"],
];
for (const [amount, want] of kopecks) {
  amounts(want, () => assert.is(roubles(amount), want.replaceAll("_", "\u202f")));
}
amounts("bounds, one amount, unread prices", () => {
  const text = (wallet: Parameters<typeof walletText>[0]) => walletText(wallet).replaceAll("\u202f", " ");
  assert.is(text({ min: 0, max: 120_000 }), "0 ₽ to 1 200 ₽");
  assert.is(text({ min: 100, max: 100 }), "1 ₽");
  assert.is(text(null), "");
});
amounts("units, and what the wallet adds", () => {
  assert.is(chargeText({ code: "job_publish", units: 2, wallet: null }), "2 × job_publish");
  assert.is(chargeText({ code: "job_publish", units: 2, wallet: 0 }), "2 × job_publish");
  assert.is(
    chargeText({ code: "job_publish", units: 2, wallet: 100 }),
    "2 × job_publish (1\u202f₽ from the wallet)",
  );
});
amounts("times in their zone", () => {
  const at = Date.parse("2026-12-12T06:00:00Z");
  assert.is(dateTime(at, "Europe/Moscow"), "12 Dec 2026, 09:00");
  assert.is(dateTime(Date.parse("2026-12-11T21:00:00Z"), "Europe/Moscow"), "12 Dec 2026, 00:00");
  assert.is(dateTime(at, "Asia/Vladivostok"), "12 Dec 2026, 16:00");
  assert.is(dateTime(1e20, "Europe/Moscow"), "(unknown time)");
});
amounts("instants with their offset", () => {
  const at = Date.parse("2026-12-12T06:00:07Z");
  assert.is(zoned(at, "Europe/Moscow"), "2026-12-12T09:00:07+03:00");
  assert.is(zoned(Date.parse("2026-12-11T21:00:00Z"), "Europe/Moscow"), "2026-12-12T00:00:00+03:00");
  assert.is(zoned(at, "America/St_Johns"), "2026-12-12T02:30:07-03:30");
  assert.is(zoned(at, "UTC"), "2026-12-12T06:00:07+00:00");
});
amounts.run();

const words = suite("word diff");
const plain = { paint: painter(false), colour: false, width: 80 };
const coloured = { paint: painter(true), colour: true, width: 80 };
words("whole Cyrillic words", () => {
  assert.equal(wordDiff("Печём хлеб ночью", "Печём булки ночью", plain), ["Печём [-хлеб-]{+булки+} ночью"]);
});
words("with colours there are no marks, and no colour reaches over a line's end", () => {
  const [red, green] = ["gone", "green"].map((name) => (text: string) => painter(true)(name as "gone", text));
  const lines = wordDiff("Печём хлеб ночью", "Печём булки и пироги ночью", { ...coloured, width: 16 });
  assert.equal(lines, [`Печём ${red?.("хлеб")}${green?.("булки")}`, `${green?.("и пироги")} ночью`]);
});
words("only white space differs: it is written out", () => {
  assert.equal(wordDiff("один два", "один  два", plain), ["[-один два-]", "{+один  два+}"]);
  assert.equal(wordDiff("один два", "один\nдва", plain), ["[-один два-]", "{+один\\nдва+}"]);
});
words("texts that share nothing are shown one after the other", () => {
  const text = (seed: string): string =>
    Array.from({ length: 2000 }, (_, index) => `${seed}${index}`).join(" ");
  const lines = wordDiff(text("а"), text("б"), plain);
  assert.ok(lines[0]?.startsWith("[-а0 а1"));
  assert.ok(lines.some((line) => line.startsWith("{+б0 б1")));
  assert.ok(lines.every((line) => line.length <= 80));
});
words("500 words with one changed: the change alone is marked", () => {
  const text = Array.from({ length: 500 }, (_, index) => `слово${index}`).join(" ");
  const marked = wordDiff(text, text.replace("слово250 ", "иначе "), plain).filter((line) =>
    /\[-|\{\+/.test(line),
  );
  assert.is(marked.length, 1);
  assert.match(marked[0] ?? "", /\[-слово250-\]\{\+иначе\+\}/);
});
words("megabytes don't hang it", () => {
  const lines = wordDiff("а ".repeat(500_000), "б ".repeat(500_000), plain);
  assert.ok(lines[0]?.startsWith("[-а а"));
});
words.run();
