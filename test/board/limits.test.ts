// Answers beyond measure, and such as no board gives: each an error that names the request, in bounded time and memory.
import type { ServerResponse } from "node:http";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { oneLine, redirectTarget } from "../../src/board/vkrabota/answers.ts";
import type { Call } from "../../src/model/job.ts";
import { type Answer, type Asked, all, throws, withBoard } from "./server.ts";

const isList = ({ path }: Asked): boolean => path.startsWith("/jobs?");
const isSession = ({ path }: Asked): boolean => path === "/session";
const mib = 1024 * 1024;

const sizes = suite("sizes");

/** Sends `size` bytes of JSON, most of them spaces; with no length told unless `length` is. */
const sized =
  (size: number, text: string, length = false) =>
  (response: ServerResponse): void => {
    response.writeHead(200, length ? { "content-length": String(size) } : {});
    const spaces = Buffer.alloc(mib, 32);
    let left = size - text.length;
    const more = (): void => {
      while (left > 0 && !response.destroyed) {
        const part = spaces.subarray(0, Math.min(left, mib));
        left -= part.length;
        if (!response.write(part)) return void response.once("drain", more);
      }
      if (!response.destroyed) response.end(text);
    };
    more();
  };

for (const length of [true, false]) {
  const how = length ? "its length told" : "in pieces";
  sizes(`an answer of 64 MiB is read, ${how}`, () =>
    withBoard(
      (asked) => (isList(asked) ? sized(64 * mib, '{"data":[]}', length) : undefined),
      async (board) => assert.equal(await all(board.jobs()), []),
      { requestMs: 60_000 },
    ),
  );
  sizes(`one byte more is an error that isn't asked for twice, ${how}`, () =>
    withBoard(
      (asked) => (isList(asked) ? sized(64 * mib + 1, '{"data":[]}', length) : undefined),
      async (board, asked) => {
        await throws(() => all(board.jobs()), /GET \S+\/jobs: the answer is longer than 64 MiB/);
        assert.is(asked.filter(isList).length, 1);
      },
      { requestMs: 60_000, concurrency: 1 },
    ),
  );
}
sizes("a log-in that is answered without end", () =>
  withBoard(
    (asked) => (isSession(asked) ? sized(65 * mib, "{}") : undefined),
    async (board, asked) => {
      await throws(() => board.identity(), /POST \S+\/session: the answer is longer than 64 MiB/);
      assert.is(asked.length, 1);
    },
    { requestMs: 60_000 },
  ),
);
sizes("an answer that drips without end is given up", () =>
  withBoard(
    (asked) =>
      isList(asked)
        ? (response) => {
            response.writeHead(200);
            const timer = setInterval(() => response.write(" "), 5);
            response.on("close", () => clearInterval(timer));
          }
        : undefined,
    (board) => throws(() => all(board.jobs()), /GET \S+\/jobs: /),
    { requestMs: 150 },
  ),
);

