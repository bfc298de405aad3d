// Who gets no credentials, files that are wrong, and what a guard refuses.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { vacancyFile } from "../e2e/harness.ts";
import type { JobResult } from "./runner.ts";
import { baker, checkPlayed, onTeam, type Team, went } from "./team.ts";

const test = suite("pipeline: refusals");

const asked = ({ hub }: Team): number => hub.board.control.requests().length;
const outcomes = ({ steps }: JobResult): Record<string, string> =>
  Object.fromEntries(steps.map(({ name, outcome }) => [name, outcome]));
const fileOf = (n: number): string =>
  vacancyFile({
    title: `Повар ${n}`,
    description: `Готовим, смена ${n}.`,
    address: `Москва, улица Еланского, ${n}`,
  });

test("strangers get a plan of what was last seen, without credentials", () =>
  onTeam(async (team) => {
    const { hub, github } = team;
    hub.git("checkout", "-q", "-b", "raise");
    await hub.edit(baker, "60000", "65000");
    hub.push("More for bakers");
    hub.board.control.clearRequests();
    const from = {
      fork: { from: "stranger/bread", association: "NONE" },
      bot: { association: "CONTRIBUTOR" },
    };
    const fork = await team.plan(1, from.fork);
    went(fork);
    assert.match(fork.summary, /1 to update/);
    assert.equal(github.commentsOn(1), [], "its token can't write");
    const bot = await team.plan(2, from.bot);
    went(bot);
    assert.match(github.commentsOn(2)[0]?.body ?? "", /1 to update/);
    for (const job of [fork, bot]) {
      assert.is(outcomes(job).Plan, "skipped");
      assert.is(outcomes(job)["Plan without credentials"], "success");
    }
    assert.is(asked(team), 0, "the board wasn't asked");
  }));

test("files that are wrong are told at their lines, and nothing is planned", () =>
  onTeam(async (team) => {
    const { hub, github } = team;
    hub.git("checkout", "-q", "-b", "wrong");
    await hub.edit(baker, "title: ", "titel: ");
    hub.push("A slip");
    hub.board.control.clearRequests();
    const job = await team.plan(1);
    assert.is(job.result, "failure");
    assert.is(outcomes(job)["Report what is wrong"], "success");
    const { log } = job.steps.find(({ name }) => name === "Report what is wrong") ?? { log: "" };
    assert.match(log, /::error file=vacancies\/moscow\/baker\.yaml,line=2,/);
    assert.match(github.commentsOn(1)[0]?.body ?? "", /titel/);
    assert.is(asked(team), 0);
    await hub.edit(baker, "titel: ", "title: ");
    hub.push("Mended");
    went(await team.plan(1));
    assert.not.match(github.commentsOn(1)[0]?.body ?? "", /titel/);
  }));

test("what only the board knows to be wrong is told at its line too", () =>
  onTeam(async (team) => {
    const { hub, github } = team;
    hub.git("checkout", "-q", "-b", "slip");
    await hub.edit(baker, "profession: пекарь", "profession: пикарь");
    hub.push("A slip");
    const job = await team.plan(1);
    assert.is(job.result, "failure");
    const { log } = job.steps.find(({ name }) => name === "Report what is wrong") ?? { log: "" };
    assert.match(log, /::error file=vacancies\/moscow\/baker\.yaml,line=5,/);
    assert.match(github.commentsOn(1)[0]?.body ?? "", /пикарь/);
    assert.is(github.statuses.at(-1)?.state, "failure");
  }));

test("what a guard refuses is told in the pull request, and lifted by a commit", () =>
  onTeam(async (team) => {
    const { hub, github } = team;
    for (let n = 1; n <= 4; n += 1) await hub.write(`vacancies/moscow/cook-${n}.yaml`, fileOf(n));
    went(await team.pushed(hub.push("Cooks")));
    hub.git("checkout", "-q", "-b", "fewer");
    hub.git("rm", "-q", "vacancies/moscow/cook-*.yaml");
    hub.push("No cooks");
    went(await team.plan(1));
    const job = await team.merge(1, "fewer");
    assert.is(job.result, "failure");
    const told = github.commentsOn(1)[0]?.body ?? "";
    assert.match(told, /vac apply: [\s\S]*Nothing was applied\. 4 not started/);
    assert.match(told, /Vac-Allow: closes/);
    assert.is(github.statuses.at(-1)?.state, "failure");
    assert.is(hub.board.control.state().jobs.filter(({ status }) => status === "active").length, 5);
    hub.git("commit", "-q", "--allow-empty", "-m", "They are meant to go\n\nVac-Allow: closes");
    went(await team.pushed(hub.push("An empty one")));
    assert.is(hub.board.control.state().jobs.filter(({ status }) => status === "active").length, 1);
    assert.is((await team.vac("plan", "--detailed-exitcode")).code, 0);
  }));

test("each step was played", () => checkPlayed("refusals"));

test.run();
