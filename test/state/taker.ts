// A process that takes locks: given files, it waits for a line on stdin, tries each file once, and says which it got.
// It keeps them until it is killed or its stdin ends.
import { LockError } from "../../src/model/errors.ts";
import { takeLock } from "../../src/state/lock.ts";

process.stdout.write("ready\n");
process.stdin.once("data", async () => {
  const got: number[] = [];
  for (const [index, file] of process.argv.slice(2).entries()) {
    try {
      await takeLock(file);
      got.push(index);
    } catch (error) {
      if (!(error instanceof LockError)) throw error;
    }
  }
  process.stdout.write(`${JSON.stringify(got)}\n`);
});
