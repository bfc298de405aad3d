// Background pictures against what was given last, as tables.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { GivenPicture, StateEntry } from "../../src/model/state.ts";
import type { Background, Vacancy } from "../../src/model/vacancy.ts";
import { backgroundStep } from "../../src/plan/background.ts";
import { config, day, entry, job, now, planOf, summary, vacancy, type World } from "./world.ts";

const [one, two] = ["1".repeat(64), "2".repeat(64)];
const crop = { x: 1, y: 2, w: 640, h: 180 };
const wanted = (change: Partial<Background> = {}): Background => ({ file: "p/a.png", hash: one, ...change });
const given = (change: Partial<GivenPicture> = {}): GivenPicture => ({
  file: "p/a.png",
  hash: one,
  ...change,
});

const steps: [
  name: string,
  desired: Background | undefined,
  before: GivenPicture | undefined,
  reason: string | undefined,
  fields?: string[],
][] = [
  ["never in the files, never given", undefined, undefined, undefined],
  ["new", wanted(), undefined, "new", ["background: null -> p/a.png"]],
  [
    "new, with a crop",
    wanted({ crop }),
    undefined,
    "new",
    ["background: null -> p/a.png", "background.crop: null -> 640×180 from 1, 2"],
  ],
  ["the same", wanted({ crop }), given({ crop: { h: 180, w: 640, y: 2, x: 1 } }), undefined],
  ["the same bytes under another name", wanted({ file: "b.png" }), given(), undefined],
  [
    "other bytes under the name",
    wanted({ hash: two }),
    given(),
    "another picture",
    ["background.sha256: 111111111111 -> 222222222222"],
  ],
  [
    "another file",
    wanted({ file: "b.png", hash: two }),
    given(),
    "another picture",
    ["background: p/a.png -> b.png"],
  ],
  ["a crop comes", wanted({ crop }), given(), "another crop", ["background.crop: null -> 640×180 from 1, 2"]],
  ["a crop goes", wanted(), given({ crop }), "another crop", ["background.crop: 640×180 from 1, 2 -> null"]],
  ["removed", undefined, given(), "removed from the files", ["background: p/a.png -> null"]],
  [
    "the same, but it may not have arrived",
    wanted(),
    given({ unsure: true }),
    "once more, as nobody knows whether it arrived",
    ["background: null -> p/a.png"],
  ],
  [
    "removed, and it may be there",
    undefined,
    given({ unsure: true }),
    "removed from the files, once more, as nobody knows whether it is there",
    ["background: p/a.png -> null"],
  ],
  ["a file that wasn't read", { file: "p/a.png" }, given({ hash: two }), undefined],
];
const differences = suite("backgrounds: differences");
for (const [name, desired, before, reason, fields = []] of steps) {
  differences(name, () => {
    const step = backgroundStep(desired, before);
    assert.is(step?.reason, reason);
    assert.equal(
      (step?.fields ?? []).map((field) => `${field.name}: ${field.prior} -> ${field.desired}`),
      fields,
    );
    assert.equal(step?.picture, step && desired);
    assert.is(step?.cause ?? "commit", "commit");
  });
}
differences.run();

