// Property runs over bad input, counted. VAC_FUZZ=N runs N times as many; VAC_FUZZ_SEED takes another seed than the
// fixed one. A failure prints seed and path.
import fc from "fast-check";
import * as assert from "uvu/assert";
import { errorText } from "../../src/view/error.ts";

const factor = Number(process.env.VAC_FUZZ ?? 1);
const seed = Number(process.env.VAC_FUZZ_SEED ?? 20_261_130);

let cases = 0;
process.once("exit", () => process.stdout.write(`fuzz cases: ${cases}\n`));

/** Holds a check against `runs` values; throws with seed and path at the first one that fails, made small. */
export async function fuzz<T>(
  values: fc.Arbitrary<T>,
  runs: number,
  check: (value: T) => void | Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      cases += 1;
      await check(value);
    }),
    { seed, numRuns: Math.ceil(runs * factor), includeErrorInReport: true },
  );
}

/** Credentials that nothing else holds, so that any of them in an output is a leak. */
export const secrets = { login: "l0gin-zebra-41", password: "pa55-walrus-83", token: "t0ken-otter-57" };

/** A phone as the state and the board have it. */
export const phone = "79161234567";

/** Holds a text that a person is shown against what must never be in one. */
export function checkShown(text: string): void {
  for (const secret of Object.values(secrets)) assert.not.match(text, secret);
  assert.not.match(text, /Internal error|is not a function|Cannot read propert|Maximum call stack/);
  assert.not.match(text, /^\s+at .*(:\d+:\d+|<anonymous>|node:)/m);
}

/** What a task throws as a person is shown it; undefined if it throws nothing. Fails for whatever isn't an error of ours. */
export async function toldBy(task: () => unknown): Promise<string | undefined> {
  try {
    await task();
    return undefined;
  } catch (error) {
    const text = errorText(error, { colour: false });
    if (text.startsWith("Internal error")) throw error;
    checkShown(text);
    assert.not.match(text, phone, "a phone in an error");
    assert.ok(text.length > "Error: ".length && text.length < 2000, `${text.length} characters`);
    return text;
  }
}
