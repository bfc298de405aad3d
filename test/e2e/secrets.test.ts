// A board that repeats what it was sent, a crash that quotes it, git: nobody is shown a secret.
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { formsOf, found } from "../secrets/forms.ts";
import { credentials, login, password } from "./credentials.ts";
import { type Ended, onStage, type Stage, vac, vacancyFile } from "./harness.ts";

const stories = suite("secrets");

async function tokenOf(stage: Stage): Promise<string> {
  const body = new URLSearchParams({ login, password });
  const answer = await fetch(`${stage.board.url}/api/external/v1/session`, { method: "POST", body });
  return ((await answer.json()) as { token: string }).token;
}

/** Fails where a secret, or a part of one, is in a text. */
function assertNone(text: string | Buffer, ...secrets: readonly string[]): void {
  const parts = secrets.flatMap((secret) => [
    secret,
    ...(secret.startsWith("eyJ") ? secret.split(".").slice(1) : []),
  ]);
  const sought = parts.map((part, index) => ({
    name: `part ${index}`,
    text: part,
    forms: formsOf({ name: "", text: part }),
  }));
  assert.equal(found(Buffer.from(text), sought), [], text.toString());
}

async function assertNoneIn(dir: string, ...secrets: readonly string[]): Promise<void> {
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) assertNone(await readFile(join(entry.parentPath, entry.name)), ...secrets);
}

/** Ways in which a board may repeat a secret. */
const echoes: Readonly<Record<string, (secret: string) => string>> = {
  "as it is": (secret) => secret,
  "in base64": (secret) => Buffer.from(`a:${secret}`).toString("base64"),
  "as a Basic header": (secret) => `Basic ${Buffer.from(`${login}:${secret}`).toString("base64")}`,
  "in percent": (secret) => encodeURIComponent(secret),
  "in hex": (secret) => Buffer.from(secret).toString("hex"),
  "in JSON": (secret) => JSON.stringify(secret),
};

const commands: readonly (readonly string[])[] = [
  ["plan", "--log-level", "trace", "--out", "kept.json"],
  ["show", "kept.json"],
  ["plan", "-o", "json"],
  ["drift"],
  ["explain", "a"],
  ["import", "--all", "--log-level", "trace"],
  ["drift", "--accept", "--all"],
  ["apply", "--auto-approve", "--log-level", "trace"],
  ["state", "show", "a", "-o", "json"],
];

for (const by of ["password", "token"] as const) {
  stories(`jobs that hold the ${by} in every attribute, through every command`, () =>
    onStage({ "a.yaml": vacancyFile() }, async (stage) => {
      assert.is((await stage.apply()).code, 0);
      const token = await tokenOf(stage);
      const secret = by === "token" ? token : password;
      const env = by === "token" ? { VAC_TOKEN: token } : credentials;
      const id = stage.jobs()[0]?.id ?? "";
      const told = Object.values(echoes).map((echo) => echo(secret));
      const text = told.join(" ");
      stage.board.control.putJob({ id, attributes: { title: secret, description: text, address: text } });
      for (const [index, title] of told.entries())
        stage.board.control.putJob({ attributes: { title, description: text, address: `${index} ${text}` } });
      for (const command of commands) {
        const args = command.map((word) => (word === "kept.json" ? join(stage.dir, "..", word) : word));
        const { code, out, err } = await vac(["-C", stage.dir, "--board", stage.board.url, ...args], env);
        assertNone(out + err, secret, token);
        assert.ok(code === 0, `${command.join(" ")} ends with ${code}: ${err}`);
      }
      const end = await vac(
        ["-C", stage.dir, "--board", stage.board.url, "plan", "--detailed-exitcode"],
        env,
      );
      assert.is(end.code, 0, end.out + end.err);
      await assertNoneIn(join(stage.dir, ".."), secret, token);
    }),
  );
}

stories("errors that repeat the password or the token: details, pages, redirects", () =>
  onStage({ "a.yaml": vacancyFile() }, async (stage) => {
    const token = await tokenOf(stage);
    for (const [secret, env] of [
      [password, credentials],
      [token, { VAC_TOKEN: token }],
    ] as const) {
      const text = Object.values(echoes).map((echo) => echo(secret));
      const location = `https://example.com/?${text.map(encodeURIComponent).join("&")}`;
      for (const answer of [
        { kind: "status", status: 422, body: { errors: [{ detail: text.join(" ") }] } },
        { kind: "status", status: 500, body: `<html>${text}</html>` },
        { kind: "status", status: 200, body: { data: text.join(" ") } },
        { kind: "redirect", location },
      ] as const) {
        stage.board.control.setFaults([{ match: { path: "/jobs|/company" }, do: answer }]);
        const args = ["-C", stage.dir, "--board", stage.board.url, "plan", "--log-level", "trace"];
        const { code, err, out } = await vac(args, env);
        assert.is(code, 1);
        assert.is(out, "");
        assertNone(err, secret);
      }
    }
  }),
);

