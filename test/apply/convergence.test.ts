// Generated stories: whatever people and time do, one apply converges or holds, and nothing is bought that the plan
// didn't show.
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { emptyState } from "../../src/model/state.ts";
import type { Vacancy } from "../../src/model/vacancy.ts";
import { applyEvent, copyState } from "../../src/state/events.ts";
import type { StateSession } from "../../src/state/store.ts";
import { attributes, day, now, summary, vacancy } from "../plan/world.ts";
import { MemoryBoard } from "./memory-board.ts";
import { announced, applyRound, planRound, sentAs } from "./round.ts";

/** What may happen between two rounds; `n` names one of a few vacancies. */
type Happening =
  | { readonly what: "write"; readonly n: number; readonly salary: number | null }
  | { readonly what: "set"; readonly n: number; readonly change: Partial<Vacancy> }
  | {
      readonly what: "delete" | "rename" | "close by hand" | "reopen by hand" | "lose on the board";
      readonly n: number;
    }
  | { readonly what: "edit by hand"; readonly n: number; readonly title: string }
  | { readonly what: "wait"; readonly days: number }
  | { readonly what: "lose the state" };

const n = fc.integer({ min: 0, max: 3 });
const keep = { preventClose: false, closeReason: "closed_irrelevant", onDelete: "close" as const };
const settings: readonly Partial<Vacancy>[] = [
  { status: "closed" },
  { status: "active" },
  { renew: "never" },
  { renew: { earlyMs: 3 * day } },
  { reopenClosed: true },
  { publishUntil: now + 25 * day },
  { keep: { ...keep, preventClose: true } },
  { keep: { ...keep, onDelete: "detach" } },
  { keep: { ...keep, closeReason: "closed_found" } },
  { publication: "super_job_publish" },
];
const by = <W extends Happening["what"]>(what: W) => fc.record({ what: fc.constant(what), n });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant("write" as const),
      n,
      salary: fc.constantFrom(null, 50000, 60000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant("wait" as const), days: fc.constantFrom(1, 20, 28, 31) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant("set" as const), n, change: fc.constantFrom(...settings) }),
  },
  { weight: 2, arbitrary: by("delete") as fc.Arbitrary<Happening> },
  by("rename") as fc.Arbitrary<Happening>,
  by("close by hand") as fc.Arbitrary<Happening>,
  by("reopen by hand") as fc.Arbitrary<Happening>,
  by("lose on the board") as fc.Arbitrary<Happening>,
  fc.record({ what: fc.constant("edit by hand" as const), n, title: fc.constantFrom("Повар", "Пекарь 1") }),
  fc.record({ what: fc.constant("lose the state" as const) }),
);
const nature = fc.record({
  listsInactive: fc.boolean(),
  updatesInactive: fc.boolean(),
  rewrites: fc.constantFrom("no" as const, "at_once" as const, "later" as const),
});

/** A state in memory: what the log and the lock do has tests of its own. */
function memorySession(): StateSession {
  const state = copyState(emptyState("memory", "1", "l"));
  return {
    state,
    lost: new AbortController().signal,
    whyLost: () => undefined,
    append: async (event) => applyEvent(state, event),
    appendNow: (event) => applyEvent(state, event),
    close: async () => undefined,
  };
}

function file(number: number, salary: number | null, key = `v${number}`): Vacancy {
  return vacancy({
    key,
    file: `${key}.yaml`,
    textHash: `${number} ${salary}`,
    attributes: {
      ...attributes,
      title: `Пекарь ${number}`,
      description: `Смена ${number}`,
      address: `Москва, улица Еланского, ${number}`,
      lat: 55 + number,
      salary_from: salary,
    },
  });
}

function happen(event: Happening, files: Map<number, Vacancy>, board: MemoryBoard): void {
  const job = "n" in event ? board.all.find(({ attributes: { lat } }) => lat === 55 + event.n) : undefined;
  const old = "n" in event ? files.get(event.n) : undefined;
  switch (event.what) {
    case "write":
      files.set(event.n, { ...old, ...file(event.n, event.salary, old?.key) });
      return;
    case "set":
      if (old) files.set(event.n, { ...old, ...event.change });
      return;
    case "delete":
      files.delete(event.n);
      return;
    case "rename":
      if (old) files.set(event.n, { ...old, key: `${old.key}x`, file: `${old.key}x.yaml` });
      return;
    case "close by hand":
      if (job) job.status = "closed";
      return;
    case "reopen by hand":
      if (job?.status === "closed")
        Object.assign(job, { status: "active", expiresAt: board.clock + 30 * day });
      return;
    case "lose on the board":
      if (job) board.gone.add(job.id);
      return;
    case "edit by hand":
      if (job) job.attributes = { ...job.attributes, title: event.title };
      return;
    case "wait":
      board.wait(event.days * day);
      return;
  }
}

const generated = suite("generated stories");
generated("one apply converges or holds, and does what its plan showed", async () => {
  await fc.assert(
    fc.asyncProperty(nature, fc.array(happening, { minLength: 1, maxLength: 12 }), async (kind, story) => {
      const board = new MemoryBoard(kind);
      const files = new Map<number, Vacancy>();
      let session = memorySession();
      for (const event of story) {
        if (event.what === "lose the state") session = memorySession();
        else happen(event, files, board);
        if (files.size === 0) continue;
        board.calls.length = 0;
        const { plan, result } = await applyRound(board, session, [...files.values()]);
        assert.equal(
          result.results.filter(({ status }) => status !== "applied"),
          [],
        );
        // An update that an inactive job refuses comes again after its revival, and costs nothing.
        const sent = new Set(board.calls.map(sentAs));
        assert.equal([...sent].sort(), announced(plan).sort());
        const unrepeated = board.calls.filter((call) => call.do !== "update");
        assert.is(unrepeated.length, new Set(unrepeated.map(sentAs)).size);
        const after = (await planRound(board, session, [...files.values()])).plan;
        assert.equal(
          summary(after).filter((line) => !line.includes(" held: ")),
          [],
        );
      }
      // One revival of each expiry; one that was closed by us and wanted again is another matter.
      const revived = board.charges.filter((charge) => /^revive \d+, expired/.test(charge));
      assert.is(new Set(revived).size, revived.length);
      // A person may open a second copy by hand; we never do.
      if (story.some(({ what }) => what === "reopen by hand")) return;
      const active = board.all
        .filter((job) => board.status(job) === "active" && !board.gone.has(job.id))
        .map(({ attributes: { lat } }) => lat);
      assert.is(new Set(active).size, active.length);
    }),
    { numRuns: Number(process.env.VAC_TEST_RUNS ?? 1500) },
  );
});
generated.run();

const trouble = suite("a run that can't go on");
trouble("what is thrown in one step ends the run, and the report tells of all", async () => {
  const board = new MemoryBoard({ listsInactive: true, updatesInactive: true, rewrites: "no" });
  const session = memorySession();
  let left = 5;
  const failing: StateSession = {
    ...session,
    append: async (event) => {
      left -= 1;
      if (left < 0) throw new Error("the disk is full");
      return session.append(event);
    },
  };
  const files = Array.from({ length: 6 }, (_, number) => file(number, 1));
  const { result } = await applyRound(board, failing, files);
  const { summary: counts } = result;
  assert.is(counts.applied + counts.unknown + counts.not_started, 6);
  assert.ok(counts.unknown > 0 && counts.not_started > 0, JSON.stringify(counts));
  assert.ok(board.all.length <= counts.applied + counts.unknown);
  assert.match(result.results.find(({ status }) => status === "unknown")?.error ?? "", /disk is full/);
});
trouble.run();
