// Dates of files as instants, durations, and settings that depend on neither.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { endOf, readDate, startOf, zoneOf } from "../../src/config/dates.ts";
import { durationMs, showDuration } from "../../src/config/durations.ts";
import { soundConfig } from "../../src/config/index.ts";
import { compile, sourcesOf, told } from "./workspace.ts";

const test = suite("config: dates");

const instants: readonly [written: string, zone: string, end: string][] = [
  ["2027-03-31", "Europe/Moscow", "2027-03-31T21:00:00.000Z"],
  ["2027-12-31", "Asia/Vladivostok", "2027-12-31T14:00:00.000Z"],
  ["2027-03-31T9:00", "Europe/Moscow", "2027-03-31T06:00:00.000Z"],
  ["2027-03-31 09:00:30", "Europe/Moscow", "2027-03-31T06:00:30.000Z"],
  ["2027-03-31T09:00Z", "Europe/Moscow", "2027-03-31T09:00:00.000Z"],
  ["2027-03-31T09:00:00.123+05:00", "Europe/Moscow", "2027-03-31T04:00:00.000Z"],
  ["2027-03-31 09:00 +0530", "Europe/Moscow", "2027-03-31T03:30:00.000Z"],
  ["2027-03-31T09:00-03", "Europe/Moscow", "2027-03-31T12:00:00.000Z"],
  // Clocks jump from 2:00 to 3:00: the time that isn't there is read as before the jump.
  ["2027-03-28T02:30", "Europe/Berlin", "2027-03-28T01:30:00.000Z"],
  ["2027-03-27", "Europe/Berlin", "2027-03-27T23:00:00.000Z"],
  ["2027-03-28", "Europe/Berlin", "2027-03-28T22:00:00.000Z"],
  // Clocks go back from 3:00 to 2:00: the first of the two counts.
  ["2027-10-31T02:30", "Europe/Berlin", "2027-10-31T00:30:00.000Z"],
  // A whole day that one zone left out.
  ["2011-12-29", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
];

test("a day ends where the next one begins, a time is itself", () => {
  for (const [written, name, end] of instants) {
    const [date, zone] = [readDate(written), zoneOf(name)];
    assert.ok(date && zone, written);
    if (date && zone) assert.is(new Date(endOf(date, zone)).toISOString(), end, `${written} ${name}`);
  }
});

test("a day begins at its midnight", () => {
  const [date, zone] = [readDate("2026-12-01"), zoneOf("Europe/Moscow")];
  if (date && zone) assert.is(new Date(startOf(date, zone)).toISOString(), "2026-11-30T21:00:00.000Z");
});

test("what is no date is none", () => {
  const none = [
    "",
    "tomorrow",
    "2027-02-29",
    "2027-3-1",
    "0099-02-30",
    "2027-01-01T25:00",
    "2027-01-01T1",
    "2027-01-01T10:00+15:00",
  ];
  for (const text of none) assert.is(readDate(text), undefined, text);
});

test("zones are those that exist", () => {
  for (const name of ["Europe/Moskow", "", "Mars/Phobos"]) assert.is(zoneOf(name), undefined, name);
});

test("publish_until and promotions are placed in the workspace's zone", () => {
  const { vacancies, diagnostics } = compile({
    "_config.yaml": "timezone: Asia/Yekaterinburg\n",
    "a.yaml":
      "publish_until: 2027-03-31\npromote:\n  - { action: elevation_3d, at: 2026-12-01 9:00 }\n  - { action: job_refresh, every: 5d, until: 2026-12-31 }\n",
    "b.yaml": "publish_until: null\n",
  });
  assert.equal(diagnostics, []);
  const [a, b] = vacancies;
  assert.is(a?.publishUntil, Date.parse("2027-03-31T19:00:00Z"));
  assert.equal(
    a?.promote.map(({ at, until }) => [at, until]),
    [
      [Date.parse("2026-12-01T04:00:00Z"), undefined],
      [undefined, Date.parse("2026-12-31T19:00:00Z")],
    ],
  );
  assert.is(b && "publishUntil" in b, false);
});

test("durations are whole numbers of minutes, hours, days or weeks", () => {
  const known: readonly [string, number | undefined][] = [
    ["10m", 600_000],
    ["36h", 129_600_000],
    ["5d", 432_000_000],
    ["2w", 1_209_600_000],
    ["0m", 0],
    ["05d", undefined],
    ["1.5d", undefined],
    ["5", undefined],
    ["99999999w", undefined],
  ];
  for (const [text, ms] of known) assert.is(durationMs(text), ms, text);
  assert.equal([432_000_000, 129_600_000, 604_800_000].map(showDuration), ["5d", "36h", "1w"]);
});

test("settings have defaults", () => {
  assert.equal(soundConfig(sourcesOf({})), {
    board: "emulator",
    concurrency: 4,
    timezone: "Europe/Moscow",
    closePercent: 30,
    settleAfterMs: 600_000,
    ignore: [],
    state: { backend: "file" },
    prices: {},
    triage: [],
  });
});

test("settings are read", () => {
  const text = `board: https://api.example.org/v1//
concurrency: 8
timezone: Asia/Novosibirsk
guards: { close_percent: 12.5, close_count: 3 }
budget: { per_apply: { wallet: 5000 }, folders: { moscow: { per_month: { job_publish: 2 } } } }
prices: { job_publish: 1200 }
settle_after: 1h
ignore: ["254", " 255 "]
state: { backend: git, remote: origin, ref: refs/heads/vac-state }
background: { file: images/company.jpg, crop: { x: 0, y: 0, w: 640, h: 180 } }
`;
  const { config, diagnostics } = compile({ "_config.yaml": text, "moscow/a.yaml": "renew: never\n" });
  assert.equal(diagnostics, []);
  assert.equal(config, {
    board: "https://api.example.org/v1",
    concurrency: 8,
    timezone: "Asia/Novosibirsk",
    closePercent: 12.5,
    closeCount: 3,
    settleAfterMs: 3_600_000,
    ignore: ["254", "255"],
    state: { backend: "git", remote: "origin", ref: "refs/heads/vac-state" },
    prices: { job_publish: 1200 },
    triage: [],
    budget: { per_apply: { wallet: 5000 }, folders: { moscow: { per_month: { job_publish: 2 } } } },
    background: { file: "images/company.jpg", crop: { x: 0, y: 0, w: 640, h: 180 } },
  });
  assert.equal(soundConfig(sourcesOf({ "_config.yaml": text })), config);
});

test("settings with an error count as not there", () => {
  const compiled = compile({ "_config.yaml": "concurrency: 99\nboard: https://example.org\n" });
  assert.equal(told(compiled), ["_config.yaml:1:14 out-of-range"]);
  assert.is(compiled.config.board, "emulator");
});

test.run();