stories("a refused login that repeats the password", () =>
  onStage({ "a.yaml": vacancyFile() }, async (stage) => {
    const body = {
      errors: [
        {
          detail: Object.values(echoes)
            .map((echo) => echo(password))
            .join("\n"),
        },
      ],
    };
    stage.board.control.setFaults([
      { match: { path: "/session" }, do: { kind: "status", status: 401, body } },
    ]);
    const { code, err } = await stage.run("plan");
    assert.is(code, 1);
    assertNone(err, password);
  }),
);

/** Runs a command in a process in which something is thrown that nobody waits for. */
function crashing(stage: Stage, what: string): Promise<Ended> {
  const due = 'process.listenerCount("uncaughtException") > 0';
  const script = `const t = setInterval(() => { if (${due}) { clearInterval(t); ${what} } }, 1)`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(script)}`;
  const args = ["-C", stage.dir, "--board", stage.board.url, "plan"];
  return vac(args, { ...credentials, NODE_OPTIONS, ECHO: password });
}

for (const what of ["throw new Error(process.env.ECHO)", "Promise.reject(new Error(process.env.ECHO))"]) {
  stories(`a crash: ${what}`, () =>
    onStage({ "a.yaml": vacancyFile() }, async (stage) => {
      stage.board.control.setFaults([{ match: {}, do: { kind: "delay", ms: 2000 } }]);
      const { code, err, out } = await crashing(stage, what);
      assert.is(code, 1);
      assert.is(out, "");
      assert.match(err, /^Internal error: .*\[secret\]\nThis is a fault of vac itself/);
      assert.not.match(err, /\n\s+at /);
      assertNone(err, password);
    }),
  );
}

stories("credentials in the board's address are refused and not shown", () =>
  onStage({ "a.yaml": vacancyFile() }, async (stage) => {
    for (const board of [
      `https://me:${encodeURIComponent(password)}@board.example`,
      "me:pass-word1@board.example",
      "https://me:pa/ss-word1@[board",
    ]) {
      for (const command of [["plan"], ["plan", "--offline"], ["state", "list"], ["validate"]]) {
        const { code, out, err } = await vac(["-C", stage.dir, "--board", board, ...command], credentials);
        assert.is(code, 1);
        assert.match(err, /must not hold a login or password/);
        assertNone(out + err, password, "pass-word1", "ss-word1");
      }
    }
    for (const address of ["https://me:pass-word1@board.example", "https://me:pa/pass-word1@[board"]) {
      await stage.write("_config.yaml", `board: ${address}\n`);
      for (const format of ["text", "json"]) {
        const { code, out, err } = await vac(["-C", stage.dir, "validate", "-o", format], credentials);
        assert.is(code, 1);
        assert.match(out, /board-credentials/);
        assertNone(out + err, "pass-word1");
      }
    }
  }),
);

stories(
  "a token with what no token has is refused and not shown; a line feed at its end is passed over",
  () =>
    onStage({ "a.yaml": vacancyFile() }, async (stage) => {
      const token = await tokenOf(stage);
      const run = (VAC_TOKEN: string) =>
        vac(["-C", stage.dir, "--board", stage.board.url, "plan"], { VAC_TOKEN });
      assert.is((await run(`${token}\n`)).code, 0);
      for (const bad of [`Worki ${token}`, `${token}\nx: y`, `${token}ж`]) {
        const { code, err } = await run(bad);
        assert.is(code, 1);
        assert.match(err, /^Error: VAC_TOKEN holds a space/);
        assertNone(err, token);
      }
    }),
);

stories("git doesn't get them", () =>
  onStage({ "a.yaml": vacancyFile() }, async (stage) => {
    const bin = join(stage.dir, "..", "bin");
    const heard = join(stage.dir, "..", "heard");
    await mkdir(bin);
    await writeFile(join(bin, "git"), `#!/bin/sh\nenv >> '${heard}'\nexit 1\n`);
    await chmod(join(bin, "git"), 0o755);
    const PATH = `${bin}:${process.env.PATH}`;
    const env = { ...credentials, VAC_TOKEN: await tokenOf(stage), PATH };
    const { code, err } = await vac(["-C", stage.dir, "--board", stage.board.url, "plan"], env);
    assert.is(code, 0, err);
    const text = await readFile(heard, "utf8");
    assert.match(text, /^PATH=/m);
    assert.not.match(text, /VAC_PASSWORD|VAC_TOKEN/);
    assertNone(text, password);
  }),
);
stories.run();
