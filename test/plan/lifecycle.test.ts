import { suite } from "uvu";
import * as assert from "uvu/assert";
import { attributes, day, entry, job, now, planOf, shown, summary, vacancy, type World } from "./world.ts";

/** The board's salary was accepted into a file; here the file still states what it stated before. */
const acceptedWorld = (accepts: "yes" | "no") => ({
  desired: [vacancy()],
  entries: {
    [key]: entry({
      applied: { ...attributes, salary_from: 70000 },
      observed: { ...entry().observed, attributes: { ...shown, salary_from: 70000 } },
      accepted: {
        salary_from: {
          commit: null,
          file: "moscow/baker.yaml",
          path: ["salary_from"],
          before: [60000],
          stated: 70000,
        },
      },
    }),
  },
  jobs: [job({ attributes: { ...shown, salary_from: 70000 } })],
  accepts,
});

const key = "moscow/baker";
const table = suite("lifecycle");
const rows: Record<string, { world: World; want: string[] }> = {
  "active, nothing known, nothing like it": {
    world: { desired: [vacancy()] },
    want: [`${key}: create(new)`],
  },
  "active, nothing known, an equal job": {
    world: { desired: [vacancy()], jobs: [job()] },
    want: [`${key}: adopt(equal on the board) update(not shown by the board)`],
  },
  "active, nothing known, an equal expired job": {
    world: { desired: [vacancy()], jobs: [job({ status: "expired", expiresAt: now - day })] },
    want: [
      `${key}: adopt(equal on the board) update(not shown by the board) revive(adopted, and it is expired)`,
    ],
  },
  "active, nothing known, a twin": {
    world: {
      desired: [vacancy()],
      jobs: [job({ attributes: { ...shown, address: "г. Москва, ул. Еланского, д. 2" } })],
    },
    want: [`${key} held: job 651 on the board may be the same vacancy, with other details`],
  },
  "the same, allowed": {
    world: {
      desired: [vacancy()],
      jobs: [job({ attributes: { ...shown, description: "Другое" } })],
      allow: ["twins"],
    },
    want: [`${key}: create(new)`],
  },
  "a twin that is closed is no second copy": {
    world: {
      desired: [vacancy()],
      jobs: [job({ status: "closed", attributes: { ...shown, description: "Другое" } })],
    },
    want: [`${key}: create(new)`],
  },
  "a job to ignore is neither adopted nor a twin": {
    world: { desired: [vacancy()], jobs: [job()], config: { ignore: ["651"] } },
    want: [`${key}: create(new)`],
  },
  "nothing is created on a list in doubt": {
    world: {
      desired: [vacancy()],
      doubt: { why: "none of the jobs that are known is on the board", isList: false },
    },
    want: [
      `${key} held: it can't be told whether it is on the board already: none of the jobs that are known is on the board`,
    ],
  },
  "active and active, equal": {
    world: { desired: [vacancy()], entries: { [key]: entry() }, jobs: [job()] },
    want: [],
  },
  "active and expired": {
    world: {
      desired: [vacancy()],
      entries: { [key]: entry() },
      jobs: [job({ status: "expired", expiresAt: now - day })],
    },
    want: [`${key}: revive(expired on 30 Nov 2026)`],
  },
  "active and expired, edited meanwhile": {
    world: {
      desired: [vacancy({ attributes: { ...attributes, salary_from: 65000 } })],
      entries: { [key]: entry() },
      jobs: [job({ status: "expired", expiresAt: now - day })],
    },
    want: [`${key}: update(edited) revive(expired on 30 Nov 2026)`],
  },
  "active and expired, revived for this expiry already": {
    world: {
      desired: [vacancy()],
      entries: { [key]: entry({ revivedFor: now - day }) },
      jobs: [job({ status: "expired", expiresAt: now - day })],
    },
    want: [`${key} held: it was revived for this expiry already, and the board still doesn't show it active`],
  },
  "active and expired, renew: never": {
    world: {
      desired: [vacancy({ renew: "never" })],
      entries: { [key]: entry() },
      jobs: [job({ status: "expired", expiresAt: now - day })],
    },
    want: [`${key} held: it expired on 30 Nov 2026, and renew is never`],
  },
  "renewed early, not yet due": {
    world: {
      desired: [vacancy({ renew: { earlyMs: 3 * day } })],
      entries: { [key]: entry() },
      jobs: [job()],
    },
    want: [],
  },
  "renewed early, due": {
    world: {
      desired: [vacancy({ renew: { earlyMs: 3 * day } })],
      entries: { [key]: entry() },
      jobs: [job({ expiresAt: now + 2 * day })],
    },
    want: [`${key}: revive(renewed early)`],
  },
  "renewed because it was asked for": {
    world: { desired: [vacancy()], entries: { [key]: entry() }, jobs: [job()], renew: [key] },
    want: [`${key}: revive(asked for by --renew)`],
  },
  "expired, renew: never, and asked for": {
    world: {
      desired: [vacancy({ renew: "never" })],
      entries: { [key]: entry() },
      jobs: [job({ status: "expired", expiresAt: now - day })],
      renew: [key],
    },
    want: [`${key}: revive(expired on 30 Nov 2026)`],
  },
  "only what came of a commit": {
    world: {
      desired: [vacancy({ attributes: { ...attributes, salary_from: 65000 } })],
      entries: { [key]: entry() },
      jobs: [job({ status: "expired", expiresAt: now - day })],
      only: "commit",
    },
    want: [`${key}: update(edited)`],
  },
  "only what time brought": {
    world: {
      desired: [vacancy({ attributes: { ...attributes, salary_from: 65000 } })],
      entries: { [key]: entry() },
      jobs: [job({ status: "expired", expiresAt: now - day })],
      only: "clock",
    },
    want: [`${key}: revive(expired on 30 Nov 2026)`],
  },
  "only what time brought, on a key that isn't moved in this run": {
    world: {
      desired: [vacancy({ key: "moscow/bread", file: "moscow/bread.yaml" })],
      entries: { [key]: entry() },
      jobs: [job({ status: "expired", expiresAt: now - day })],
      only: "clock",
    },
    want: [],
  },
  "active and closed by somebody": {
    world: { desired: [vacancy()], entries: { [key]: entry() }, jobs: [job({ status: "closed" })] },
    want: [`${key} held: somebody closed it on the board`],
  },
  "the same with reopen_closed": {
    world: {
      desired: [vacancy({ reopenClosed: true })],
      entries: { [key]: entry() },
      jobs: [job({ status: "closed" })],
    },
    want: [`${key}: revive(closed on the board, reopen_closed)`],
  },
  "closed once more before what its reopening paid for has run out, also where the expiry stayed": {
    world: {
      desired: [vacancy({ reopenClosed: true })],
      entries: { [key]: entry({ reopenedAt: now - day }) },
      jobs: [job({ status: "closed" })],
    },
    want: [
      `${key} held: it was opened again on 30 Nov 2026, as reopen_closed says, and somebody closed it once more`,
    ],
  },
  "closed once more after that": {
    world: {
      desired: [vacancy({ reopenClosed: true })],
      entries: { [key]: entry({ reopenedAt: now - 40 * day }) },
      jobs: [job({ status: "closed", expiresAt: now - day })],
    },
    want: [`${key}: revive(closed on the board, reopen_closed)`],
  },
  "active again after we closed it": {
    world: {
      desired: [vacancy()],
      entries: {
        [key]: entry({ closed: { at: now - day, reason: "closed_irrelevant" }, tombstone: "closed" }),
      },
      jobs: [job({ status: "closed" })],
    },
    want: [`${key}: revive(wanted again)`],
  },
  "another vacancy under a key that we closed": {
    world: {
      desired: [
        vacancy({ attributes: { ...attributes, title: "Кассир", profession_id: 90, address: "Тверь" } }),
      ],
      entries: {
        [key]: entry({ closed: { at: now - day, reason: "closed_irrelevant" }, tombstone: "closed" }),
      },
      jobs: [job({ status: "closed" })],
    },
    want: [`${key}: create(another vacancy under this key)`],
  },
  "active and being checked": {
    world: {
      desired: [vacancy()],
      entries: { [key]: entry() },
      jobs: [job({ status: "pending", note: "wait" })],
    },
    want: [`${key} held: the board is still checking it: wait`],
  },
  "active and rejected": {
    world: { desired: [vacancy()], entries: { [key]: entry() }, jobs: [job({ status: "rejected" })] },
    want: [`${key} held: the board rejected it`],
  },
  "active and not published": {
    world: { desired: [vacancy()], entries: { [key]: entry() }, jobs: [job({ status: "hidden" })] },
    want: [`${key} held: it exists, but isn't published`],
  },
  "active and gone": {
    world: { desired: [vacancy()], entries: { [key]: entry() }, gone: ["651"] },
    want: [`${key} held: the board doesn't know job 651 any more`],
  },
  "the same, allowed to be published anew": {
    world: { desired: [vacancy()], entries: { [key]: entry() }, gone: ["651"], allow: ["missing"] },
    want: [`${key}: create(its job is gone)`],
  },
  "closed and active": {
    world: { desired: [vacancy({ status: "closed" })], entries: { [key]: entry() }, jobs: [job()] },
    want: [`${key}: close(status: closed)`],
  },
  "closed and active again by hand": {
    world: {
      desired: [vacancy({ status: "closed" })],
      entries: { [key]: entry({ closed: { at: now - day, reason: "closed_irrelevant" } }) },
      jobs: [job()],
    },
    want: [`${key} held: it was closed, and somebody opened it again on the board`],
  },
  "closed and not active": {
    world: {
      desired: [vacancy({ status: "closed" })],
      entries: { [key]: entry() },
      jobs: [job({ status: "expired" })],
    },
    want: [],
  },
  "closed and never published": { world: { desired: [vacancy({ status: "closed" })] }, want: [] },
  "closed and protected": {
    world: {
      desired: [vacancy({ status: "closed", keep: { ...entry().keep, preventClose: true } })],
      entries: { [key]: entry({ keep: { ...entry().keep, preventClose: true } }) },
      jobs: [job()],
    },
    want: [`${key} held: prevent_close protects it (status: closed)`],
  },
  "past publish_until": {
    world: { desired: [vacancy({ publishUntil: now - day })], entries: { [key]: entry() }, jobs: [job()] },
    want: [`${key}: close(publish_until was 30 Nov 2026)`],
  },
  "new and past publish_until": { world: { desired: [vacancy({ publishUntil: now - day })] }, want: [] },
  "file deleted, active": {
    world: {
      desired: [vacancy({ key: "other", textHash: "b", attributes: { title: "x" }, status: "closed" })],
      entries: { [key]: entry() },
      jobs: [job()],
    },
    want: [`${key}: close(file deleted)`],
  },
  "all files deleted": {
    world: { entries: { [key]: entry() }, jobs: [job()] },
    want: [`${key}: close(file deleted)`, "error empty-workspace"],
  },
  "file deleted, not active": {
    world: { entries: { [key]: entry() }, jobs: [job({ status: "expired" })] },
    want: [`${key}: record(file deleted, its job isn't active)`],
  },
  "file deleted, gone": {
    world: { entries: { [key]: entry() }, gone: ["651"] },
    want: [`${key}: forget(file deleted, and its job is gone)`],
  },
  "file deleted, on_delete: detach": {
    world: { entries: { [key]: entry({ keep: { ...entry().keep, onDelete: "detach" } }) }, jobs: [job()] },
    want: [`${key}: record(file deleted, on_delete: detach)`],
  },
  "file deleted, protected": {
    world: { entries: { [key]: entry({ keep: { ...entry().keep, preventClose: true } }) }, jobs: [job()] },
    want: [`${key} held: its file is deleted, and prevent_close protects it`],
  },
  "file absent, brought by a commit that this branch lacks": {
    world: { entries: { [key]: entry({ commit: "abcdef0123".repeat(4) }) }, jobs: [job()], knows: "no" },
    want: [`${key} held: its file isn't here, and neither is commit abcdef01 that brought it`],
  },
  "file absent, never committed": {
    world: {
      entries: { [key]: entry({ commit: "abcdef0123".repeat(4), uncommitted: true }) },
      jobs: [job()],
      knows: "no",
    },
    want: [
      `${key} held: its file isn't here, and no commit of this history has had it (it came after abcdef01)`,
    ],
  },
  "a value of the board, accepted on a branch that isn't merged": {
    world: acceptedWorld("no"),
    want: [`${key} held: the board's salary_from was accepted into a file, in an edit that isn't here yet`],
  },
  "the same with another edit beside it": {
    world: {
      ...acceptedWorld("no"),
      desired: [vacancy({ attributes: { ...attributes, title: "Пекарь ночью" } })],
    },
    want: [
      `${key}: update(edited)`,
      `${key} held: the board's salary_from was accepted into a file, in an edit that isn't here yet`,
    ],
  },
  "accepted, merged, and then taken back in a commit": {
    world: acceptedWorld("yes"),
    want: [`${key}: update(edited)`],
  },
  "a close that was accepted on a branch that isn't merged": {
    world: {
      desired: [vacancy({ reopenClosed: true })],
      entries: {
        [key]: entry({
          observed: { ...entry().observed, status: "closed" },
          accepted: {
            status: {
              commit: null,
              file: "moscow/baker.yaml",
              path: ["status"],
              before: ["active"],
              stated: "closed",
            },
          },
        }),
      },
      jobs: [job({ status: "closed" })],
      accepts: "no",
    },
    want: [`${key} held: the board's status was accepted into a file, in an edit that isn't here yet`],
  },
  "a job that another workspace manages too": {
    world: {
      desired: [vacancy()],
      entries: { [key]: entry() },
      jobs: [job()],
      elsewhere: new Map([["651", "spb"]]),
    },
    want: [`${key} held: the workspace spb manages job 651 too`],
  },
  "an equal job of another workspace is neither adopted nor bought a second time": {
    world: { desired: [vacancy()], jobs: [job()], elsewhere: new Map([["651", "spb"]]) },
    want: [`${key} held: job 651, which the workspace spb has or may have made, may be the same vacancy`],
  },
  "a job of another workspace, and twins allowed": {
    world: { desired: [vacancy()], jobs: [job()], elsewhere: new Map([["651", "spb"]]), allow: ["twins"] },
    want: [`${key}: create(new)`],
  },
  "a rename of which only the new key is covered": {
    world: {
      desired: [vacancy({ key: "moscow/bread", file: "moscow/bread.yaml" })],
      entries: { [key]: entry() },
      jobs: [job()],
      covers: (one: string) => one === "moscow/bread",
    },
    want: [
      `moscow/bread held: it was renamed from ${key} to moscow/bread, and only one of the two is covered`,
    ],
  },
  "a rename of which only the old key is covered": {
    world: {
      desired: [vacancy({ key: "moscow/bread", file: "moscow/bread.yaml" })],
      entries: { [key]: entry() },
      jobs: [job()],
      covers: (one: string) => one === key,
    },
    want: [`${key} held: it was renamed from ${key} to moscow/bread, and only one of the two is covered`],
  },
  "a tombstone": { world: { entries: { [key]: entry({ tombstone: "closed" }) } }, want: [] },
  "a detached file restored": {
    world: { desired: [vacancy()], entries: { [key]: entry({ tombstone: "detached" }) }, jobs: [job()] },
    want: [`${key}: record(its file is back)`],
  },
  "settings that outlive the file": {
    world: {
      desired: [vacancy({ keep: { ...entry().keep, preventClose: true } })],
      entries: { [key]: entry() },
      jobs: [job()],
    },
    want: [`${key}: record(its settings changed)`],
  },
  "a renamed file keeps its job": {
    world: {
      desired: [vacancy({ key: "moscow/bread", file: "moscow/bread.yaml" })],
      entries: { [key]: entry() },
      jobs: [job()],
    },
    want: ["moscow/bread: move(was moscow/baker)"],
  },
  "renamed with another text and equal content": {
    world: {
      desired: [vacancy({ key: "moscow/bread", file: "moscow/bread.yaml", textHash: "b".repeat(64) })],
      entries: { [key]: entry() },
      jobs: [job()],
    },
    want: ["moscow/bread: move(was moscow/baker)"],
  },
  "renamed and edited, as git tells": {
    world: {
      desired: [
        vacancy({
          key: "moscow/bread",
          file: "moscow/bread.yaml",
          textHash: "b".repeat(64),
          attributes: { ...attributes, salary_from: 1 },
        }),
      ],
      entries: { [key]: entry() },
      jobs: [job()],
      renames: new Map([["moscow/bread.yaml", "moscow/baker.yaml"]]),
    },
    want: ["moscow/bread: move(was moscow/baker) update(edited)"],
  },
  "vanished and new, same title and place": {
    world: {
      desired: [
        vacancy({
          key: "moscow/bread",
          file: "moscow/bread.yaml",
          textHash: "b".repeat(64),
          attributes: { ...attributes, salary_from: 1 },
        }),
      ],
      entries: { [key]: entry() },
      jobs: [job()],
    },
    want: [
      "moscow/baker held: moscow/bread has the same title and place: renamed, or another vacancy?",
      "moscow/bread held: moscow/baker has the same title and place: renamed, or another vacancy?",
    ],
  },
  "three equal files and two equal jobs": {
    world: {
      desired: ["a", "b", "c"].map((name) => vacancy({ key: name, file: `${name}.yaml` })),
      jobs: [job(), job({ ref: { id: "652" } })],
    },
    want: [
      "a: adopt(equal on the board) update(not shown by the board)",
      "b: adopt(equal on the board) update(not shown by the board)",
      "c: create(new)",
    ],
  },
  "a key out of target is left alone": {
    world: {
      desired: [vacancy()],
      entries: { other: entry({ job: { id: "7" }, textHash: "b", applied: { title: "Кассир" } }) },
      jobs: [job({ ref: { id: "7" }, attributes: { ...shown, title: "Кассир", description: "x" } })],
      covers: (name) => name === key,
    },
    want: [`${key}: create(new)`],
  },
};
for (const [name, { world, want }] of Object.entries(rows)) {
  table(name, () => {
    assert.equal(summary(planOf(world)), want);
  });
}
table("the table's plans are the same whatever the order of their input", () => {
  const desired = ["a", "b", "c"].map((name) =>
    vacancy({ key: name, file: `${name}.yaml`, attributes: { ...attributes, title: name } }),
  );
  assert.equal(planOf({ desired }), planOf({ desired: desired.toReversed() }));
});
table.run();

