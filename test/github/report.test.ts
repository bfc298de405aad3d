// vac report github: what a pull request, a commit and an issue are told, whatever GitHub does.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ApplyResult, Plan } from "../../src/model/plan.ts";
import { vac } from "../e2e/harness.ts";
import { change, plan, publish, update } from "../view/samples.ts";
import type { Fault } from "./fake.ts";
import { events, head, token, Workflow } from "./stage.ts";

const workspace = { workspace: "jobs/vacancies" };
const twoChanges: Plan = plan(
  [
    change("moscow/baker", [update([{ name: "salary_from", prior: 1, desired: 2 }])]),
    change("moscow/cook", [{ step: "create", reason: "new", cause: "commit", cost: publish(120_000) }]),
  ],
  { ...workspace, cost: { wallet: 120_050, codes: [{ code: "job_publish", units: 1, wallet: 120_050 }] } },
);
const applied: ApplyResult = {
  plan_id: "p1",
  ...workspace,
  summary: { applied: 1, failed: 1, unknown: 0, stale: 0, not_started: 0 },
  results: [
    { key: "moscow/baker", step: "update", status: "applied", job_id: "651" },
    {
      key: "moscow/cook",
      step: "create",
      status: "failed",
      job_id: null,
      error: "the board answers 422: Адрес",
    },
  ],
  held: [{ key: "moscow/waiter", job_id: "652", reason: "somebody closed it", hint: "set status: closed" }],
};
const driftOf = (count: number) => ({
  ...workspace,
  board: "emulator",
  account: "1",
  summary: { vacancies: count, fields: count, accepted: 0, left: 0 },
  items: Array.from({ length: count }, (_, index) => ({
    key: `moscow/v${index}`,
    job_id: "651",
    file: "moscow/v.yaml",
    title: "Пекарь",
    fields: [{ name: "title", prior: "А", live: "Б", desired: "А" }],
  })),
});
const problem = {
  severity: "error",
  code: "bad-phone",
  message: "50% wrong:\nphone, you",
  file: "moscow/a,b:c.yaml",
  line: 3,
  column: 5,
  hint: "quote it",
} as const;
const validated = (diagnostics: object[]) => ({
  ...workspace,
  summary: { files: 1, vacancies: 1, errors: diagnostics.length, warnings: 0 },
  diagnostics,
});
const mark = "<!-- vac-report jobs%2Fvacancies -->";

