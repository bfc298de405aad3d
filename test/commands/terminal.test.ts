// Questions to a person at a terminal.
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { terminalIo } from "../../src/commands/terminal.ts";

const test = suite("terminal");

/** What is heard where somebody types so, and whether the input ends then. */
async function heard(typed: string, ends: boolean): Promise<string | undefined> {
  const stream = () => Object.assign(new PassThrough(), { isTTY: true });
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  const process = Object.assign(new EventEmitter(), { stdin, stdout, stderr, env: {} });
  const io = terminalIo(
    process as unknown as NodeJS.Process,
    () => undefined,
    () => undefined,
  );
  const answer = io.ask?.("Which? ");
  if (ends) stdin.end(typed);
  else stdin.write(typed);
  return answer;
}

const cases: [what: string, typed: string, ends: boolean, want: string | undefined][] = [
  ["a line", "emulator\r", false, "emulator"],
  ["an empty line", "\r", false, ""],
  ["Ctrl-C", "\u0003", false, undefined],
  ["Ctrl-D", "\u0004", false, undefined],
  ["the end of input", "", true, undefined],
];
for (const [what, typed, ends, want] of cases)
  test(`${what} is ${want === undefined ? "no answer" : JSON.stringify(want)}`, async () =>
    assert.is(await heard(typed, ends), want));

test.run();