const losses = suite("what a close takes along");
const closing = (services: Record<string, number>): string[] | undefined => {
  const observed = { ...entry().observed, services };
  const desired = [vacancy({ status: "closed" })];
  return planOf({ desired, entries: { [key]: entry({ observed }) }, jobs: [job()] }).changes[0]?.warnings;
};
losses("a promotion that runs", () => {
  assert.equal(closing({ job_highlight: now + day }), [
    "job_highlight is paid until 2 Dec 2026, and is lost",
  ]);
});
losses("none that has ended", () => assert.equal(closing({ job_highlight: now - day }), []));
losses("nothing where nothing is closed", () => {
  const observed = { ...entry().observed, services: { job_highlight: now + day } };
  const desired = [vacancy({ attributes: { ...attributes, salary_from: 1 } })];
  assert.equal(
    planOf({ desired, entries: { [key]: entry({ observed }) }, jobs: [job()] }).changes[0]?.warnings,
    [],
  );
});
losses.run();

const guards = suite("closes");
const many = Array.from({ length: 10 }, (_, index) => `k${index}`);
const entries = Object.fromEntries(many.map((name) => [name, entry({ job: { id: name } })]));
const jobs = many.map((name) => job({ ref: { id: name } }));
const keep = (count: number): World => ({
  desired: many
    .slice(0, count)
    .map((name) => vacancy({ key: name, file: `${name}.yaml`, attributes: { ...attributes } })),
  entries: Object.fromEntries(
    Object.entries(entries).map(([name, value]) => [name, { ...value, file: `${name}.yaml` }]),
  ),
  jobs,
});
for (const [left, guard] of [
  [7, false],
  [6, true],
] as const) {
  guards(`${10 - left} of 10 closes ${guard ? "refuse" : "pass"}`, () => {
    assert.is(planOf(keep(left)).guards.length, guard ? 1 : 0);
    assert.is(planOf({ ...keep(left), allow: ["closes"] }).guards.length, 0);
  });
}
guards("a count caps too", () => {
  assert.is(planOf({ ...keep(8), config: { closeCount: 1 } }).guards.length, 1);
});
guards.run();
