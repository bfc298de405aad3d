import { suite } from "uvu";
import * as assert from "uvu/assert";
import { startEmulator } from "../../src/emulator/index.ts";

const applications = suite("applications");
applications("list, filters, pages, and what a close does to them", async () => {
  const emulator = await startEmulator();
  try {
    const login = await fetch(`${emulator.url}/api/external/v1/session`, {
      method: "POST",
      body: new URLSearchParams({ login: "test", password: "correct" }),
    });
    const { token } = (await login.json()) as { token: string };
    const get = async (query: string) => {
      const answer = await fetch(`${emulator.url}/api/external/v1/applications${query}`, {
        headers: { authorization: `Worki ${token}` },
      });
      return (await answer.json()) as {
        data: { id: string; attributes: { status: string; job_id: number } }[];
        included: { id: string; type: string }[];
      };
    };
    const ids = async (query: string) => (await get(query)).data.map(({ id }) => id);
    const [one, two] = [emulator.control.putJob({}), emulator.control.putJob({})];
    emulator.control.putApplication({ job_id: one, created_at: "2026-01-01T00:00:00Z" });
    emulator.control.putApplication({ job_id: one, status: "reserved", created_at: "2026-02-01T00:00:00Z" });
    emulator.control.putApplication({ job_id: two, status: "improper", created_at: "2026-03-01T00:00:00Z" });
    assert.equal(await ids(""), ["1", "2", "3"]);
    assert.equal(await ids(`?job_id=${one}`), ["1", "2"]);
    assert.equal(await ids("?status=reserved"), ["2"]);
    assert.equal(await ids("?status[]=reserved&status[]=improper"), ["2", "3"]);
    assert.equal(await ids("?created_from=2026-02-01+03%3A00%3A00"), ["2", "3"]);
    assert.equal(await ids("?page[number]=2&page[size]=2"), ["3"]);
    assert.equal(await ids("?page[number]=3&page[size]=2"), []);
    const { data, included } = await get("");
    assert.is(data[0]?.attributes.job_id, Number(one));
    assert.equal(
      included.map(({ type }) => type),
      ["candidate", "candidate", "candidate", "experience", "experience"],
    );
    await fetch(`${emulator.url}/api/external/v1/jobs/${one}/close`, {
      method: "POST",
      headers: { authorization: `Worki ${token}` },
    });
    assert.equal(
      (await get("")).data.map(({ attributes }) => attributes.status),
      ["closed", "reserved", "improper"],
    );
    const proceed = async (id: string, body: unknown) => {
      const answer = await fetch(`${emulator.url}/api/external/v1/applications/${id}/proceed`, {
        method: "POST",
        headers: { authorization: `Worki ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return [answer.status, await answer.text()] as const;
    };
    const [status, text] = await proceed("2", { application: { status: "invited" } });
    assert.is(status, 200);
    assert.equal(JSON.parse(text).data.attributes.status, "invited");
    assert.equal(await ids("?status=invited"), ["2"]);
    assert.equal(await proceed("2", { application: { status: "not_exists" } }), [
      422,
      '{"errors":[{"detail":"Неизвестный статус"}]}',
    ]);
    assert.is((await proceed("2", { status: "read" }))[0], 422);
    assert.is((await proceed("9", { application: { status: "read" } }))[0], 404);
    assert.is((await get("?created_from=вчера")).data, undefined);
    const known = emulator.control.putApplication({ job_id: two, candidate_id: "29638" });
    assert.equal(
      (await get(`?job_id=${two}`)).included.filter(({ type }) => type === "candidate").map(({ id }) => id),
      ["891", "29638"],
    );
    assert.is(known, "4");
    assert.throws(
      () => emulator.control.putApplication({ job_id: two, candidate_id: "1" }),
      /no candidate 1/,
    );
    assert.throws(() => emulator.control.putApplication({ job_id: "1" }), /no job 1/);
    assert.throws(() => emulator.control.putApplication({ job_id: one, status: "new" }), /is none of/);
  } finally {
    await emulator.close();
  }
});
applications.run();
