import { suite } from "uvu";
import * as assert from "uvu/assert";
import { boardClock } from "../../src/board/vkrabota/clock.ts";

const clock = suite("the board's clock");
const noon = Date.parse("2026-12-01T12:00:00Z");
const header = (ms: number): string => new Date(ms).toUTCString();

clock("is this machine's until an answer has told it, and may go back then", () => {
  const board = boardClock(() => noon);
  assert.is(board.now(), noon);
  assert.is(board.skewMs(), undefined);
  board.tell(header(noon - 60_000));
  assert.is(board.now(), noon - 60_000);
  assert.is(board.skewMs(), -60_000);
});

clock("doesn't go back when an answer tells the same second again", () => {
  let local = noon;
  const board = boardClock(() => local);
  board.tell(header(noon));
  local += 900;
  assert.is(board.now(), noon + 900);
  board.tell(header(noon));
  assert.is(board.now(), noon + 900);
  local += 1_000;
  assert.is(board.now(), noon + 1_000);
});

clock("goes back where one answer was far ahead of the others", () => {
  const board = boardClock(() => noon);
  board.tell(header(noon + 3_600_000));
  assert.is(board.now(), noon + 3_600_000);
  board.tell(header(noon));
  assert.is(board.now(), noon);
});

clock("passes over what is no date", () => {
  const board = boardClock(() => noon);
  board.tell(undefined);
  board.tell("yesterday");
  assert.is(board.skewMs(), undefined);
});
clock.run();
