// vac login, jobs, dictionaries.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dictionaryNames } from "../../src/board/vkrabota/names.ts";
import { type DictionariesFlags, dictionariesCommand } from "../../src/commands/dictionaries.ts";
import { type JobsFlags, jobsGet, jobsList } from "../../src/commands/jobs.ts";
import { loginCommand } from "../../src/commands/login.ts";
import { onStage, type Stage, vac, vacancyFile } from "./harness.ts";
import { applyInside, commandInside } from "./inside.ts";
import { json } from "./outputs.ts";

const list = { csv: false, limit: 50, all: false };
const jobs = (stage: Stage, flags: Partial<JobsFlags> = {}) =>
  commandInside<JobsFlags>(stage, jobsList, { ...list, status: [], unmanaged: false, ...flags });
const dictionary = (stage: Stage, flags: Partial<DictionariesFlags>) =>
  commandInside<DictionariesFlags>(stage, dictionariesCommand, { ...list, name: "professions", ...flags });
const idsOf = (ended: { out: string; err: string }): string[] =>
  json("jobs", ended).items.map(({ id }: { id: string }) => id);

const login = suite("login");
login(
  "says whose the credentials are; wrong ones are exit 1 with the board's words, and nothing secret",
  () =>
    onStage({}, async (stage) => {
      const { code, out } = await commandInside(stage, loginCommand, { format: "text" });
      assert.is(code, 0);
      assert.match(out, /accepts the credentials: company 1\./);
      const board = stage.board.url;
      assert.equal(json("login", await commandInside(stage, loginCommand, {})), {
        board,
        company: { id: "1", wallet_id: null },
      });
      const wrong = await vac(["--dir", stage.dir, "--board", board, "login"], {
        VAC_LOGIN: "test",
        VAC_PASSWORD: "horse-battery",
      });
      assert.is(wrong.code, 1);
      assert.match(wrong.err, /Invalid Auth params/);
      assert.not.match(wrong.err + wrong.out, /horse/);
    }),
);
login("an address where nobody is, or where https isn't spoken, is told in one line", () =>
  onStage({}, async (stage) => {
    const troubles: [board: string, says: RegExp][] = [
      [stage.board.url.replace("http:", "https:"), /^Error: .*: https isn't spoken there\nhint: /],
      ["http://127.0.0.1:1", /^Error: .*: nothing listens there \(connection refused\)\nhint: /],
    ];
    for (const [board, says] of troubles) {
      const { code, err } = await commandInside(stage, loginCommand, { board });
      assert.is(code, 1);
      assert.match(err, says);
    }
  }),
);
login("a board that is named needs no workspace; else the folder is wanted", () =>
  onStage({}, async (stage) => {
    const dir = join(stage.dir, "nothing", "here");
    assert.is((await commandInside(stage, loginCommand, { dir, format: "text" })).code, 0);
    for (const board of ["", "emulator"]) {
      const { code, err } = await commandInside(stage, loginCommand, { dir, board });
      assert.equal([code, /doesn't exist/.test(err)], [1, true]);
    }
    assert.is(existsSync(dir), false);
  }),
);
login.run();

const listing = suite("lists");
listing("jobs with their keys; by status, unmanaged, one whole, CSV, a limit", () =>
  onStage({ "moscow/baker.yaml": vacancyFile() }, async (stage) => {
    await applyInside(stage);
    const { control } = stage.board;
    control.putJob({ id: "700", attributes: { title: "=СУММ(1)" } });
    control.putJob({ id: "701", status: "closed" });
    const { items } = json("jobs", await jobs(stage));
    assert.equal(
      items.map(({ id, key, status }: Record<string, string>) => [id, key, status]),
      [
        ["701", null, "closed"],
        ["700", null, "active"],
        ["651", "moscow/baker", "active"],
      ],
    );
    assert.equal(idsOf(await jobs(stage, { status: ["closed", "expired"] })), ["701"]);
    assert.equal(idsOf(await jobs(stage, { unmanaged: true, status: ["active"] })), ["700"]);
    const csv = (await jobs(stage, { csv: true, format: "text" })).out.split("\r\n");
    assert.match(csv[0] ?? "", /^id,key,status,current_publication_type,expires_at,title,/);
    assert.match(csv[2] ?? "", /^700,,active,job_publish,[^,]+,'=СУММ\(1\),/);
    const few = await jobs(stage, { limit: 1, format: "text" });
    assert.match(few.out, /701/);
    assert.match(few.err, /there are more/);
    const one = await commandInside(stage, (io, flags) => jobsGet(io, flags, "651"), { format: "text" });
    assert.match(one.out, /Job 651, vacancy moscow\/baker\n[\s\S]*salary_from\s+60000/);
    const whole = await commandInside(stage, (io, flags) => jobsGet(io, flags, "651"), {});
    assert.is(json("job", whole).key, "moscow/baker");
    const none = await commandInside(stage, (io, flags) => jobsGet(io, flags, "9"), {});
    assert.is(none.code, 1);
    assert.is(none.err, "Error: job 9: the board answers 404: Вакансия не найдена\n");
  }),
);
listing("an account without jobs: said in text, an empty list in JSON, heads in CSV", () =>
  onStage({}, async (stage) => {
    assert.is((await jobs(stage, { format: "text" })).out, "There is no such job.\n");
    assert.equal(json("jobs", await jobs(stage)), { items: [] });
    assert.match((await jobs(stage, { csv: true, format: "text" })).out, /^id,key,[^\n]*\r\n$/);
  }),
);
listing("a list that fails midway is no JSON", () =>
  onStage({}, async (stage) => {
    for (let id = 1; id <= 60; id += 1) stage.board.control.putJob({ id: String(id) });
    stage.board.control.setFaults([{ match: { path: "number\\]=2" }, do: { kind: "status", status: 404 } }]);
    const { code, out, err } = await jobs(stage, { all: true });
    assert.is(code, 1);
    assert.match(err, /Ошибка 404/);
    assert.match(out, /^\{/);
    assert.throws(() => JSON.parse(out));
    stage.board.control.setFaults([{ match: { path: "/jobs" }, do: { kind: "status", status: 404 } }]);
    for (const format of [{}, { csv: true, format: "text" }, { format: "text" }] as const) {
      const none = await jobs(stage, { all: true, ...format });
      assert.equal([none.code, none.out], [1, ""]);
    }
  }),
);
listing("dictionaries: found by slips, with the board's names; categories without credentials", () =>
  onStage({}, async (stage) => {
    assert.equal(json("dictionaries", await dictionary(stage, { search: "пикарь" })), {
      items: [
        { id: "3", title: "пекарь" },
        { id: "105", title: "пекарь-кондитер" },
      ],
      total: 2,
    });
    assert.match(
      (await dictionary(stage, { name: "cities", search: "Тула", format: "text" })).out,
      /^ID\s+NAME\n\d+\s+Тула\n$/,
    );
    assert.match((await dictionary(stage, { search: "космонавт", format: "text" })).out, /Nothing/);
    for (const name of dictionaryNames)
      assert.ok(json("dictionaries", await dictionary(stage, { name, all: true })).total > 10, name);
    const flags = ["--dir", stage.dir, "--board", stage.board.url, "dictionaries"];
    const open = await vac([...flags, "categories", "--limit", "1"]);
    assert.is(open.code, 0);
    assert.match(open.out, /1\s+Общепит/);
    assert.match(open.err, /1 of 14/);
    assert.is((await vac([...flags, "cities"])).code, 1);
  }),
);
listing.run();
