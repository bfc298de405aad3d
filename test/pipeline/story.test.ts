// The whole way of a change, as a team sees it: a pull request with its plan, the merge and its result, quiet nights, and
// a hand edit on the board that becomes a commit. Every step runs here as its runner runs it.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { JobResult } from "./runner.ts";
import { baker, checkPlayed, onTeam, went } from "./team.ts";

const test = suite("pipeline: the whole story");

test("from a branch to the board and back", () =>
  onTeam(async (team) => {
    const { hub, github } = team;
    hub.git("checkout", "-q", "-b", "raise");
    await hub.edit(baker, "60000", "65000");
    hub.push("More for bakers");
    const planned = await team.plan(1);
    went(planned);
    assert.equal(
      planned.artifacts.map((text) => JSON.parse(text).summary.update),
      [1],
    );
    assert.is(github.commentsOn(1).length, 1);
    assert.match(github.commentsOn(1)[0]?.body ?? "", /salary\\?_from/);

    await hub.edit(baker, "65000", "70000");
    hub.push("Even more");
    went(await team.plan(1));
    assert.is(github.commentsOn(1).length, 1, "the same comment");
    assert.match(github.commentsOn(1)[0]?.body ?? "", /70/);

    went(await team.merge(1, "raise"));
    const [job] = hub.board.control.state().jobs;
    assert.is(job?.attributes.salary_from, 70000);
    assert.match(github.commentsOn(1)[0]?.body ?? "", /1 updated/);
    assert.is(hub.git("ls-remote", "origin", "refs/heads/vac-state").split("\n").length, 1);
    assert.is((await team.vac("plan", "--detailed-exitcode")).code, 0);

    const quiet = await team.nightly();
    went(quiet.clock as JobResult);
    assert.is(quiet.left?.result, "skipped");
    assert.equal(github.issues, []);

    hub.board.control.putJob({ id: job?.id ?? "", attributes: { title: "Пекарь срочно" } });
    went((await team.nightly()).clock as JobResult);
    assert.is(github.issues.length, 1);
    assert.match(github.issues[0]?.body ?? "", /срочно/);

    const accepted = await team.vac("drift", "--accept", "moscow/baker");
    assert.is(accepted.code, 0, accepted.err);
    went(await team.pushed(hub.push("The board's title")));
    assert.match(await hub.read(baker), /^title: Пекарь срочно$/m);
    went((await team.nightly()).clock as JobResult);
    assert.is(github.issues.filter(({ state }) => state === "open").length, 0);
    assert.is((await team.vac("plan", "--detailed-exitcode")).code, 0);
  }));

test("each step was played", () => checkPlayed("story"));

test.run();
