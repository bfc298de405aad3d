// vac applications: list, proceed, triage, over real HTTP.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type ApplicationsFlags, applicationsList } from "../../src/commands/applications.ts";
import { applicationsProceed, type ProceedFlags } from "../../src/commands/proceed.ts";
import { applicationsTriage, type TriageFlags } from "../../src/commands/triage.ts";
import { onStage, type Stage, vacancyFile } from "./harness.ts";
import { applyInside, commandInside, planInside } from "./inside.ts";
import { json } from "./outputs.ts";

const list = (stage: Stage, flags: Partial<ApplicationsFlags> = {}) =>
  commandInside<ApplicationsFlags>(stage, applicationsList, {
    ...{ csv: false, limit: 50, all: false, keys: [], jobs: [], status: [], contacts: false },
    ...flags,
  });
const proceed = (stage: Stage, ids: string[], status = "invited", flags: Partial<ProceedFlags> = {}) =>
  commandInside<ProceedFlags>(stage, applicationsProceed, { ids, status, ...flags });
const triage = (stage: Stage, flags: Partial<TriageFlags> = {}, answer?: () => string) =>
  commandInside<TriageFlags>(
    stage,
    applicationsTriage,
    { dryRun: false, autoApprove: false, ...flags },
    answer && (async () => answer()),
  );
const idsOf = (ended: { out: string; err: string }, schema = "applications"): string[] =>
  json(schema, ended).items.map(({ id }: { id: string }) => id);

const now = Date.parse("2026-12-01T12:00:00Z");
const ago = (days: number): number => now - days * 86_400_000;
const rules = `triage:
  - { when: { vacancy: moscow/*, status: unread, older_than: 14d }, set: declined }
  - { when: { status: missed }, set: rejected }
`;

/** Two vacancies on the board, and a job by hand; six applications. */
async function staged(story: (stage: Stage) => Promise<void>, config = ""): Promise<void> {
  const files = {
    "moscow/baker.yaml": vacancyFile(),
    "kazan/cook.yaml": vacancyFile({ title: "Повар", address: "Казань, улица Баумана, 1" }),
    ...(config !== "" && { "_config.yaml": config }),
  };
  await onStage(files, async (stage) => {
    const { control } = stage.board;
    control.freeze(now);
    await applyInside(stage);
    const jobs = new Map(control.state().jobs.map(({ id, attributes }) => [attributes.title, id]));
    const [baker = "", cook = ""] = [jobs.get("Пекарь"), jobs.get("Повар")];
    const hand = control.putJob({ attributes: { title: "С сайта" } });
    control.putApplication({ job_id: baker, created_at: ago(20), candidate_id: "889" });
    control.putApplication({ job_id: baker, created_at: ago(20), status: "read" });
    control.putApplication({ job_id: baker, created_at: ago(3) });
    control.putApplication({ job_id: cook, created_at: ago(20), status: "missed" });
    control.putApplication({ job_id: hand, created_at: ago(20) });
    control.putApplication({ job_id: baker, created_at: ago(16) });
    await story(stage);
    assert.equal((await planInside(stage)).changes, []);
  });
}

const lists = suite("applications list");
lists("by vacancy, status and time; contacts only where they are asked for", () =>
  staged(async (stage) => {
    assert.equal(idsOf(await list(stage)), ["1", "2", "3", "4", "5", "6"]);
    assert.equal(idsOf(await list(stage, { keys: ["kazan/*"] })), ["4"]);
    assert.equal(idsOf(await list(stage, { jobs: ["653"] })), ["5"]);
    assert.equal(idsOf(await list(stage, { jobs: ["653"], keys: ["kazan/*"] })), ["4", "5"]);
    assert.equal(idsOf(await list(stage, { jobs: ["4711"] })), []);
    assert.equal(idsOf(await list(stage, { keys: ["moscow/baker"], status: ["unread"] })), ["1", "3", "6"]);
    assert.equal(idsOf(await list(stage, { since: "18d" })), ["3", "6"]);
    assert.equal(idsOf(await list(stage, { since: "2026-11-28" })), ["3"]);
    const plain = await list(stage, { limit: 1 });
    const [item] = json("applications", plain).items;
    assert.equal([item.key, item.candidate_id], ["moscow/baker", "889"]);
    assert.is(item.candidate.experiences.length, 2);
    assert.not.match(plain.out, /phone|79995225324|birthday/);
    const asked = await list(stage, { limit: 1, contacts: true });
    assert.is(json("applications", asked).items[0].candidate.phone, "79995225324");
    const text = await list(stage, { format: "text", logLevel: "trace" });
    assert.match(text.out, /1\s+11 Nov 2026, 15:00\s+unread\s+moscow\/baker\s+Иван Петров\n/);
    assert.match(text.out, /job 653/);
    assert.not.match(text.out + text.err, /7999/);
    const csv = (await list(stage, { csv: true, format: "text", contacts: true })).out;
    assert.match(csv, /^id,key,job_id,status,created_at,recruiter_id,candidate_id,first_name,/);
    assert.match(csv, /\r\n1,moscow\/baker,\d+,unread,[^\r]*,79995225324,/);
    const wrong = await list(stage, { since: "вчера" });
    assert.equal([wrong.code, /--since "вчера" is no date/.test(wrong.err)], [1, true]);
    assert.is((await list(stage, { keys: ["omsk/*"] })).code, 1);
  }),
);
lists.run();

