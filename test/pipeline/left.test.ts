// What a run leaves: undone, held by the budget, or cut short; and who takes it up.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { vacancyFile } from "../e2e/harness.ts";
import type { JobResult } from "./runner.ts";
import { baker, checkPlayed, onTeam, type Team, went } from "./team.ts";

const test = suite("pipeline: left");

const outcomes = ({ steps }: JobResult): Record<string, string> =>
  Object.fromEntries(steps.map(({ name, outcome }) => [name, outcome]));
const openIssues = ({ github }: Team) => github.issues.filter(({ state }) => state === "open");
const fileOf = (n: number): string =>
  vacancyFile({
    title: `Повар ${n}`,
    description: `Готовим, смена ${n}.`,
    address: `Москва, улица Еланского, ${n}`,
  });

test("what an approved run has left undone, a night does", () =>
  onTeam(async (team) => {
    const { hub } = team;
    const refuse = {
      match: { method: "PUT" },
      do: { kind: "status", status: 422, body: { errors: [] } },
    } as const;
    hub.board.control.setFaults([refuse]);
    await hub.edit(baker, "60000", "65000");
    const pushed = await team.pushed(hub.push("More"));
    assert.is(pushed.result, "failure");
    for (const night of ["first", "second"]) {
      const failed = await team.nightly();
      went(failed.clock as JobResult);
      assert.is(failed.left?.result, "failure");
      assert.is(team.github.issues.length, 1, `the ${night} night: one issue that is updated`);
      assert.match(openIssues(team)[0]?.body ?? "", /moscow\/baker/);
    }
    hub.board.control.setFaults([]);
    const third = await team.nightly();
    went(third.clock as JobResult);
    went(third.left as JobResult);
    assert.is(hub.board.control.state().jobs[0]?.attributes.salary_from, 65000);
    assert.equal(openIssues(team), []);
    assert.is((await team.vac("plan", "--detailed-exitcode")).code, 0);
  }));

test("what the budget holds is told until somebody decides", () =>
  onTeam(async (team) => {
    const { hub } = team;
    await hub.edit("vacancies/_config.yaml", "wallet: 30000", "wallet: 100");
    await hub.edit("vacancies/_config.yaml", "timezone:", "prices: { job_publish: 1200 }\ntimezone:");
    went(await team.pushed(hub.push("Hardly any money")));
    hub.board.control.setFunds({ packets: [] });
    hub.board.control.advance(31 * 86_400_000);
    went((await team.nightly()).clock as JobResult);
    assert.is(openIssues(team).length, 1);
    assert.match(openIssues(team)[0]?.body ?? "", /budget/);
    assert.is(hub.board.control.state().ledger.length, 1, "nothing more was bought");
    await hub.write("vacancies/moscow/cook-1.yaml", fileOf(1));
    const refused = await team.pushed(hub.push("A cook"));
    assert.match(refused.summary, /refused, and nothing was changed[\s\S]*budget/);
    went((await team.nightly()).clock as JobResult);
    assert.match(openIssues(team)[0]?.body ?? "", /moscow\/cook-1/, "also of what was merged");
    await hub.edit("vacancies/_config.yaml", "wallet: 100", "wallet: 3000");
    went(await team.pushed(hub.push("Money")));
    went((await team.nightly()).clock as JobResult);
    assert.is(hub.board.control.state().ledger.length, 3);
    assert.equal(openIssues(team), []);
  }));

test("a cancelled run ends in order, and leaves nobody waiting", () =>
  onTeam(async (team) => {
    const { hub } = team;
    for (let n = 1; n <= 6; n += 1) await hub.write(`vacancies/moscow/cook-${n}.yaml`, fileOf(n));
    await hub.edit("vacancies/_config.yaml", "timezone:", "concurrency: 1\ntimezone:");
    const sha = hub.push("Cooks");
    hub.board.control.clearRequests();
    hub.board.control.setOptions({ latencyMs: 100 });
    const isPublishing = (): boolean =>
      hub.board.control.requests().some(({ method, path }) => method === "POST" && path.endsWith("/jobs"));
    const cut = await team.pushed(sha, (step, child) => {
      if (step !== "Apply") return;
      const timer = setInterval(() => {
        if (!isPublishing()) return;
        clearInterval(timer);
        child.kill("SIGINT");
      }, 20);
    });
    hub.board.control.setOptions({ latencyMs: 0 });
    assert.is(cut.result, "cancelled");
    assert.is(outcomes(cut)["Report the result"], "success", "what was done is told");
    const { jobs } = hub.board.control.state();
    assert.ok(jobs.length > 1 && jobs.length < 7, `${jobs.length} jobs`);
    went(await team.pushed(sha));
    assert.is(hub.board.control.state().jobs.length, 7);
    assert.is((await team.vac("plan", "--detailed-exitcode")).code, 0);
  }));

test("each step was played", () => checkPlayed("left"));

test.run();
