// Costs for people and for spreadsheets.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Costs } from "../../src/model/costs.ts";
import { costsCsv, costsText } from "../../src/view/costs.ts";
import { csvText } from "../../src/view/csv.ts";

const csv = suite("csv");
const cells: readonly [string | number | null, string][] = [
  ["moscow", "moscow"],
  [1200, "1200"],
  [-1, "-1"],
  [null, ""],
  ["=1+1", "'=1+1"],
  ["+7", "'+7"],
  ["-1", "'-1"],
  ["@x", "'@x"],
  ["\tx", "'\tx"],
  ["＝1", "'＝1"],
  [" =1", "' =1"],
  ["\n=1", '"\'\n=1"'],
  ["\r\t@x", '"\'\n\t@x"'],
  ["\u200b\u202e=1", "'=1"],
  ["\u0000+7", "'+7"],
  ["a\u001b[31mb", "a[31mb"],
  ['=A1,"x"', `"'=A1,""x"""`],
  ["a,b", '"a,b"'],
  ["a\r\nb", '"a\nb"'],
  [" a", '" a"'],
  [".", "."],
];
for (const [cell, want] of cells)
  csv(JSON.stringify(cell), () => assert.is(csvText([[cell, "x"]]), `${want},x\r\n`));
csv.run();

const view = suite("costs as text");
const costs: Costs = {
  month: "2026-12",
  timezone: "Europe/Moscow",
  board: "emulator",
  account: "1",
  ledger: { known: true, since: "2026-12-12T09:00:00.000Z", whole: false },
  rows: [
    { folder: ".", code: "job_publish", account: "company", units: 1, wallet: 0 },
    { folder: "=cmd", code: "job_publish", account: "company", units: 2, wallet: 2400_00 },
    { folder: null, code: "job_refresh", account: "bonus", units: 1, wallet: 0 },
  ],
  wallet: 2400_00,
  codes: [
    { code: "job_publish", account: "company", recorded: 3, board: 4 },
    { code: "job_refresh", account: "bonus", recorded: 1, board: 1 },
  ],
  added: [{ code: "job_publish", units: 10 }],
  unmatched: [
    {
      ...{ code: "job_publish", account: "company", recorded: 3, board: 4 },
      creators: [{ creator: "Автопродление\u001b[31m", units: 1 }],
      why: "not bought by this workspace",
    },
    { text: "Кошелёк\n: -1", at: null, creator: "Иван", why: "its time can't be read" },
  ],
};
view("every part", () => {
  assert.is(
    costsText(costs, { colour: false, width: 80 }).replaceAll("\u202f", " "),
    `Spent in 2026-12 (Europe/Moscow), account 1

The ledger holds what was spent since 12 Dec 2026, 12:00: not the whole month.

FOLDER     CODE                 UNITS  WALLET
(root)     job_publish          1      0 ₽
=cmd       job_publish          2      2 400 ₽
(unknown)  job_refresh (bonus)  1      0 ₽
From the wallet: 2 400 ₽ at most.

Against the board's transactions, in units:
CODE                 RECORDED  BOARD
job_publish          3         4      differs
job_refresh (bonus)  1         1
Put on the account, bought in advance or given: 10 × job_publish
(The board's transactions may lack what the wallet paid.)

Differences:
  ! job_publish: 3 recorded, the board shows 4
    not bought by this workspace
    on the board by Автопродление[31m: 1
  ! (unknown time): “Кошелёк : -1”, by Иван
    its time can't be read`,
  );
});
view("the same as CSV: rows, kopecks, no formula", () =>
  assert.is(
    costsCsv(costs),
    [
      "month,folder,code,account,units,wallet",
      "2026-12,.,job_publish,company,1,0",
      "2026-12,'=cmd,job_publish,company,2,240000",
      "2026-12,,job_refresh,bonus,1,0",
      "",
    ].join("\r\n"),
  ),
);
view.run();
