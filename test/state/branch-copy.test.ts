// The local copy against the branch, and leases against the clock.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { State } from "../../src/model/state.ts";
import { emptyState } from "../../src/model/state.ts";
import { applyEvent, copyState, type StateEvent } from "../../src/state/events.ts";
import { copyWord, forgetWord, joined } from "../../src/state/git/copy.ts";
import { covers, isDue, isLive, isOver, orphaned, parseLease, renewed } from "../../src/state/git/lease.ts";
import { writeLine } from "../../src/state/lines.ts";
import { type Content, fold } from "../../src/state/load.ts";
import { snapshotText } from "../../src/state/snapshot.ts";
import { entry, inFolder, intent } from "./samples.ts";

const names = { snapshot: "the snapshot", log: "the log" };

/** A snapshot of these events. */
function stateOf(events: readonly StateEvent[]): State {
  const state = copyState(emptyState("b", "1", "line"));
  for (const event of events) applyEvent(state, event);
  return state;
}
function contentOf(before: readonly StateEvent[], log: readonly StateEvent[]): Content {
  const state = stateOf(before);
  const head: StateEvent = { event: "base", lineage: "line", serial: state.serial };
  return {
    snapshot: Buffer.from(snapshotText(state)),
    log: log.length === 0 ? undefined : Buffer.from([head, ...log].map(writeLine).join("")),
  };
}

const put: StateEvent = { event: "put", key: "a", entry: entry("1") };
const planned = (id: string): StateEvent => ({ event: "planned", intent: intent(id, id) });
const begun = (id: string): StateEvent => ({ event: "intent", intent: intent(id, id) });
const sent = (id: string): StateEvent => ({ event: "sent", id });
const done = (id: string): StateEvent => ({ event: "done", id, key: id, entry: entry(id) });
const refused = (id: string): StateEvent => ({ event: "refused", id });
const orphans: StateEvent = { event: "orphaned", plan: "p1", at: 99 };
const none: Content = { snapshot: undefined, log: undefined };
const plans = [planned("i"), planned("j")];

const copies = suite("local copy");
for (const [what, local, remote, isLocal, late] of [
  ["there is none: the branch counts", none, contentOf([put], []), false, []],
  ["the branch has nothing: the copy counts", contentOf([put], [sent("i")]), none, true, []],
  ["equal", contentOf([put], plans), contentOf([put], plans), true, []],
  [
    "the copy has gone on",
    contentOf([put], [...plans, begun("i"), done("i")]),
    contentOf([put], plans),
    true,
    [],
  ],
  ["the branch has gone on", contentOf([put], plans), contentOf([put], [...plans, refused("i")]), false, []],
  [
    "both have, and the branch has a call open that the copy knows the end of",
    contentOf([put], [...plans, begun("i"), sent("i"), done("i"), begun("j")]),
    contentOf([put], [...plans, orphans, refused("j")]),
    false,
    [begun("i"), sent("i"), done("i")],
  ],
  [
    "the same where the branch was written whole meanwhile",
    contentOf([put], [...plans, begun("i"), sent("i"), done("i")]),
    contentOf([put, ...plans, orphans], []),
    false,
    [begun("i"), sent("i"), done("i")],
  ],
  [
    "what others have settled is settled",
    contentOf([put], [...plans, begun("i"), done("i"), put]),
    contentOf([put, ...plans, refused("i"), refused("j")], []),
    false,
    [],
  ],
] as [string, Content, Content, boolean, StateEvent[]][])
  copies(what, () => {
    const found = joined(local, remote, names);
    assert.is(found.isLocal, isLocal);
    assert.is(found.content, isLocal ? local : remote);
    assert.equal(found.late, late);
    // Whatever is left over fits.
    const { state } = fold(found.content, names);
    if (state) for (const event of found.late) applyEvent(state, event);
  });
copies("a damaged copy is told of as a file", () => {
  const broken = { ...contentOf([put], plans), log: Buffer.from("x\ny\n") };
  assert.throws(() => joined(broken, contentOf([put], [refused("i")]), names), /the log/);
});
copies("its word is its own: not another folder's, not a copied one's, not after it was forgotten", () =>
  inFolder(async (folder) => {
    const own = join(folder, "branch");
    const word = await copyWord(own);
    assert.is(await copyWord(own), word);
    const copied = join(folder, "copied");
    cpSync(own, copied, { recursive: true });
    assert.is.not(await copyWord(copied), word);
    await forgetWord(own);
    const next = await copyWord(own);
    assert.is.not(next, word);
    rmSync(own, { recursive: true });
    assert.is.not(await copyWord(own), next);
  }),
);
copies.run();

const leases = suite("lease");
const minute = 60_000;
const own = { pid: 1, host: "h", since: "s", token: "t", plan: "p1", machine: "m", ahead: 5000 };
const lease = renewed(own, 0);
for (const [minutes, live, over, may, due] of [
  [0, true, false, true, false],
  [2, true, false, true, true],
  [7.5, true, false, true, true],
  // 30 s for the call and 2 minutes beyond it.
  [7.6, true, false, false, true],
  [10, true, true, false, true],
  [12, true, true, false, true],
  [12.1, false, true, false, true],
] as const)
  leases(
    `after ${minutes} min: ${live ? "respected" : "free"}, ${may ? "calls begin" : "no call begins"}`,
    () => {
      const now = minutes * minute;
      assert.equal(
        [isLive(lease, now), isOver(lease, now), covers(lease, now), isDue(lease, now)],
        [live, over, may, due],
      );
    },
  );
leases("one that was taken away is free at once", () => {
  assert.is(isLive({ ...lease, unlocked: true }, 0), false);
});
leases(
  "calls of a run that is gone may have been made until two minutes before its end, by the board's clock",
  () => {
    assert.equal(orphaned(lease, 60 * minute), { event: "orphaned", plan: "p1", at: 8 * minute + 5000 });
    assert.equal(orphaned({ ...lease, unlocked: true, expires: minute }, minute), {
      event: "orphaned",
      plan: "p1",
      at: minute + 5000,
    });
  },
);
for (const text of ["", "{}", "null", '{"token":1}', JSON.stringify({ ...lease, expires: "soon" })])
  leases(`unreadable: ${text}`, () => {
    assert.throws(
      () => parseLease(Buffer.from(text), "ref:x.lease"),
      /ref:x\.lease: the lease can't be read/,
    );
  });
leases.run();
