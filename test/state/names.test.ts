import { suite } from "uvu";
import * as assert from "uvu/assert";
import { boardFile } from "../../src/state/store.ts";

const test = suite("state file names");

const names: readonly [string, string | RegExp][] = [
  ["emulator", "emulator"],
  ["https://api.example.com", "https_api.example.com"],
  ["https://api.example.com:8443", "https_api.example.com_8443"],
  ["http://127.0.0.1:8443", "http_127.0.0.1_8443"],
  ["https://api.example.com/v1", /^https_api\.example\.com_v1_[0-9a-f]{12}$/],
  ["https://api.example.com/8443", /^https_api\.example\.com_8443_[0-9a-f]{12}$/],
  ["https://API.example.com", /^https_api\.example\.com_[0-9a-f]{12}$/],
  ["https://[::1]:80", /^https_1_80_[0-9a-f]{12}$/],
  ["https://пример.рф", /^https_\.__[0-9a-f]{12}$/],
  ["../../etc/passwd", /^\.\._\.\._etc_passwd_[0-9a-f]{12}$/],
  [`https://${"a".repeat(300)}.com`, /^.{93}$/],
];

for (const [board, name] of names) {
  test(`the files of ${board.slice(0, 40)}`, () => {
    if (typeof name === "string") assert.is(boardFile(board), name);
    else assert.match(boardFile(board), name);
  });
}

test("no two boards share their files", () => {
  assert.is(new Set(names.map(([board]) => boardFile(board).toLowerCase())).size, names.length);
});

test.run();