const nested = (levels: number): string =>
  `{"data":[],"x":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
sizes("as many levels as fit", () =>
  withBoard(
    (asked) => (isList(asked) ? { text: nested(100) } : undefined),
    async (board) => assert.equal(await all(board.jobs()), []),
  ),
);
for (const levels of [101, 100_000]) {
  sizes(`${levels} levels are an error`, () =>
    withBoard(
      (asked) => (isList(asked) ? { text: nested(levels) } : undefined),
      (board) => throws(() => all(board.jobs()), /GET \S+\/jobs: the answer is nested too deeply/),
    ),
  );
}
sizes.run();

const wires = suite("what isn't an answer");
/** Bytes instead of an HTTP answer. */
const raw =
  (bytes: string) =>
  (response: ServerResponse): void => {
    response.socket?.end(bytes);
  };
const odd: Record<string, [Answer, RegExp]> = {
  "a packed body": [
    { headers: { "content-encoding": "gzip" }, text: "\u001f\u008b" },
    /the answer is encoded \(gzip\), which wasn't asked for/,
  ],
  "a long header": [{ headers: { "x-bomb": "x".repeat(100_000) }, json: { data: [] } }, /Header overflow/],
  "another protocol": [
    raw("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"),
    /another protocol/,
  ],
  "no HTTP": [raw("SSH-2.0-OpenSSH_9\r\n"), /Parse Error/],
  "two lengths": [raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}"), /Parse Error/],
  "an early end": [raw(""), /hang up|closed|reset/],
};
for (const [name, [answer, says]] of Object.entries(odd)) {
  wires(name, () =>
    withBoard(
      (asked) => (isList(asked) ? answer : undefined),
      (board) => throws(() => all(board.jobs()), says),
    ),
  );
  wires(`${name}, to a create: unclear`, () =>
    withBoard(
      ({ method, path }) => (method === "POST" && path === "/jobs" ? answer : undefined),
      async (board, asked) => {
        const [outcome] = await board.send([{ do: "create", attributes: {}, publication: "job_publish" }]);
        assert.is(outcome?.is, "unclear");
        assert.is(asked.filter(({ method, path }) => method === "POST" && path === "/jobs").length, 1);
      },
    ),
  );
}
wires.run();

const redirects = suite("redirects");
const target = "https://me:t0ken@elsewhere.example/path?token=t0ken#t0ken";
const moved: Answer = { status: 307, headers: { location: target } };
const says = /redirects \(307\) to https:\/\/elsewhere\.example\/path, which isn't followed/;
const calls: readonly Call[] = [
  { do: "create", attributes: {}, publication: "job_publish" },
  { do: "update", job: { id: "1" }, attributes: { title: "a" } },
  { do: "close", job: { id: "1" }, reason: "closed_found" },
  { do: "revive", job: { id: "1" }, publication: "job_publish" },
  { do: "buy", job: { id: "1" }, action: "job_refresh", account: "company" },
  { do: "unpicture", target: { id: "1" } },
];
for (const call of calls) {
  redirects(`in answer to ${call.do}: unclear, with the target`, () =>
    withBoard(
      (asked) => (isSession(asked) ? undefined : moved),
      async (board) => {
        const [outcome] = await board.send([call]);
        assert.is(outcome?.is, "unclear");
        assert.match(outcome?.is === "unclear" ? outcome.cause : "", says);
        assert.not.match(JSON.stringify(outcome), /t0ken/);
      },
    ),
  );
}
const reads: Record<string, (board: Parameters<Parameters<typeof withBoard>[1]>[0]) => Promise<unknown>> = {
  "the list": (board) => all(board.jobs()),
  "a job": (board) => board.job({ id: "1" }),
  "the funds": (board) => board.funds(),
  transactions: (board) => all(board.transactions()),
};
for (const [name, read] of Object.entries(reads)) {
  redirects(`in answer to a read of ${name}`, () =>
    withBoard(
      (asked) => (isSession(asked) ? undefined : moved),
      (board) => throws(() => read(board), says),
    ),
  );
}
redirects("in answer to a log-in: asked once, and nothing was sent there", () =>
  withBoard(
    () => moved,
    async (board, asked) => {
      await throws(() => board.identity(), says);
      assert.is(asked.length, 1);
    },
  ),
);
const targets: readonly [string | undefined, string][] = [
  [undefined, "an address that it doesn't name"],
  ["https://[", "an address that can't be read"],
  ["/login?next=1", "http://board.example/login"],
  ["//other.example/x", "http://other.example/x"],
  ["https://a:b@other.example:8443/x?y#z", "https://other.example:8443/x"],
  ["", "http://board.example/"],
];
for (const [location, shown] of targets) {
  redirects(`to ${JSON.stringify(location)}`, () =>
    assert.is(redirectTarget(location, "http://board.example"), shown),
  );
}
redirects.run();

const tokens = suite("tokens that can't be sent");
for (const token of ["", "ключ", "a b", "a\n", "a\u0000", "a".repeat(8001), 7, null]) {
  tokens(`from the board: ${JSON.stringify(token)?.slice(0, 20)}`, () =>
    withBoard(
      (asked) => (isSession(asked) ? { json: { token } } : undefined),
      (board) => throws(() => board.identity(), /POST \S+\/session: the board answers 200 without a token$/),
    ),
  );
}
tokens("an answer to a log-in isn't shown, since it may hold a token", () =>
  withBoard(
    (asked) => (isSession(asked) ? { text: '{"access_token":"s3cret-lynx"}x' } : undefined),
    (board) => throws(() => board.identity(), /^(?!.*lynx).*without a token$/),
  ),
);
tokens.run();

const phones = suite("phones in what the board says");
const spelled: readonly [string, string][] = [
  ["79161234567", "[phone]"],
  ["+79161234567", "[phone]"],
  ["8 (916) 123-45-67 занят", "[phone] занят"],
  ["+7 916 123 45 67", "[phone]"],
  ["id 791612345678", "id 791612345678"],
  ["2026-11-30 12:00:00", "2026-11-30 12:00:00"],
];
for (const [text, shown] of spelled) phones(text, () => assert.is(oneLine(text), shown));
phones.run();
