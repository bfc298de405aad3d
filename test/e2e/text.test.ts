// Text that hurts elsewhere: what is written in a file, and what becomes of it on the board. Each row says one thing.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { JobAttributes } from "../../src/emulator/records.ts";
import { onStage, type Stage, stepsOf } from "./harness.ts";

/** Attributes as they are written after the colon; undefined leaves the line out. */
type Lines = Record<string, string | undefined>;

/** A vacancy file: seven lines that every one needs, and below them what a row adds. `n` keeps vacancies apart. */
function written(n: number, lines: Lines = {}): string {
  const all: Lines = {
    title: `Пекарь ${n}`,
    description: `Печём хлеб, смена ${n}.`,
    profession_id: "85",
    address: `Москва, улица Еланского, ${n}`,
    lat: "55.7346276065292",
    long: "37.5734168663621",
    salary_period: "monthly",
    ...lines,
  };
  return Object.entries(all)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}:${value && " "}${value}\n`]))
    .join("");
}

const keyOf = (n: number): string => `v${String(n).padStart(2, "0")}`;
const fileOf = (n: number): string => `${keyOf(n)}.yaml`;

const nfd = (text: string): string => text.normalize("NFD");
const crlf = (text: string): string => text.replaceAll("\n", "\r\n");
const bom = (text: string): string => `\ufeff${text}`;
/** Blanks behind every value that stands on its line. */
const blanks = (text: string): string => text.replace(/^(\w+: .*[^|])$/gm, "$1  ");

/** Nothing to do and nothing held. */
async function assertAtRest(stage: Stage): Promise<void> {
  const { code, out, err } = await stage.run("plan", "--detailed-exitcode", "--format", "json");
  assert.is(code, 0, out + err);
  const plan = JSON.parse(out);
  assert.equal([stepsOf(plan), plan.held], [[], []]);
}

/** The board's attributes of the vacancy with a key. */
async function boardOf(stage: Stage): Promise<(key: string) => JobAttributes> {
  const { items } = JSON.parse((await stage.run("state", "list", "-o", "json")).out);
  const ids = new Map<string, string>(
    items.map((item: { key: string; job_id: string }) => [item.key, item.job_id]),
  );
  const jobs = new Map(stage.jobs().map((job) => [job.id, job.attributes]));
  return (key) => {
    const attributes = jobs.get(ids.get(key) ?? "");
    assert.ok(attributes, `no job for ${key}`);
    return attributes;
  };
}

/** Tells all rows that failed, not the first one alone. */
function each<Row extends { readonly name: string }>(
  rows: readonly Row[],
  check: (row: Row, n: number) => void,
): void {
  const failures = rows.flatMap((row, n) => {
    try {
      check(row, n);
      return [];
    } catch (error) {
      const { message, details } = error as Error & { details?: string };
      return [`${row.name}: ${message}\n${details ?? ""}`];
    }
  });
  assert.is(failures.length, 0, failures.join("\n"));
}

// What a file says, and what the board then has.

interface Arrival {
  readonly name: string;
  readonly lines: Lines;
  readonly save?: (text: string) => string;
  readonly board: Partial<Record<keyof JobAttributes, unknown>>;
}

const family = "👨‍👩‍👧‍👦"; // seven code points
const flag = "🇷🇺"; // two
const hand = "👋🏽"; // two
const full = `${family}${flag}${hand}${"й".repeat(189)}`;

const arrivals: readonly Arrival[] = [
  {
    name: "decomposed letters arrive composed",
    lines: { title: nfd("Йод и ёлка") },
    board: { title: "Йод и ёлка" },
  },
  { name: "ё stays ё", lines: { title: "Актёр" }, board: { title: "Актёр" } },
  {
    name: "CRLF within a text arrives as LF",
    lines: { autoreply_text: "|\n  Спасибо!\n  Перезвоним." },
    save: crlf,
    board: { autoreply_text: "Спасибо!\nПерезвоним." },
  },
  {
    name: "a BOM is no part of the first name",
    lines: { title: "С меткой" },
    save: bom,
    board: { title: "С меткой" },
  },
  {
    name: "BOM, CRLF and decomposed letters at once",
    lines: { title: "Чайный", salary_from: "60000" },
    save: (text) => bom(crlf(nfd(text))),
    board: { title: "Чайный", salary_from: 60000 },
  },
  {
    name: "no-break spaces within a text stay",
    lines: { title: "от 60 000 ₽" },
    board: { title: "от 60 000 ₽" },
  },
  {
    name: "no-break spaces around a text go",
    lines: { title: '"\u00a0Кондитер\u202f"' },
    board: { title: "Кондитер" },
  },
  {
    name: "two spaces within a text stay",
    lines: { title: "Старший  пекарь" },
    board: { title: "Старший  пекарь" },
  },
  {
    name: "trailing blanks are no part of a value",
    lines: { title: "Повар" },
    save: blanks,
    board: { title: "Повар" },
  },
  {
    name: "| ends without its newline",
    lines: { autoreply_text: "|\n  а\n  б" },
    board: { autoreply_text: "а\nб" },
  },
  {
    name: "blanks within a block are part of it",
    lines: { autoreply_text: "|\n  а  \n  б" },
    board: { autoreply_text: "а  \nб" },
  },
  {
    name: "|+ ends without its newlines",
    lines: { autoreply_text: "|+\n  а\n\n\n" },
    board: { autoreply_text: "а" },
  },
  { name: "> is one line", lines: { autoreply_text: ">\n  а\n  б" }, board: { autoreply_text: "а б" } },
  { name: "NO is a text", lines: { title: "NO" }, board: { title: "NO" } },
  { name: "ON is a text", lines: { title: "ON" }, board: { title: "ON" } },
  { name: "12:30 is a text, not 750", lines: { title: "12:30" }, board: { title: "12:30" } },
  { name: "a day is a text", lines: { title: "2027-03-31" }, board: { title: "2027-03-31" } },
  { name: "1_000 is a text", lines: { title: "1_000" }, board: { title: "1_000" } },
  { name: "quoted zeros stay", lines: { title: '"007"' }, board: { title: "007" } },
  { name: "a quoted null is a text", lines: { title: '"null"' }, board: { title: "null" } },
  {
    name: "1e3 is a thousand where a number belongs",
    lines: { salary_from: "1e3" },
    board: { salary_from: 1000 },
  },
  {
    name: "a leading zero is decimal, as in YAML 1.2",
    lines: { salary_from: "060000" },
    board: { salary_from: 60000 },
  },
  {
    name: "a phone in quotes stays a text",
    lines: { contact_phone: '"79990000000"' },
    board: { contact_phone: "79990000000" },
  },
  { name: "TRUE is true", lines: { remote: "TRUE" }, board: { remote: true } },
  { name: "null is empty", lines: { salary_to: "null" }, board: { salary_to: null } },
  { name: "nothing after the colon is empty", lines: { salary_to: "" }, board: { salary_to: null } },
  {
    name: "200 code points fit, a family counting seven",
    lines: { description: full },
    board: { description: full },
  },
  {
    name: "letters are counted composed, without the newline at the end",
    lines: { description: `|\n  ${nfd("й".repeat(200))}\n` },
    board: { description: "й".repeat(200) },
  },
];

const arriving = suite("what arrives on the board");
arriving("every row, and the plan after it is empty", () =>
  onStage(
    Object.fromEntries(arrivals.map(({ lines, save = (t) => t }, n) => [fileOf(n), save(written(n, lines))])),
    async (stage) => {
      const { code, err } = await stage.apply();
      assert.is(code, 0, err);
      const board = await boardOf(stage);
      each(arrivals, ({ board: wanted }, n) => {
        const found: object = board(keyOf(n));
        for (const [name, value] of Object.entries(wanted)) assert.equal(found[name as never], value, name);
      });
      await assertAtRest(stage);
      const bodies = stage.board.control
        .requests()
        .filter(({ method, path }) => method === "POST" && /jobs$/.test(path));
      const sent = bodies.filter(({ body }) => "salary_to" in (body as { job: object }).job);
      assert.is(sent.length, 0, "what is empty or in no file isn't sent");
    },
  ),
);
arriving("names of files and locations in NFD make the keys that NFC makes, also as arguments", () =>
  onStage(
    { [nfd("йошкар-ола/пекарь.yaml")]: written(1, { locations: nfd("{ южный: {} }") }) },
    async (stage) => {
      await stage.apply();
      const key = "йошкар-ола/пекарь@южный";
      assert.is((await boardOf(stage))(key).title, "Пекарь 1");
      await stage.remove(nfd("йошкар-ола"));
      await stage.write("йошкар-ола/пекарь.yaml", written(1, { locations: "{ южный: {} }" }));
      await assertAtRest(stage);
      for (const args of [["explain"], ["state", "show"], ["plan", "--target"]]) {
        const { code, err } = await stage.run(...args, nfd(key));
        assert.is(code, 0, err);
      }
    },
  ),
);
arriving.run();

// What is refused, and what the person is told to type. Attributes of a row stand on line 8, unless every file has them.

interface Refusal {
  readonly name: string;
  readonly lines: Lines;
  readonly save?: (text: string) => string | Uint8Array;
  /** Undefined where the file is fine. */
  readonly code?: string;
  readonly at?: string;
  readonly hint?: string;
}

const toClear = "write null to clear it on the board, or remove the line";
const toGive = "give it a value, or remove the line";
const noText = { code: "wrong-type", at: "1:8" };
const noNumber = { code: "wrong-type", at: "8:14" };
const promotion = (at: string): Lines => ({ promote: `\n  - action: job_refresh\n    at: ${at}` });

const refusals: readonly Refusal[] = [
  { name: "1e3 as a text", lines: { title: "1e3" }, ...noText, hint: 'quote it: "1e3"' },
  {
    name: "007 as a text keeps its zeros in the hint",
    lines: { title: "007" },
    ...noText,
    hint: 'quote it: "007"',
  },
  { name: "3.10 as a text keeps its zero", lines: { title: "3.10" }, ...noText, hint: 'quote it: "3.10"' },
  { name: "0x1F as a text", lines: { title: "0x1F" }, ...noText, hint: 'quote it: "0x1F"' },
  { name: "true as a text", lines: { title: "true" }, ...noText, hint: 'quote it: "true"' },
  {
    name: "a text of twenty digits is told once",
    lines: { title: "12345678901234567890" },
    ...noText,
    hint: 'quote it: "12345678901234567890"',
  },
  {
    name: "null for what is required",
    lines: { title: "null" },
    code: "missing-attribute",
    at: "1:8",
    hint: toGive,
  },
  {
    name: "nothing for what is required",
    lines: { title: "" },
    code: "missing-attribute",
    at: "1:1",
    hint: toGive,
  },
  { name: "an empty title", lines: { title: '""' }, code: "empty-text", at: "1:8", hint: toGive },
  {
    name: "a title of a no-break space",
    lines: { title: '"\u00a0"' },
    code: "empty-text",
    at: "1:8",
    hint: toGive,
  },
  {
    name: "an empty auto-reply",
    lines: { autoreply_text: '""' },
    code: "empty-text",
    at: "8:17",
    hint: toClear,
  },
  { name: "an empty phone", lines: { contact_phone: '""' }, code: "empty-text", at: "8:16", hint: toClear },
  { name: "an empty salary", lines: { salary_to: '""' }, code: "empty-text", at: "8:12", hint: toClear },
  { name: "an empty period", lines: { salary_period: '""' }, code: "empty-text", at: "7:16", hint: toClear },
  {
    name: "a bare phone",
    lines: { contact_phone: "79990000000" },
    ...{ code: "phone-not-quoted", at: "8:16", hint: 'quote it: "79990000000"' },
  },
  {
    name: "a quoted number",
    lines: { salary_from: '"60000"' },
    ...noNumber,
    hint: "write 60000 without quotes",
  },
  {
    name: "a no-break space between digits",
    lines: { salary_from: "60\u00a0000" },
    ...noNumber,
    hint: "write 60000, with nothing between the digits",
  },
  {
    name: "a comma between thousands",
    lines: { salary_from: "60,000" },
    ...noNumber,
    hint: "write 60000, with",
  },
  {
    name: "a point between thousands",
    lines: { salary_from: "60.500" },
    ...noNumber,
    hint: "write 60500, with",
  },
  {
    name: "a point between thousands that YAML reads as sixty",
    lines: { salary_from: "60.000" },
    ...{ code: "unclear-number", at: "8:14", hint: "write 60000, or 60 if that is meant" },
  },
  { name: "a comma in degrees", lines: { lat: "55,7" }, code: "wrong-type", at: "5:6", hint: "write 55.7" },
  { name: "yes", lines: { remote: "yes" }, code: "wrong-type", at: "8:9", hint: "write true" },
  { name: "OFF", lines: { remote: "OFF" }, code: "wrong-type", at: "8:9", hint: "write false" },
  {
    name: '"true"',
    lines: { remote: '"true"' },
    code: "wrong-type",
    at: "8:9",
    hint: "write true without quotes",
  },
  {
    name: "a profession by its id",
    lines: { profession_id: undefined, profession: "85" },
    ...{ code: "wrong-type", at: "7:13", hint: "or profession_id: 85" },
  },
  {
    name: "201 code points",
    lines: { description: `${full}!` },
    ...{ code: "description-too-long", at: "2:14", hint: "shorten it to 200" },
  },
  {
    name: "a value that goes on after a quote",
    lines: { title: '"Магнит" кассир' },
    ...{ code: "yaml-syntax", at: "1:17", hint: "put the whole value in quotes, in single ones" },
  },
  {
    name: "a value that begins with a dash",
    lines: { title: "- Пекарь" },
    code: "yaml-syntax",
    at: "1:8",
    hint: "in quotes",
  },
  {
    name: "a value that begins with !",
    lines: { title: "!срочно" },
    code: "yaml-syntax",
    at: "1:9",
    hint: "in quotes",
  },
  {
    name: "a text below its line",
    lines: { title: "Пекарь\nночью" },
    code: "yaml-syntax",
    at: "2:1",
    hint: "indented",
  },
  {
    name: "a no-break space after the colon",
    lines: {},
    save: (text) => text.replace("title: ", "title:\u00a0"),
    ...{ code: "yaml-syntax", at: "1:7", hint: "type the space anew" },
  },
  {
    name: "no-break spaces as indentation",
    lines: { background: "\n\u00a0\u00a0file: a.png" },
    ...{ code: "unknown-attribute", at: "9:1", hint: "type ordinary spaces" },
  },
  {
    name: "a Russian letter in a name",
    lines: { сontact_phone: '"79990000000"' },
    ...{
      code: "unknown-attribute",
      at: "8:1",
      hint: 'did you mean contact_phone? "с" in it is a Russian letter',
    },
  },
  {
    name: "UTF-16",
    lines: {},
    save: (text) => Buffer.from(bom(text), "utf16le"),
    ...{ code: "not-utf8", at: "1:1", hint: "save it as UTF-8" },
  },
  {
    name: "places are counted in code points, in CRLF and after a BOM too",
    lines: { title: "007", address: `"${family} Москва" 2` },
    save: (text) => bom(crlf(text)),
    ...{ code: "yaml-syntax", at: "4:27", hint: "in quotes" },
  },
  {
    name: "a day as a number",
    lines: { publish_until: "20270331" },
    code: "wrong-type",
    at: "8:16",
    hint: "write 2027-03-31",
  },
  {
    name: "a day in Russian order",
    lines: { publish_until: "31.03.2027" },
    code: "bad-date",
    at: "8:16",
    hint: "write 2027-03-31",
  },
  {
    name: "a promotion on no day",
    lines: promotion("2026-02-30T9:00"),
    code: "bad-date",
    at: "10:9",
    hint: "write a day",
  },
  { name: "a promotion at a one-digit hour is fine", lines: promotion("2026-12-01T9:00") },
  { name: "a promotion with a space for the T is fine", lines: promotion('"2026-12-01 09:00"') },
  { name: "a promotion with an offset is fine", lines: promotion("2026-12-01T09:00+03:00") },
  { name: "a promotion in UTC is fine", lines: promotion("2026-12-01T06:00:00Z") },
  {
    name: "a promotion with an offset without its colon is fine",
    lines: promotion('"2026-12-01 09:00 +0300"'),
  },
];

const refused = suite("what is refused, with the place and the way out");
refused("every row", () =>
  onStage(
    Object.fromEntries(refusals.map(({ lines, save = (t) => t }, n) => [fileOf(n), save(written(n, lines))])),
    async (stage) => {
      const { out } = await stage.run("validate", "-o", "json");
      const { diagnostics } = JSON.parse(out) as {
        diagnostics: { file: string; code: string; line: number; column: number; hint: string }[];
      };
      each(refusals, ({ code, at, hint = "" }, n) => {
        const found = diagnostics.filter(({ file }) => file === fileOf(n));
        assert.equal(
          found.map((one) => [one.code, `${one.line}:${one.column}`]),
          code === undefined ? [] : [[code, at]],
        );
        assert.ok(
          found.every((one) => one.hint.includes(hint)),
          `→ ${found[0]?.hint}`,
        );
      });
      assert.is(stage.board.control.requests().length, 0);
    },
  ),
);
refused.run();

// A file that is saved again with the same meaning.

interface Saving {
  readonly name: string;
  readonly save: (text: string) => string;
}

const savings: readonly Saving[] = [
  { name: "in NFD", save: nfd },
  { name: "with CRLF", save: crlf },
  { name: "with a BOM", save: bom },
  { name: "with all of them", save: (text) => bom(crlf(nfd(text))) },
  { name: "with trailing blanks", save: blanks },
  { name: "without the newline at its end", save: (text) => text.trimEnd() },
  {
    name: "with its title quoted, and blanks in the quotes",
    save: (text) => text.replace(/title: (.*)/, 'title: " $1 "'),
  },
  { name: "with its title as a block", save: (text) => text.replace(/title: (.*)/, "title: |+\n  $1\n\n") },
  {
    name: "with a no-break space around a text",
    save: (text) => text.replace(/title: (.*)/, 'title: "$1\u00a0"'),
  },
  { name: "with the salary as 6e4", save: (text) => text.replace("60000", "6e4") },
  {
    name: "with zeros before and after",
    save: (text) => text.replace("60000", "060000").replace("55.7346", "055.7346"),
  },
  { name: "with a millionth of a degree more", save: (text) => text.replace("55.7346276", "55.7346285") },
  { name: "with ~ for null", save: (text) => text.replace("salary_to: null", "salary_to: ~") },
  { name: "without a line that was null", save: (text) => text.replace("salary_to: null\n", "") },
  { name: "upside down, with comments", save: (text) => text.replace(/^(title.*\n)([\s\S]*)/, "$2# ё\n$1") },
];

const again = suite("a file saved again is no change");
again("every row", () =>
  onStage(Object.fromEntries(savings.map((_, n) => [fileOf(n), yoyo(n)])), async (stage) => {
    await stage.apply();
    for (const [n, { save }] of savings.entries()) {
      assert.is.not(save(yoyo(n)), yoyo(n), `row ${n} changes nothing`);
      await stage.write(fileOf(n), save(yoyo(n)));
    }
    const plan = await stage.plan();
    each(savings, (_, n) => {
      const steps = stepsOf(plan).filter((step) => step.startsWith(keyOf(n)));
      assert.equal([steps, plan.held.filter(({ key }) => key === keyOf(n))], [[], []]);
    });
    await assertAtRest(stage);
  }),
);
function yoyo(n: number): string {
  return written(n, {
    title: `Йошкин ёж ${n}`,
    salary_from: "60000",
    salary_to: "null",
    autoreply_text: "|\n  а\n  й",
  });
}
again.run();

// A hand edit on the board, and which attribute of it is drift.

interface HandEdit {
  readonly name: string;
  readonly board: Partial<Record<keyof JobAttributes, unknown>>;
  readonly drift?: string;
}

const text = "Учим с нуля.\nЙод и ёлка";
const hands: readonly HandEdit[] = [
  { name: "NFD", board: { description: nfd(text) } },
  { name: "CRLF", board: { description: crlf(text) } },
  { name: "white space around a text", board: { description: `\u00a0${text} \r\n` } },
  { name: "a salary as a text", board: { salary_from: "60000" } },
  { name: "a salary as a text with kopecks", board: { salary_from: "60000.00" } },
  { name: "degrees as a text", board: { lat: "55.7346276065292" } },
  { name: "degrees that are rounded to a millionth", board: { lat: 55.734628, long: 37.573417 } },
  { name: "an empty text for null", board: { salary_to: "" } },
  { name: "an attribute that is in no file", board: { remote: true } },
  { name: "е for ё", board: { description: text.replace("ё", "е") }, drift: "description" },
  { name: "и for й", board: { description: text.replace("Й", "И") }, drift: "description" },
  {
    name: "a no-break space for a space",
    board: { description: text.replace("с ", "с\u00a0") },
    drift: "description",
  },
  { name: "two spaces for one", board: { description: text.replace("с ", "с  ") }, drift: "description" },
  { name: "a space for a newline", board: { description: text.replace("\n", " ") }, drift: "description" },
  { name: "another case", board: { description: text.toLowerCase() }, drift: "description" },
  {
    name: "a Latin letter that looks Russian",
    board: { description: text.replace("с", "c") },
    drift: "description",
  },
  { name: "a letter without width", board: { description: `${text}\u200b` }, drift: "description" },
  { name: "an empty text for a text", board: { salary_period: "" }, drift: "salary_period" },
  { name: "null for a number", board: { salary_from: null }, drift: "salary_from" },
  { name: "0 for null", board: { salary_to: 0 }, drift: "salary_to" },
];

const drifting = suite("a hand edit on the board");
drifting("every row", () =>
  onStage(
    Object.fromEntries(
      hands.map((_, n) => [
        fileOf(n),
        written(n, {
          description: `|-\n  ${text.replace("\n", "\n  ")}`,
          salary_from: "60000",
          salary_to: "null",
        }),
      ]),
    ),
    async (stage) => {
      const { result } = await stage.apply();
      const ids = new Map(result.results.map(({ key, job_id }) => [key, job_id ?? ""]));
      for (const [n, { board }] of hands.entries()) {
        stage.board.control.putJob({
          id: ids.get(keyOf(n)) ?? "",
          attributes: board as Partial<JobAttributes>,
        });
      }
      const plan = await stage.plan();
      each(hands, ({ drift }, n) => {
        const steps = stepsOf(plan).filter((step) => step.startsWith(keyOf(n)));
        assert.equal(steps, drift === undefined ? [] : [`${keyOf(n)}: update(${drift})`]);
      });
      assert.equal(plan.held, []);
      await stage.apply();
      await assertAtRest(stage);
      assert.ok(stage.jobs().every((job) => job.attributes.salary_period === "monthly"));
    },
  ),
);
drifting.run();

// Three sides: what was in the file, what is now, and what the board has.

interface Clearing {
  readonly name: string;
  readonly before: Lines;
  readonly after: Lines;
  /** What is changed on the board in between. */
  readonly hand?: Partial<JobAttributes>;
  /** The body of the one PUT; undefined where there is none. */
  readonly sent?: object;
  readonly step?: string;
  readonly board: Partial<Record<keyof JobAttributes, unknown>>;
}

const to = { salary_to: "80000" };
const cleared = { sent: { salary_to: null }, step: "update(salary_to)", board: { salary_to: null } };
const reply = { autoreply_text: "Спасибо!" };
const unreplied = {
  sent: { autoreply_text: null },
  step: "update(autoreply_text)",
  board: { autoreply_text: null },
};

const clearings: readonly Clearing[] = [
  { name: "a value, then null", before: to, after: { salary_to: "null" }, ...cleared },
  { name: "a value, then nothing after the colon", before: to, after: { salary_to: "" }, ...cleared },
  { name: "a value, then no line", before: to, after: {}, ...cleared },
  {
    name: "a value that the board doesn't show, then null",
    before: reply,
    after: { autoreply_text: "~" },
    ...unreplied,
  },
  { name: "a value that the board doesn't show, then no line", before: reply, after: {}, ...unreplied },
  {
    name: "no line at any time",
    before: {},
    after: {},
    hand: { salary_to: 90000 },
    board: { salary_to: 90000 },
  },
  { name: "null, then no line", before: { salary_to: "null" }, after: {}, board: { salary_to: null } },
  {
    name: "null, then no line: from then on it isn't ours",
    before: { salary_to: "null" },
    after: {},
    hand: { salary_to: 90000 },
    board: { salary_to: 90000 },
  },
  {
    name: "no line, then null where it is empty",
    before: {},
    after: { salary_to: "null" },
    step: "record",
    board: { salary_to: null },
  },
  {
    name: "no line, then null where it isn't",
    before: {},
    after: { salary_to: "null" },
    hand: { salary_to: 90000 },
    ...cleared,
  },
  {
    name: "no line, then what the board has",
    before: {},
    after: to,
    hand: { salary_to: 80000 },
    step: "record",
    board: { salary_to: 80000 },
  },
  {
    name: "a value, then no line where somebody cleared it",
    before: to,
    after: {},
    hand: { salary_to: null },
    step: "record",
    board: { salary_to: null },
  },
];

const clearing = suite("null, missing and empty");
clearing("every row", () =>
  onStage(
    Object.fromEntries(clearings.map(({ before }, n) => [fileOf(n), written(n, before)])),
    async (stage) => {
      const { result } = await stage.apply();
      const ids = new Map(result.results.map(({ key, job_id }) => [key, job_id ?? ""]));
      for (const [n, { after, hand }] of clearings.entries()) {
        await stage.write(fileOf(n), written(n, after));
        if (hand) stage.board.control.putJob({ id: ids.get(keyOf(n)) ?? "", attributes: hand });
      }
      const plan = await stage.plan();
      stage.board.control.clearRequests();
      assert.is((await stage.apply()).code, 0);
      const puts = stage.board.control.requests().filter(({ method }) => method === "PUT");
      const board = await boardOf(stage);
      each(clearings, ({ step, sent, board: wanted }, n) => {
        const steps = stepsOf(plan).filter((one) => one.startsWith(keyOf(n)));
        assert.equal(steps, step === undefined ? [] : [`${keyOf(n)}: ${step}`]);
        const own = puts.filter(({ path }) => path.endsWith(`/${ids.get(keyOf(n))}`)).map(({ body }) => body);
        assert.equal(own, sent === undefined ? [] : [{ job: sent }]);
        const found: object = board(keyOf(n));
        for (const [name, value] of Object.entries(wanted)) assert.equal(found[name as never], value, name);
      });
      await assertAtRest(stage);
    },
  ),
);
clearing.run();

// One instant in all its spellings.

const minute = 60_000;
const untils = [
  "2026-11-30",
  "2026-12-01T0:00",
  '"2026-12-01 00:00"',
  "2026-12-01 0:00:00",
  "2026-12-01T00:00+03:00",
  "2026-12-01T00:00:00.000+0300",
  "2026-12-01 00:00 +03",
  "2026-11-30T21:00Z",
  "2026-11-30t21:00:00z",
  "2026-11-30T9:00-12:00",
].map((name) => ({ name }));
const expiries = [
  "2026-12-31T9:21:19.001+03:00",
  "2026-12-31 09:21:19 +0300",
  "2026-12-31 09:21:19+03",
  "2026-12-31T06:21:19.001Z",
  "2026-12-31 06:21:19 UTC",
  "2026-12-31T16:21:19+10:00",
  "2026-12-30T18:21:19-12:00",
  "2026-12-31 9:21:19",
].map((name) => ({ name }));

const times = suite("one instant in many spellings");
times("publish_until: nothing before it, a close after it, for every row", () =>
  onStage(
    Object.fromEntries(untils.map(({ name }, n) => [fileOf(n), written(n, { publish_until: name })])),
    async (stage) => {
      const until = Date.UTC(2026, 10, 30, 21);
      stage.board.control.freeze(until - 60 * minute);
      await stage.apply();
      stage.board.control.freeze(until - minute);
      await assertAtRest(stage);
      stage.board.control.freeze(until + minute);
      const steps = stepsOf(await stage.plan());
      each(untils, (_, n) => assert.ok(steps.includes(`${keyOf(n)}: close`)));
    },
  ),
);
times("expires_at: nothing but a revival, three days before it, for every row", () =>
  onStage(
    Object.fromEntries(expiries.map((_, n) => [fileOf(n), written(n, { renew: "3d" })])),
    async (stage) => {
      const expiry = Date.UTC(2026, 11, 31, 6, 21, 19);
      const early = expiry - 3 * 24 * 60 * minute;
      stage.board.control.freeze(early - 60 * minute);
      const { result } = await stage.apply();
      const ids = new Map(result.results.map(({ key, job_id }) => [key, job_id ?? ""]));
      const jobs = new Map(stage.jobs().map(({ id, attributes }) => [id, attributes]));
      const data = expiries.map(({ name }, n) => {
        const id = ids.get(keyOf(n)) ?? "";
        const { profession_id: _, ...shown } = jobs.get(id) ?? {};
        return { id, type: "job", attributes: { ...shown, status: "active", expires_at: name } };
      });
      const list = { method: "GET", path: "/jobs\\?.*page\\[number\\]=1" };
      stage.board.control.setFaults([{ match: list, do: { kind: "status", status: 200, body: { data } } }]);
      stage.board.control.freeze(early - minute);
      await assertAtRest(stage);
      stage.board.control.freeze(early + minute);
      assert.equal(
        stepsOf(await stage.plan()).sort(),
        expiries.map((_, n) => `${keyOf(n)}: revive`),
      );
    },
  ),
);
times.run();
