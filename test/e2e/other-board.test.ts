// The main job once more, on a server that shares nothing with the emulator but the document.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Ended, manyFiles, onStage, type Stage, vac, vacancyFile } from "./harness.ts";
import { type OtherBoard, startOtherBoard } from "./other-board.ts";

const day = 86_400_000;

/** The stage's files against the other board. */
async function onOtherBoard(
  files: Record<string, string>,
  story: (files: Stage, board: OtherBoard, run: (...args: string[]) => Promise<Ended>) => Promise<void>,
): Promise<void> {
  await onStage(files, async (stage) => {
    const board = await startOtherBoard();
    try {
      await story(stage, board, (...args) =>
        vac(["-C", stage.dir, "--board", board.url, ...args], stage.env),
      );
    } finally {
      await board.close();
    }
  });
}

const count = (board: OtherBoard, line: RegExp): number => board.log.filter((one) => line.test(one)).length;

const other = suite("another server that follows the document");
other("publish, edit, delete, restore, and an empty plan after each", () =>
  onOtherBoard(manyFiles(120), async (stage, board, run) => {
    const apply = async (): Promise<void> => {
      const { code, err } = await run("apply", "--auto-approve");
      assert.is(code, 0, err);
      const after = await run("plan", "--detailed-exitcode");
      assert.is(after.code, 0, after.out + after.err);
    };
    await apply();
    assert.is(count(board, /^POST \/jobs$/), 120);
    board.log.length = 0;
    await stage.edit("moscow/v0007.yaml", "60000", "65000");
    await apply();
    assert.is(count(board, /^PUT/), 1);
    board.log.length = 0;
    await stage.remove("moscow/v0007.yaml");
    await apply();
    assert.is(count(board, /close$/), 1);
    board.log.length = 0;
    await stage.write(
      "moscow/v0007.yaml",
      (manyFiles(120)["moscow/v0007.yaml"] ?? "").replace("60000", "65000"),
    );
    await apply();
    assert.equal([count(board, /revive$/), count(board, /^POST \/jobs$/)], [1, 0]);
  }),
);
other("time passes, people close jobs, the state is lost", () =>
  onOtherBoard(
    {
      "a.yaml": vacancyFile(),
      "b.yaml": vacancyFile({ title: "Повар", description: "Готовим.", contact_phone: "79990000000" }),
    },
    async (stage, board, run) => {
      await run("apply", "--auto-approve");
      board.clock += 31 * day;
      await run("apply", "--auto-approve");
      assert.is(count(board, /revive$/), 2);
      assert.is((await run("plan", "--detailed-exitcode")).code, 0);
      const [first] = board.jobs;
      if (first) first.closed = true;
      const held = await run("plan", "--detailed-exitcode");
      assert.is(held.code, 0);
      assert.match(held.out, /somebody closed it/);
      if (first) first.closed = false;
      await stage.forget();
      board.log.length = 0;
      await run("apply", "--auto-approve");
      assert.is(count(board, /^POST \/jobs/), 0);
      assert.is((await run("plan", "--detailed-exitcode")).code, 0);
    },
  ),
);
other.run();
