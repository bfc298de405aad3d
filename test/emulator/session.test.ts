import { suite } from "uvu";
import * as assert from "uvu/assert";
import { login, request, withClient } from "./client.ts";

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const JSON_TYPE = { "Content-Type": "application/json" };
const NO_LOGIN = '{"errors":[{"detail":"Invalid Login"}]}';
const WRONG = '{"errors":[{"detail":"Invalid Auth params"}]}';
const NO_TOKEN = '{"errors":[{"detail":"Invalid JWT Token"}]}';

const sessions = suite("emulator: session");

const REFUSED: [string, string | undefined, Record<string, string>, number, string][] = [
  ["nothing at all (the document's example)", undefined, {}, 422, NO_LOGIN],
  ["a login only", "login=test", FORM, 422, NO_LOGIN],
  ["a password only", "password=correct", FORM, 422, NO_LOGIN],
  ["an empty password", "login=test&password=", FORM, 422, NO_LOGIN],
  ["JSON with nulls", '{"login":null,"password":null}', JSON_TYPE, 422, NO_LOGIN],
  ["a wrong password (the document's example)", "login=test&password=wrong", FORM, 401, WRONG],
  ["a wrong login", "login=other&password=correct", FORM, 401, WRONG],
  ["a wrong password in JSON", '{"login":"test","password":"wrong"}', JSON_TYPE, 401, WRONG],
  ["a password of another type", '{"login":"test","password":["correct"]}', JSON_TYPE, 401, WRONG],
];
for (const [name, body, headers, status, text] of REFUSED) {
  sessions(`refuses ${name}`, () =>
    withClient({}, async ({ emulator }) => {
      const reply = await request(`${emulator.url}/api/external/v1/session`, "POST", body, headers);
      assert.is(reply.status, status);
      assert.is(reply.text, text);
      assert.is(reply.headers.get("content-type"), "application/json; charset=utf-8");
    }),
  );
}

for (const [name, body, headers] of [
  ["a form (the document's example)", "login=test&password=correct", FORM],
  ["JSON", '{"login":"test","password":"correct"}', JSON_TYPE],
] as const) {
  sessions(`gives a token for ${name}`, () =>
    withClient({}, async ({ emulator }) => {
      const reply = await request(`${emulator.url}/api/external/v1/session`, "POST", body, headers);
      assert.is(reply.status, 200);
      assert.equal(Object.keys(reply.json), ["token"]);
      const [header, claims] = reply.json.token
        .split(".")
        .map((part: string) => Buffer.from(part, "base64url").toString());
      assert.is(header, '{"typ":"JWT","alg":"HS256"}');
      assert.is(JSON.parse(claims).exp, Math.ceil(Date.parse("2019-03-14T06:41:29.237Z") / 1000));
    }),
  );
}

const BAD_TOKENS: [string, (token: string) => string][] = [
  ["no header", () => ""],
  ["another scheme", (token) => `Bearer ${token}`],
  ["the bare token", (token) => token],
  ["a token cut short", (token) => `Worki ${token.slice(0, -3)}`],
  ["a word", () => "Worki nonsense"],
  ["changed claims", (token) => `Worki ${token.replace(/\.\w/, ".f")}`],
  ["an unsigned token", (token) => `Worki ${token.replace(/\.[^.]*$/, ".")}`],
];
for (const [name, header] of BAD_TOKENS) {
  sessions(`answers 401 to ${name}`, () =>
    withClient({}, async ({ call, token }) => {
      for (const [method, path] of [
        ["GET", "/jobs"],
        ["POST", "/jobs"],
        ["PUT", "/jobs/1"],
        ["GET", "/professions"],
        ["GET", "/company"],
      ] as const) {
        const reply = await call(method, path, method === "GET" ? undefined : {}, {
          Authorization: header(token),
        });
        assert.is(reply.status, 401, path);
        assert.is(reply.text, NO_TOKEN);
      }
    }),
  );
}

sessions("a token lives as long as it is told to, by the emulator's clock", () =>
  withClient({ tokenLifeMs: 60_000 }, async (client) => {
    client.emulator.control.advance(59_999);
    assert.is((await client.call("GET", "/jobs")).status, 200);
    client.emulator.control.advance(1);
    assert.is((await client.call("GET", "/jobs")).text, NO_TOKEN);
    client.token = await login(client.emulator);
    assert.is((await client.call("GET", "/jobs")).status, 200);
  }),
);

sessions("a new session leaves the old one valid", () =>
  withClient({}, async (client) => {
    await login(client.emulator);
    assert.is((await client.call("GET", "/jobs")).status, 200);
  }),
);

sessions("the credentials can be others", () =>
  withClient({ login: "я", password: "п&=%" }, async ({ emulator, call }) => {
    const body = new URLSearchParams({ login: "я", password: "п&=%" }).toString();
    assert.is((await call("POST", "/session", body, FORM)).status, 200);
    assert.is(emulator.login, "я");
  }),
);

sessions.run();
