// Applications moved on while people move some on too.
import { Writable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Application } from "../../src/board/vkrabota/applications.ts";
import { CallError } from "../../src/board/vkrabota/client.ts";
import type { VkrabotaBoard } from "../../src/board/vkrabota/index.ts";
import type { Io } from "../../src/commands/io.ts";
import { moveAll } from "../../src/commands/triage.ts";
import type { Move } from "../../src/model/triage.ts";

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
const io = { out: nowhere, err: nowhere, guarded: async (_stop: unknown, task: () => unknown) => task() };

/** A board of unread applications to two jobs, taking turns. */
class FakeBoard {
  readonly statuses: Map<string, string>;
  readonly moves: Move[];
  reads = 0;
  sent = 0;
  /** Called with how many were moved on so far. */
  readonly meanwhile: (board: FakeBoard) => void;

  constructor(count: number, meanwhile: (board: FakeBoard) => void) {
    const ids = Array.from({ length: count }, (_, index) => String(index + 1));
    this.statuses = new Map(ids.map((id) => [id, "unread"]));
    this.moves = ids.map((id) => ({
      id,
      key: "k",
      jobId: jobOf(id),
      from: "unread",
      to: "declined",
      rule: 0,
    }));
    this.meanwhile = meanwhile;
  }

  async *applications({ jobId }: { jobId: string }): AsyncGenerator<Application> {
    this.reads += 1;
    for (const [id, status] of this.statuses) if (jobOf(id) === jobId) yield { id, jobId, status };
  }

  async proceed(id: string, status: string): Promise<Application> {
    this.sent += 1;
    this.statuses.set(id, status);
    this.meanwhile(this);
    return { id, jobId: jobOf(id), status };
  }

  triage() {
    return moveAll(io as unknown as Io, this as unknown as VkrabotaBoard, this.moves, 4);
  }
}
const jobOf = (id: string): string => (Number(id) % 2 === 0 ? "even" : "odd");

const triage = suite("triage");
triage(
  "what a person moves on while others are moved on stays theirs; jobs are read every few calls",
  async () => {
    const board = new FakeBoard(400, ({ sent, statuses }) => {
      if (sent === 20) for (const id of ["398", "400"]) statuses.set(id, "invited");
    });
    const { results } = await board.triage();
    assert.equal(
      results.filter(({ result }) => result === "moved_on").map(({ wanted }) => wanted.id),
      ["398", "400"],
    );
    assert.equal([board.statuses.get("398"), board.statuses.get("400")], ["invited", "invited"]);
    assert.is(board.sent, 398);
    assert.equal(
      results.map(({ wanted }) => wanted.id),
      board.moves.map(({ id }) => id),
    );
    assert.ok(board.reads <= 10, String(board.reads));
  },
);
triage("what can't be looked up isn't moved on, and isn't said to be open", async () => {
  const board = new FakeBoard(2, () => undefined);
  // biome-ignore lint/correctness/useYield: it fails before
  board.applications = async function* () {
    throw new CallError("GET /applications: the board answers 503", "unclear", { status: 503 });
  };
  const { results } = await board.triage();
  assert.equal(
    results.map(({ result, error }) => [result, error]),
    [1, 2].map(() => ["failed", "GET /applications: the board answers 503"]),
  );
  assert.is(board.sent, 0);
});
triage.run();