const pulls = suite("a pull request");
pulls("gets one comment, which the next run updates; the head gets the status", async () => {
  await Workflow.run(async (workflow) => {
    const first = await workflow.report(twoChanges);
    assert.is(first.code, 0, first.err);
    const [body = ""] = workflow.bodies();
    assert.ok(body.startsWith(`${mark}\n\n### vac plan: <code>jobs/vacancies</code>`), body);
    assert.match(body, /\*\*Plan: 1 to create, 1 to update; 0 unchanged\.\*\*/);
    assert.match(
      body,
      /<code>aaaaaaaa<\/code>, \[this run\]\(https:\/\/github\.com\/octo\/bread\/actions\/runs\/42\)/,
    );
    assert.equal(workflow.github.statuses, [
      {
        sha: head,
        context: "vac/jobs/vacancies",
        state: "success",
        description: "Plan: 1 to create, 1 to update; 0 unchanged.",
        target_url: "https://github.com/octo/bread/actions/runs/42",
      },
    ]);
    assert.ok(first.summary.startsWith("### vac plan"), first.summary);
    assert.match(
      first.outputs,
      /^has_changes<<(vac-[0-9a-f-]{36})\ntrue\n\1\nsummary<<\1\nPlan: .*\n\1\ncost<<\1\n1200\.5\n\1\n$/,
    );
    const second = await workflow.report(plan([], workspace, 2));
    assert.is(second.code, 0, second.err);
    assert.is(workflow.bodies().length, 1);
    assert.match(workflow.bodies()[0] ?? "", /Nothing to do: all 2 vacancies/);
    assert.match(second.err, /Comment on #7 updated/);
  });
});
pulls("has our comment found among hundreds, and nobody else's taken for it", async () => {
  await Workflow.run(async (workflow) => {
    const list = workflow.github.commentsOn(7);
    for (let index = 0; index < 230; index += 1)
      workflow.github.add(list, "maria", `${mark}\n\nmine ${index}`);
    const own = workflow.github.add(list, "github-actions[bot]", `${mark}\n\nold`);
    const other = workflow.github.add(list, "github-actions[bot]", "<!-- vac-report other -->\n\nold");
    const { code, err } = await workflow.report(twoChanges);
    assert.is(code, 0, err);
    assert.match(own.body, /1 to create/);
    assert.is(other.body, "<!-- vac-report other -->\n\nold");
    assert.is(list.filter(({ body }) => body.includes("mine")).length, 230);
    assert.is(list.length, 232);
  });
});
pulls("keeps the older of two comments that runs at once have made", async () => {
  await Workflow.run(async (workflow) => {
    const list = workflow.github.commentsOn(7);
    const ids = ["a", "b", "c"].map(
      (text) => workflow.github.add(list, "github-actions[bot]", `${mark}\n${text}`).id,
    );
    assert.is((await workflow.report(twoChanges)).code, 0);
    assert.equal(
      list.map(({ id }) => id),
      [ids[0]],
    );
    assert.match(list[0]?.body ?? "", /1 to create/);
  });
});
const unclear: [string, Fault["does"]][] = [
  ["failed after the work", { is: "status", status: 502, after: true }],
  ["failed before the work", { is: "status", status: 500 }],
  ["hung after the work", { is: "hang", after: true }],
  ["hung before the work", { is: "hang" }],
  ["was answered by a proxy's page", { is: "page", status: 200 }],
];
for (const [name, does] of unclear) {
  pulls(`has one comment where writing it ${name}`, async () => {
    await Workflow.run(async (workflow) => {
      workflow.github.faults.push({ at: /^POST .*comments$/, does });
      const { code, err } = await workflow.report(twoChanges);
      assert.is(code, 0, err);
      assert.is(workflow.bodies().length, 1);
    });
  });
}
pulls("validate: problems make a comment, none make none, mended ones update it", async () => {
  await Workflow.run(async (workflow) => {
    await mkdir(join(workflow.dir, "jobs/vacancies"), { recursive: true });
    assert.is((await workflow.report(validated([]))).code, 0);
    assert.equal(workflow.bodies(), []);
    const told = await workflow.report(validated([problem]));
    assert.is(told.code, 0, told.err);
    assert.is(
      told.out,
      "::error file=jobs/vacancies/moscow/a%2Cb%3Ac.yaml,line=3,col=5,title=bad-phone::50%25 wrong:%0Aphone, you%0A→ quote it\n",
    );
    assert.match(workflow.bodies()[0] ?? "", /\*\*1 file, 1 vacancy: 1 error\.\*\*/);
    assert.is(workflow.github.statuses.at(-1)?.state, "failure");
    await workflow.report(validated([]));
    assert.match(workflow.bodies()[0] ?? "", /no problems/);
    assert.is(workflow.bodies().length, 1);
  });
});
pulls("a workspace that is the repository's root: paths as they are; only so many as are shown", async () => {
  await Workflow.run(async (workflow) => {
    const { out } = await workflow.report(validated(Array.from({ length: 14 }, () => problem)));
    const lines = out.trim().split("\n");
    assert.ok(lines[0]?.startsWith("::error file=moscow/a%2Cb%3Ac.yaml,line=3"), lines[0]);
    assert.is(lines.length, 11);
    assert.match(lines[10] ?? "", /^::notice::4 more/);
  });
});
pulls("a refused plan is a failure", async () => {
  await Workflow.run(async (workflow) => {
    const guards = [{ name: "closes", message: "30 of 40", allow: "--allow closes" }] as const;
    await workflow.report({ ...twoChanges, guards });
    assert.is(workflow.github.statuses[0]?.state, "failure");
    assert.match(workflow.github.statuses[0]?.description ?? "", /^Refused by closes\. Plan: /);
  });
});
pulls("from a fork: the summary is all, and that is no failure", async () => {
  await Workflow.run(async (workflow) => {
    const fork = events.pull({ head: { sha: head, repo: { full_name: "maria/bread" } } });
    for (const payload of [
      fork,
      events.pull({ head: { sha: head, repo: null } }),
      events.pull({ user: { login: "dependabot[bot]" } }),
    ]) {
      const { code, err, summary, outputs } = await workflow.report(twoChanges, { payload });
      assert.is(code, 0, err);
      assert.match(err, /^The summary is all: the pull request /);
      assert.match(summary, /1 to create/);
      assert.match(outputs, /has_changes/);
    }
    assert.equal(workflow.github.requests, []);
    const written = await workflow.report(twoChanges, { event: "pull_request_target", payload: fork });
    assert.is(written.code, 0, written.err);
    assert.is(workflow.bodies().length, 1);
  });
});
pulls("a plan of thousands stays below what GitHub takes, with its counts", async () => {
  await Workflow.run(async (workflow) => {
    const text = "Печём хлеб по сменам, учим с нуля. ".repeat(6);
    const changes = Array.from({ length: 5000 }, (_, index) =>
      change(`f${index % 9}/v${index}`, [
        update([{ name: "description", prior: text, desired: `${text} ${index}` }]),
      ]),
    );
    const { code, err, summary } = await workflow.report(plan(changes, workspace));
    assert.is(code, 0, err);
    const [body = ""] = workflow.bodies();
    assert.ok(body.length <= 65_535 && body.length > 500, String(body.length));
    assert.match(body, /Plan: 5000 to update/);
    assert.match(body, /Not everything fits here: all of it is in \[the run's summary and artifacts\]/);
    assert.ok(Buffer.byteLength(summary) <= 1024 * 1024, String(Buffer.byteLength(summary)));
    assert.match(summary, /Plan: 5000 to update/);
  });
});
pulls.run();

const pushes = suite("a push");
pushes(
  "the result goes to the pull request that the commit came from, the status to the commit",
  async () => {
    await Workflow.run(async (workflow) => {
      workflow.github.pulls.set(head, [
        { number: 5, merged_at: "2026-12-02T00:00:00Z", merge_commit_sha: "c".repeat(40) },
        { number: 7, merged_at: "2026-12-01T00:00:00Z", merge_commit_sha: head },
        { number: 9, merged_at: null, merge_commit_sha: head },
      ]);
      const { code, err } = await workflow.report(applied, { event: "push", payload: events.push });
      assert.is(code, 0, err);
      const [body = ""] = workflow.bodies();
      assert.match(body, /Applied: 1 updated\. 1 failed\./);
      assert.match(body, /- &#43; <code>moscow\/cook<\/code> create: the board answers 422: Адрес/);
      assert.match(body, /→ it wasn't done: mend what the message says/);
      assert.match(
        body,
        /<code>moscow\/waiter<\/code> \(job 652\): somebody closed it<br>→ set status: closed/,
      );
      assert.is(workflow.github.statuses[0]?.sha, head);
      assert.is(workflow.github.statuses[0]?.state, "failure");
    });
  },
);
pushes("without a pull request: the status, and nothing to mend", async () => {
  await Workflow.run(async (workflow) => {
    const { code, err } = await workflow.report(applied, { event: "push", payload: events.push });
    assert.is(code, 0, err);
    assert.match(err, /No comment: the commit came from no pull request/);
    assert.is(workflow.github.statuses.length, 1);
  });
});
pushes.run();

const late = suite("a run that is started again");
late("a plan of what isn't proposed any more leaves the comment alone", async () => {
  await Workflow.run(async (workflow) => {
    const { github } = workflow;
    await workflow.report(twoChanges);
    const [comment] = workflow.bodies();
    const fewer = plan([], workspace);
    github.heads.set(7, "c".repeat(40));
    const older = await workflow.report(fewer);
    assert.is(older.code, 0, older.err);
    assert.match(older.err, /No comment: #7 has other commits by now/);
    assert.match(older.summary, /vac plan/, "the summary is the run's own");
    github.heads.set(7, head);
    github.merged.add(7);
    assert.match((await workflow.report(fewer)).err, /No comment: #7 was merged meanwhile/);
    assert.equal(workflow.bodies(), [comment]);
  });
});
late.run();

const nights = suite("a nightly run");
const nightly = { event: "schedule", payload: {} };
nights(
  "drift opens one issue, keeps it up to date and closes it; what is held stands beside it",
  async () => {
    for (const dropsLabels of [false, true]) {
      await Workflow.run(async (workflow) => {
        workflow.github.dropsLabels = dropsLabels;
        const { issues } = workflow.github;
        workflow.github.add(issues, "maria", "<!-- vac-issue jobs%2Fvacancies -->\n\nmine");
        for (let index = 0; index < 120; index += 1) workflow.github.add(issues, "maria", `issue ${index}`);
        const own = () => issues.filter(({ user }) => user.login === "github-actions[bot]");
        const tell = async (result: object): Promise<void> => {
          const { code, err } = await workflow.report(result, nightly);
          assert.is(code, 0, err);
        };
        await tell(driftOf(0));
        assert.equal(own(), []);
        await tell(driftOf(2));
        assert.is(own().length, 1);
        assert.is(own()[0]?.title, "vac: jobs/vacancies needs a look");
        assert.match(
          own()[0]?.body ?? "",
          /2 changes in 2 vacancies[\s\S]*vac drift --accept[\s\S]*vac apply --only board/,
        );
        await tell({ ...applied, results: [] });
        assert.is(own().length, 1);
        assert.match(own()[0]?.body ?? "", /moscow\/waiter[\s\S]*2 changes in 2 vacancies/);
        await tell(driftOf(1));
        assert.match(own()[0]?.body ?? "", /moscow\/waiter[\s\S]*1 change in 1 vacancy/);
        await tell({ ...applied, results: [], held: [] });
        assert.not.match(own()[0]?.body ?? "", /moscow\/waiter/);
        assert.is(own()[0]?.state, "open");
        await tell(driftOf(0));
        assert.is(own()[0]?.state, "closed");
        await tell(driftOf(1));
        assert.is(own().length, 2, "what was closed stays closed");
        assert.equal(workflow.github.statuses, [], "no commit is marked by what the night found");
      });
    }
  },
);
nights(
  "each cause has a section: what time brings neither clears nor repeats what commits have left",
  async () => {
    await Workflow.run(async (workflow) => {
      const { issues } = workflow.github;
      const tell = async (result: object): Promise<string> => {
        const { code, err } = await workflow.report(result, nightly);
        assert.is(code, 0, err);
        const open = issues.filter(({ state }) => state === "open");
        assert.is(issues.length, 1, "one issue all the time");
        return open[0]?.body ?? "closed";
      };
      const held = (key: string) => [{ key, job_id: null, reason: "the budget", hint: "raise it" }];
      const nothing = { results: [], held: [] };
      const refused = [{ name: "closes", message: "5 of 6 would be closed", allow: "--allow closes" }];
      assert.match(await tell({ ...applied, ...nothing, only: "commit", refused }), /5 of 6 would be closed/);
      assert.match(await tell({ ...applied, ...nothing, only: "clock" }), /5 of 6 would be closed/);
      assert.match(await tell({ ...twoChanges, only: "commit" }), /5 of 6/, "whoever does it tells it");
      const left = await tell(plan([], { ...workspace, only: "commit", held: held("moscow/cook") }));
      assert.match(left, /moscow\/cook/);
      assert.not.match(left, /5 of 6/);
      assert.is(await tell({ ...applied, ...nothing, only: "commit" }), "closed");
    });
  },
);
nights("drift of thousands still fits", async () => {
  await Workflow.run(async (workflow) => {
    const { code, err } = await workflow.report(driftOf(5000), nightly);
    assert.is(code, 0, err);
    assert.match(workflow.github.issues[0]?.body ?? "", /5000 changes in 5000 vacancies/);
  });
});
nights.run();

const faults = suite("where GitHub doesn't do as it is asked");
const refusals: [string, (workflow: Workflow) => void, RegExp][] = [
  [
    "may not comment",
    ({ github }) => github.denied.add("comments"),
    /comment on #7 can't be written: the token may not do that \(403.*\nhint: .*"pull-requests: write" under permissions:/,
  ],
  ["may not set a status", ({ github }) => github.denied.add("statuses"), /hint: .*"statuses: write"/],
  [
    "is limited for long",
    ({ github }) =>
      github.faults.push({
        at: /^POST .*comments$/,
        times: 9,
        does: { is: "status", status: 403, headers: { "retry-after": "600" } },
      }),
    /rate limit is used up, for another 600 s/,
  ],
  [
    "is limited again and again",
    ({ github }) =>
      github.faults.push({
        at: /^POST .*comments$/,
        times: 9,
        does: { is: "status", status: 429, headers: { "retry-after": "5" } },
      }),
    /rate limit is used up, for another 5 s/,
  ],
  [
    "fails all the time",
    ({ github }) =>
      github.faults.push({ at: /^GET .*comments$/, times: 99, does: { is: "status", status: 503 } }),
    /comment on #7 can't be written: fault/,
  ],
  [
    "hangs all the time",
    ({ github }) => github.faults.push({ at: /^POST .*comments$/, times: 99, does: { is: "hang" } }),
    /can't be reached: .*(timeout|aborted)/,
  ],
  [
    "answers with a page",
    ({ github }) =>
      github.faults.push({ at: /^GET .*comments$/, times: 99, does: { is: "page", status: 502 } }),
    /answers 502 with a page instead of JSON/,
  ],
  [
    "doesn't know the token",
    ({ github }) => github.faults.push({ at: /comments$/, times: 99, does: { is: "status", status: 401 } }),
    /doesn't accept GITHUB_TOKEN/,
  ],
];
for (const [name, spoil, want] of refusals) {
  faults(`GitHub ${name}: it is said, summary and outputs are there, and the rest is done`, async () => {
    await Workflow.run(async (workflow) => {
      spoil(workflow);
      const { code, out, err, summary, outputs } = await workflow.report(twoChanges);
      assert.is(code, 1, err);
      assert.match(err, want);
      assert.match(summary, /1 to create/);
      assert.match(outputs, /has_changes/);
      assert.is(workflow.github.statuses.length + workflow.bodies().length, 1);
      assert.not.ok(`${out}${err}${summary}${outputs}`.includes(token), "the token is told nowhere");
      assert.not.match(err, /\n\s+at /);
    });
  });
}
faults("a secret that stands in a result is told nowhere", async () => {
  await Workflow.run(async (workflow) => {
    const changes = [
      change("moscow/baker", [update([{ name: "title", prior: token, desired: `${token}!` }])]),
    ];
    const { code, out, err, summary, outputs } = await workflow.report(plan(changes, workspace));
    assert.is(code, 0, err);
    assert.match(workflow.bodies()[0] ?? "", /\*\*title\*\*/);
    for (const text of [out, err, summary, outputs, ...workflow.bodies()])
      assert.not.ok(text.replaceAll("\u200b", "").includes(token), text);
  });
});
faults("a short rate limit is waited for", async () => {
  await Workflow.run(async (workflow) => {
    workflow.github.faults.push({
      at: /^POST .*comments$/,
      does: { is: "status", status: 403, headers: { "retry-after": "7" } },
    });
    const { code, err } = await workflow.report(twoChanges);
    assert.is(code, 0, err);
    assert.equal(workflow.waits, [7000]);
    assert.is(workflow.bodies().length, 1);
  });
});
faults("a limit that is told in words alone is one too, and no lacking permission", async () => {
  await Workflow.run(async (workflow) => {
    const message =
      "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    workflow.github.faults.push({
      at: /^POST .*comments$/,
      does: { is: "status", status: 403, message, headers: { "x-ratelimit-remaining": "4999" } },
    });
    const { code, err } = await workflow.report(twoChanges);
    assert.is(code, 0, err);
    assert.equal(workflow.waits, [60_000]);
    assert.is(workflow.bodies().length, 1);
  });
});
faults("reads and updates are repeated where they fail once", async () => {
  await Workflow.run(async (workflow) => {
    await workflow.report(twoChanges);
    for (const at of [/^GET .*comments$/, /^PATCH/, /graphql/, /statuses/])
      workflow.github.faults.push({ at, does: { is: "status", status: 502 } });
    const { code, err } = await workflow.report(plan([], workspace, 1));
    assert.is(code, 0, err);
    assert.match(workflow.bodies()[0] ?? "", /as its file says/);
  });
});
faults("a token that can't say whose it is is the workflow's own", async () => {
  await Workflow.run(async (workflow) => {
    workflow.github.viewer = undefined;
    for (let run = 0; run < 2; run += 1) assert.is((await workflow.report(twoChanges)).code, 0);
    assert.is(workflow.bodies().length, 1);
  });
});
faults("an Enterprise server has its API below a path", async () => {
  await Workflow.run(async (workflow) => {
    workflow.github.prefix = "/api/v3";
    const { code, err } = await workflow.report(twoChanges);
    assert.is(code, 0, err);
    assert.is(workflow.bodies().length, 1);
    assert.ok(workflow.github.requests.includes("POST /api/graphql"));
    assert.is(workflow.github.token, `token ${token}`);
  });
});
const wrong: [string, unknown, Record<string, string | undefined>, RegExp][] = [
  [
    "no token",
    twoChanges,
    { GITHUB_TOKEN: undefined },
    /GITHUB_TOKEN isn't set, so the summary is all\nhint: pass GITHUB_TOKEN/,
  ],
  ["no workflow", twoChanges, { GITHUB_REPOSITORY: undefined }, /this isn't a workflow of GitHub/],
  [
    "no event's file",
    twoChanges,
    { GITHUB_EVENT_PATH: "/nowhere/event.json" },
    /the event can't be read from GITHUB_EVENT_PATH/,
  ],
  ["no JSON", "{", {}, /result\.json isn't JSON/],
  ["an empty file", "", {}, /result\.json is empty: the command that should have written it has failed/],
  ["something else", { items: [] }, {}, /is no result of vac\n/],
  ["a broken plan", { ...twoChanges, changes: [{}] }, {}, /is no result of vac plan: \/changes\/0 must have/],
];
for (const [name, result, env, want] of wrong) {
  faults(`${name}: said, and nothing sent`, async () => {
    await Workflow.run(async (workflow) => {
      const { code, err } = await workflow.report(result, { env });
      assert.is(code, 1);
      assert.match(err, want);
      assert.equal(workflow.github.requests, []);
    });
  });
}
faults("the command as a workflow runs it", async () => {
  await Workflow.run(async (workflow) => {
    await workflow.report(twoChanges);
    const env = await workflow.env("pull_request", events.pull());
    const { code, out, err } = await vac(["report", "github", join(workflow.dir, "result.json")], env);
    assert.is(code, 0, err);
    assert.is(out, "");
    assert.is(err, "Comment on #7 updated.\n");
  });
});
faults.run();