const moves = suite("applications proceed");
moves("several, and the others too where one fails; one alone is an error", () =>
  staged(async (stage) => {
    const several = await proceed(stage, ["1", "99", "3", "1"]);
    assert.is(several.code, 3);
    const { summary, items } = json("proceed", several);
    assert.equal([summary.applied, summary.failed], [2, 1]);
    assert.equal(
      items.map(({ id, key, result }: Record<string, string>) => [id, key, result]),
      [
        ["1", "moscow/baker", "applied"],
        ["99", null, "failed"],
        ["3", "moscow/baker", "applied"],
      ],
    );
    assert.match(items[1].error, /application 99: the board answers 404: Отклик не найден/);
    assert.equal(idsOf(await list(stage, { status: ["invited"] })), ["1", "3"]);
    assert.is((await proceed(stage, ["99"])).code, 1);
    assert.is((await proceed(stage, ["5"], "read", { format: "text" })).code, 0);
  }),
);
const troubles: [name: string, fault: string, result: string, code: number, calls: number][] = [
  ["done, and the answer lost: found by reading", "drop_after", "applied", 0, 1],
  ["not done, and no answer: not told by reading, and not sent again", "drop_before", "unknown", 3, 1],
  ["done, and half an answer", "truncate", "applied", 0, 1],
  ["the session ran out: sent again", "expire_token", "applied", 0, 2],
];
for (const [name, kind, result, code, calls] of troubles) {
  moves(name, () =>
    staged(async (stage) => {
      stage.board.control.clearRequests();
      stage.board.control.setFaults([
        { match: { path: "/proceed$", times: 1 }, do: { kind: kind as "drop_after" } },
      ]);
      const ended = await proceed(stage, ["1"]);
      assert.is(json("proceed", ended).items[0].result, result);
      assert.is(ended.code, code);
      assert.is(stage.count("POST", /\/proceed$/), calls);
    }),
  );
}
moves.run();

const triages = suite("applications triage");
triages("shows its plan, asks, and moves on what the rules are about; then there is nothing to do", () =>
  staged(async (stage) => {
    const dry = await triage(stage, { dryRun: true });
    assert.equal(idsOf(dry, "triage"), ["1", "4", "6"]);
    assert.match(dry.err, /moscow\/\*, unread, older than 14d → declined: 2\n/);
    assert.is(stage.count("POST", /proceed/), 0);
    const alone = await triage(stage);
    assert.equal([alone.code, /nobody can be asked/.test(alone.err)], [1, true]);
    assert.is((await triage(stage, {}, () => "no")).code, 1);
    assert.is(stage.count("POST", /proceed/), 0);
    const done = await triage(stage, { format: "text" }, () => "yes");
    assert.is(done.code, 0);
    assert.match(done.out, /Triage: 3 applications to move on\.[\s\S]*Applications: 3 applied\./);
    assert.equal(idsOf(await list(stage, { status: ["declined"] })), ["1", "6"]);
    assert.equal(idsOf(await list(stage, { status: ["rejected"] })), ["4"]);
    const again = await triage(stage, { autoApprove: true });
    assert.equal([again.code, idsOf(again, "proceed")], [0, []]);
    assert.equal(idsOf(await triage(stage, { dryRun: true }), "triage"), []);
  }, rules),
);
triages("what a person has moved on while the plan was looked at stays theirs", () =>
  staged(async (stage) => {
    // A person invites somebody while the question stands.
    const api = `${stage.board.url}/api/external/v1`;
    const invite = async (): Promise<void> => {
      const session = await fetch(`${api}/session`, {
        method: "POST",
        body: new URLSearchParams({ login: stage.board.login, password: stage.board.password }),
      });
      const { token } = (await session.json()) as { token: string };
      const answer = await fetch(`${api}/applications/1/proceed`, {
        method: "POST",
        headers: { authorization: `Worki ${token}`, "content-type": "application/json" },
        body: '{"application":{"status":"invited"}}',
      });
      assert.is(answer.status, 200);
    };
    const done = await commandInside<TriageFlags>(
      stage,
      applicationsTriage,
      { dryRun: false, autoApprove: false },
      async () => {
        await invite();
        return "yes";
      },
    );
    assert.is(done.code, 0);
    assert.equal(
      json("proceed", done).items.map(({ id, result }: Record<string, string>) => [id, result]),
      [
        ["1", "moved_on"],
        ["4", "applied"],
        ["6", "applied"],
      ],
    );
    assert.equal(idsOf(await list(stage, { status: ["invited"] })), ["1"]);
  }, rules),
);
triages("what the board refuses is one line with its own words; nothing is moved on", () =>
  staged(async (stage) => {
    for (const status of [401, 404, 422, 429, 503]) {
      const body = { errors: [{ detail: "Слова доски" }] };
      const fault = { kind: "status", status, body, retryAfter: 0 } as const;
      stage.board.control.setFaults([{ match: { path: "/applications$" }, do: fault }]);
      const { code, out, err } = await triage(stage, { autoApprove: true });
      assert.equal([code, out], [1, ""], String(status));
      assert.match(err, /^(?:warn: .*\n)?Error: .*Слова доски\n(?:hint: .*\n)?$/);
    }
    assert.is(stage.count("POST", /proceed/), 0);
    stage.board.control.setFaults([]);
  }, rules),
);
triages("without rules it says how one looks; a rule that can't be is told with its line", () =>
  staged(async (stage) => {
    const none = await triage(stage, { dryRun: true });
    assert.equal([none.code, /triage: \[\{ when:/.test(none.err)], [1, true]);
    await stage.write("_config.yaml", "triage:\n  - { when: { older_than: 2 weeks }, set: closed }\n");
    const wrong = await triage(stage, { dryRun: true });
    assert.is(wrong.code, 1);
    assert.match(wrong.err, /_config\.yaml:2:\d+/);
    await stage.remove("_config.yaml");
  }),
);
triages.run();
