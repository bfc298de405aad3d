// The port holds for a board that is nothing like VK Работа's.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Vacancy } from "../../src/model/vacancy.ts";
import { fileStore } from "../../src/state/store.ts";
import { summary, vacancy } from "../plan/world.ts";
import { FakeBoard } from "./fake-board.ts";
import { applyRound } from "./round.ts";

const day = 86_400_000;

/** One round on a state in files. */
async function round(board: FakeBoard, dir: string, desired: Vacancy[]) {
  const { address, account } = await board.identity();
  const session = await fileStore(dir, address).open({ board: address, account });
  try {
    const { plan, result } = await applyRound(board, session, desired);
    return {
      said: summary(plan),
      statuses: result.results.map(({ status }) => status),
      entries: { ...session.state.entries },
    };
  } finally {
    await session.close();
  }
}

const port = suite("an asynchronous board");
const baker = vacancy({
  key: "baker",
  attributes: { name: "Пекарь", body: "Печём", kind: "b", place: "Москва" },
  publication: "standard",
});

async function inFolder(task: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "vac-port-"));
  try {
    await task(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

port("a ticket, then an id, then quiet; never a second create", () =>
  inFolder(async (dir) => {
    const board = new FakeBoard();
    const first = await round(board, dir, [baker]);
    assert.equal(first.statuses, ["pending"]);
    const waiting = await round(board, dir, [baker]);
    assert.equal(waiting.said, ["baker held: the board is still checking it"]);
    board.moderate("active");
    const accepted = await round(board, dir, [baker]);
    assert.equal(accepted.said, ["baker: record(the board has given it an id)"]);
    assert.equal(accepted.entries.baker?.job, { id: "jt1" });
    assert.equal((await round(board, dir, [baker])).said, []);
    assert.is(board.sent.length, 1);
  }),
);

port("rejected: held with the board's note", () =>
  inFolder(async (dir) => {
    const board = new FakeBoard();
    await round(board, dir, [baker]);
    board.moderate("rejected", "no such trade");
    assert.equal((await round(board, dir, [baker])).said, [
      "baker held: the board rejected it: no such trade",
    ]);
  }),
);

port("an edit, an expiry and a deletion go the same ways as on any board", () =>
  inFolder(async (dir) => {
    const board = new FakeBoard();
    await round(board, dir, [baker]);
    board.moderate("active");
    await round(board, dir, [baker]);
    const edited = { ...baker, attributes: { ...baker.attributes, body: "Печём хлеб" } };
    assert.equal((await round(board, dir, [edited])).said, ["baker: update(edited)"]);
    board.clock += 8 * day;
    assert.equal((await round(board, dir, [edited])).said, ["baker: revive(expired on 8 Dec 2026)"]);
    const other = {
      ...baker,
      key: "other",
      status: "closed" as const,
      textHash: "x",
      attributes: { name: "x" },
    };
    assert.equal((await round(board, dir, [other])).said, ["baker: close(file deleted)"]);
    assert.equal((await round(board, dir, [other])).said, []);
    assert.equal((await round(board, dir, [edited, other])).said, ["baker: revive(wanted again)"]);
    assert.equal((await round(board, dir, [edited, other])).said, []);
  }),
);

port("a background waits for the job's id, and is given once", () =>
  inFolder(async (dir) => {
    const board = new FakeBoard();
    const pictured = { ...baker, background: { file: "p/a.png", hash: "1" } };
    assert.equal((await round(board, dir, [pictured])).statuses, ["pending", "not_started"]);
    assert.equal((await round(board, dir, [pictured])).said, ["baker held: the board is still checking it"]);
    board.moderate("active");
    const accepted = await round(board, dir, [pictured]);
    assert.equal(accepted.said, ["baker: record(the board has given it an id) background(new)"]);
    assert.equal(accepted.entries.baker?.background, { file: "p/a.png", hash: "1" });
    assert.equal((await round(board, dir, [pictured])).said, []);
    assert.equal((await round(board, dir, [baker])).said, ["baker: background(removed from the files)"]);
    assert.equal((await round(board, dir, [baker])).said, []);
    assert.equal(
      board.sent.map((call) => call.do),
      ["create", "picture", "unpicture"],
    );
  }),
);

port.run();