const pictured = (change: Partial<Vacancy> = {}): Vacancy => vacancy({ background: wanted(), ...change });
const has = (change: Partial<StateEntry> = {}): Record<string, StateEntry> => ({
  "moscow/baker": entry({ background: given(), ...change }),
});
const none = { "moscow/baker": entry() };
const expired = job({ status: "expired", expiresAt: now - day });
const rows: [name: string, world: World, want: string[]][] = [
  [
    "of a new job, in the same change",
    { desired: [pictured()] },
    ["moscow/baker: create(new) background(new)"],
  ],
  [
    "of an adopted job, once",
    { desired: [pictured()], jobs: [job({ ref: { id: "7" } })] },
    ["moscow/baker: adopt(equal on the board) update(not shown by the board) background(new)"],
  ],
  [
    "of an active job",
    { desired: [pictured()], entries: none, jobs: [job()] },
    ["moscow/baker: background(new)"],
  ],
  ["given already", { desired: [pictured()], entries: has(), jobs: [job()] }, []],
  [
    "removed from an active job",
    { desired: [vacancy()], entries: has(), jobs: [job()] },
    ["moscow/baker: background(removed from the files)"],
  ],
  [
    "kept by a revive",
    { desired: [pictured()], entries: has(), jobs: [expired] },
    ["moscow/baker: revive(expired on 30 Nov 2026)"],
  ],
  [
    "changed with a revive, after it",
    { desired: [pictured({ background: wanted({ hash: two }) })], entries: has(), jobs: [expired] },
    ["moscow/baker: revive(expired on 30 Nov 2026) background(another picture)"],
  ],
  [
    "not without the revive, where only commits are applied",
    { desired: [pictured()], entries: none, jobs: [expired], only: "commit" },
    [],
  ],
  [
    "with what only commits change on an active job",
    { desired: [pictured()], entries: none, jobs: [job()], only: "commit" },
    ["moscow/baker: background(new)"],
  ],
  ["not with drift alone", { desired: [pictured()], entries: none, jobs: [job()], only: "board" }, []],
  [
    "of a job that isn't active",
    { desired: [pictured({ renew: "never" })], entries: none, jobs: [expired] },
    ["moscow/baker held: it expired on 30 Nov 2026, and renew is never"],
  ],
  [
    "of a held vacancy",
    {
      desired: [pictured()],
      entries: none,
      gone: ["651"],
      jobs: [job({ ref: { id: "9" }, attributes: {} })],
    },
    ["moscow/baker held: the board doesn't know job 651 any more"],
  ],
  [
    "of a new job in the place of one that is gone",
    { desired: [pictured()], entries: has(), gone: ["651"], allow: ["missing"] },
    ["moscow/baker: create(its job is gone) background(new)"],
  ],
  [
    "a new job has none to remove",
    { desired: [vacancy()], entries: has(), gone: ["651"], allow: ["missing"] },
    ["moscow/baker: create(its job is gone)"],
  ],
  [
    "wanted closed",
    { desired: [pictured({ status: "closed" })], entries: none, jobs: [job()] },
    ["moscow/baker: close(status: closed)"],
  ],
  [
    "closed already",
    { desired: [pictured({ status: "closed" })], entries: none, jobs: [job({ status: "closed" })] },
    [],
  ],
  [
    "a file that vanished",
    {
      desired: [vacancy({ key: "b", file: "b.yaml", attributes: { title: "B" } })],
      entries: {
        ...has(),
        b: entry({
          job: { id: "8" },
          file: "b.yaml",
          applied: { title: "B" },
          observed: { at: now, attributes: { title: "B" } },
        }),
      },
      jobs: [job(), job({ ref: { id: "8" }, attributes: { title: "B" } })],
    },
    ["moscow/baker: close(file deleted)"],
  ],
  [
    "under a new key",
    { desired: [pictured({ key: "b" })], entries: has(), jobs: [job()] },
    ["b: move(was moscow/baker)"],
  ],
  [
    "of what isn't a target",
    { desired: [pictured()], entries: none, jobs: [job()], covers: (key) => key !== "moscow/baker" },
    [],
  ],
];
const plans = suite("backgrounds: plans");
for (const [name, world, want] of rows) plans(name, () => assert.equal(summary(planOf(world)), want));
plans.run();

const own = { background: wanted() };
const accounts: [name: string, world: World, want: string[]][] = [
  ["new", { config: own }, ["_account: background(new)"]],
  ["given already", { config: own, background: given() }, []],
  [
    "changed",
    { config: { background: wanted({ crop }) }, background: given() },
    ["_account: background(another crop)"],
  ],
  ["removed", { background: given() }, ["_account: background(removed from the files)"]],
  ["not a target", { config: own, covers: (key) => key === "moscow/baker" }, []],
  ["a target", { config: own, covers: (key) => key === "_account" }, ["_account: background(new)"]],
  ["by cause", { config: own, only: "clock" }, []],
  [
    "set by another workspace",
    { config: own, backgroundElsewhere: "other" },
    ["_account held: the account has one background, and the workspace other has set it"],
  ],
  [
    "set by both, and not wanted here any more: let go of, nothing is sent",
    { background: given(), backgroundElsewhere: "other" },
    ["_account: forget(the workspace other has it now)"],
  ],
  ["another workspace's alone", { backgroundElsewhere: "other" }, []],
];
const account = suite("backgrounds: the account's own");
for (const [name, world, want] of accounts) account(name, () => assert.equal(summary(planOf(world)), want));
account("it comes with neither a job nor a vacancy", () => {
  const { changes, summary: counts } = planOf({ config: { ...config, ...own } });
  assert.equal(
    changes.map(({ key, job_id, file }) => [key, job_id, file]),
    [["_account", null, "_config.yaml"]],
  );
  assert.is(counts.background, 1);
  assert.is(counts.unchanged, 0);
});
account.run();
