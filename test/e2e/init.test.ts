// vac init: what it writes works as it stands, and nothing of a person's is written over.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type InitFlags, initCommand } from "../../src/commands/init.ts";
import type { Io } from "../../src/commands/io.ts";
import type { VacError } from "../../src/model/errors.ts";
import type { InitResult } from "../../src/model/init.ts";
import { newSecrets } from "../../src/model/secrets.ts";
import { git } from "./git.ts";
import { vac } from "./harness.ts";

const test = suite("e2e: init");

async function inRepository(story: (root: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "vac-init-"));
  git(root, "init", "-q", "-b", "main");
  try {
    await story(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** What init prints here, in this process; a person answers where there are answers, and undefined is Ctrl-C. */
async function init(
  root: string,
  more: Partial<InitFlags> = {},
  answers?: (string | undefined)[],
): Promise<Told> {
  const asked: string[] = [];
  let out = "";
  const hearing = (heard: (text: string) => void): Writable =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        heard(chunk.toString());
        done();
      },
    });
  const io: Io = {
    out: hearing((text) => (out += text)),
    err: hearing(() => undefined),
    env: {},
    secrets: newSecrets(),
    guarded: (_stop, task) => task(),
    ask:
      answers &&
      (async (question) => {
        asked.push(question);
        return answers.shift();
      }),
  };
  const flags: InitFlags = {
    ...{ dir: "vacancies", format: "json", color: false, input: true, logLevel: "warn", verbose: false },
    ...more,
  };
  const code = await initCommand(io, { ...flags, dir: join(root, flags.dir) });
  return { ...((out === "" ? { files: [] } : JSON.parse(out)) as InitResult), code, asked };
}

interface Told extends InitResult {
  readonly code: number;
  readonly asked: readonly string[];
}

const actions = ({ files }: InitResult): Record<string, string> =>
  Object.fromEntries(files.map(({ path, action }) => [path, action]));

async function put(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

const allOf = async (root: string): Promise<Record<string, string>> => {
  const names = (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.includes("/.git/"));
  return Object.fromEntries(
    await Promise.all(names.sort().map(async (path) => [path, await readFile(path, "utf8")] as const)),
  );
};

test("from nothing to a plan, and a second time changes nothing", () =>
  inRepository(async (root) => {
    const first = await init(root, { ci: "github" });
    assert.equal(
      [first.workspace, first.board, first.state, first.ci],
      ["vacancies", "emulator", "git", "github"],
    );
    assert.equal(new Set(Object.values(actions(first))), new Set(["written"]));
    const before = await allOf(root);
    assert.is((await vac(["fmt", "--check"], {}, root)).code, 0);
    assert.is((await vac(["validate"], {}, root)).code, 0);
    const second = await init(root);
    assert.is(second.ci, "github", "what is there is taken for the answer");
    assert.equal(new Set(Object.values(actions(second))), new Set(["unchanged"]));
    assert.equal(await allOf(root), before);
  }));

const branchesOf = async (root: string): Promise<string | undefined> =>
  /^ {4}branches: (.*)$/m.exec(await readFile(join(root, ".github/workflows/apply.yml"), "utf8"))?.[1];
const trunks: [string, string, (git: (...args: string[]) => string) => void][] = [
  ["the only branch", '["trunk"]', (git) => git("symbolic-ref", "HEAD", "refs/heads/trunk")],
  [
    "origin's default branch, also from another",
    '["release/next"]',
    (git) => {
      git("commit", "-q", "--allow-empty", "-m", "begin");
      git("update-ref", "refs/remotes/origin/release/next", "HEAD");
      git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/release/next");
    },
  ],
  [
    "one of several",
    "[main, master]",
    (git) => {
      git("commit", "-q", "--allow-empty", "-m", "begin");
      git("checkout", "-q", "-b", "vacancies");
    },
  ],
];
for (const [what, want, begin] of trunks)
  test(`a push to ${what} starts the apply, and its name is the repository's own from then on`, () =>
    inRepository(async (root) => {
      begin((...args) => git(root, ...args));
      await init(root, { ci: "github" });
      assert.is(await branchesOf(root), want);
      const path = ".github/workflows/apply.yml";
      const text = await readFile(join(root, path), "utf8");
      await put(root, path, text.replace(want, "[renamed]"));
      assert.is(actions(await init(root))[path], "unchanged");
    }));

test("the example is published on the embedded board, and nowhere by accident", () =>
  inRepository(async (root) => {
    await init(root);
    const { out } = await vac(["plan"], {}, root);
    assert.match(out, /\+ moscow\/baker {2}Пекарь/);
    assert.match(out, /1 to create/);
    await init(root, { dir: "real", board: "https://board.invalid" });
    assert.match(await readFile(join(root, "real/moscow/baker.yaml"), "utf8"), /^status: closed$/m);
    assert.match(
      await readFile(join(root, "real/_config.yaml"), "utf8"),
      /^board: "https:\/\/board\.invalid"$/m,
    );
    assert.is((await vac(["-C", "real", "fmt", "--check"], {}, root)).code, 0);
    const plain = await vac(["-C", "real", "validate", "-o", "json"], {}, root);
    assert.is(JSON.parse(plain.out).summary.errors, 0);
  }));

test("what a person has written stays, and what differs is told", () =>
  inRepository(async (root) => {
    await put(root, "vacancies/_config.yaml", "board: emulator\n");
    await put(root, "vacancies/spb/cook.yaml", "title: Повар\n");
    await put(root, ".github/workflows/plan.yml", "name: terraform\n");
    await put(root, ".gitignore", "node_modules\n/.vac\n");
    await put(
      root,
      ".vscode/settings.json",
      '{\n    // mine\n    "a": 1,\n    "yaml.schemas": { "./x.json": "x.yaml" },\n}\n',
    );
    const result = await init(root, { ci: "github" });
    const told = actions(result);
    assert.is(told["vacancies/_config.yaml"], "kept");
    assert.is(told["vacancies/moscow/baker.yaml"], undefined, "beside other vacancies there is no example");
    assert.is(told[".github/workflows/plan.yml"], "differs");
    assert.match(result.files.find(({ action }) => action === "differs")?.patch ?? "", /^-name: terraform$/m);
    assert.is(await readFile(join(root, ".github/workflows/plan.yml"), "utf8"), "name: terraform\n");
    assert.is(await readFile(join(root, ".gitignore"), "utf8"), "node_modules\n/.vac\n.board/\n");
    const settings = await readFile(join(root, ".vscode/settings.json"), "utf8");
    assert.match(settings, /^ {4}\/\/ mine$/m);
    assert.match(settings, /"\.\/x\.json": "x\.yaml"/);
    assert.match(settings, /"vacancies\/\*\*\/\*\.yaml"/);
    assert.match(result.notes.join("\n"), /state: \{ backend: git/);
    const text = await vac(["init", "--no-input"], {}, root);
    assert.match(
      text.out,
      /! \.github\/workflows\/plan\.yml {2}there already, left as it is; it differs:\n {4}@@/,
    );
  }));

test("settings that can't be read are left, with what to add", () =>
  inRepository(async (root) => {
    for (const broken of [
      "{ oops",
      "[]",
      '{"yaml.schemas": 1}',
      '{"yaml.schemas": {"./schemas/vacancy.schema.json": 1}}',
    ]) {
      await put(root, ".vscode/settings.json", broken);
      const file = (await init(root)).files.find(({ path }) => path === ".vscode/settings.json");
      assert.is(file?.action, "differs", broken);
      assert.match(file?.patch ?? "", /^\+.*vacancy\.schema\.json/m);
      assert.is(await readFile(join(root, ".vscode/settings.json"), "utf8"), broken);
    }
  }));

test("a second workspace beside the first", () =>
  inRepository(async (root) => {
    await init(root);
    const result = await init(root, { dir: "shops/north" });
    assert.is(result.workspace, "shops/north");
    assert.is(actions(result)[".vscode/settings.json"], "extended");
    const settings = JSON.parse(await readFile(join(root, ".vscode/settings.json"), "utf8"));
    assert.equal(settings["yaml.schemas"]["./schemas/config.schema.json"], [
      "vacancies/_config.yaml",
      "shops/north/_config.yaml",
    ]);
    const [line] = (await readFile(join(root, "shops/north/moscow/baker.yaml"), "utf8")).split("\n");
    assert.is(line, "# yaml-language-server: $schema=../../../schemas/vacancy.schema.json");
  }));

test("schemas are those that vac schema prints", () =>
  inRepository(async (root) => {
    await init(root);
    for (const name of ["vacancy", "defaults", "config"])
      assert.is(
        await readFile(join(root, `schemas/${name}.schema.json`), "utf8"),
        (await vac(["schema", name])).out,
      );
  }));

test("GitLab has a pipeline of its own", () =>
  inRepository(async (root) => {
    const result = await init(root, { ci: "gitlab" });
    assert.is(actions(result)[".gitlab-ci.yml"], "written");
    assert.is((await init(root)).ci, "gitlab");
  }));

const refused: [name: string, flags: Partial<InitFlags>, says: RegExp][] = [
  ["a pipeline without a state that outlives its runner", { ci: "github", state: "file" }, /--state git/],
  ["plain http", { board: "http://board.invalid" }, /that is no board/],
  ["credentials in an address", { board: "https://me:secret@board.invalid" }, /that is no board/],
  ["a folder elsewhere", { dir: ".." }, /isn't inside/],
];
for (const [name, flags, says] of refused) {
  test(`refused: ${name}`, () =>
    inRepository(async (root) => {
      const error = await init(root, flags).catch((error: VacError) => `${error.message} ${error.hint}`);
      assert.match(String(error), says);
      assert.not.match(String(error), "secret");
      assert.equal(await allOf(root), {});
    }));
}

test("what is in the way is told, and the rest goes on once it is gone", () =>
  inRepository(async (root) => {
    await put(root, "vacancies", "");
    const telling = (error: VacError): string => error.message;
    assert.match(String(await init(root).catch(telling)), /vacancies is no folder/);
    await rm(join(root, "vacancies"));
    await put(root, ".vscode", "");
    assert.match(String(await init(root).catch(telling)), /settings\.json can't be (read|written)/);
    await rm(join(root, ".vscode"));
    const told = actions(await init(root));
    assert.equal([told["vacancies/_config.yaml"], told[".vscode/settings.json"]], ["unchanged", "written"]);
  }));

test("a person is asked for what no flag says, again after a slip, and Ctrl-C writes nothing", () =>
  inRepository(async (root) => {
    assert.is((await init(root, {}, ["", undefined])).code, 130);
    assert.equal(await allOf(root), {});
    const answers = ["ftp://x", "https://board.invalid/", "hub", "github", ""];
    const { asked, board, ci, state } = await init(root, {}, answers);
    assert.is(asked.length, 5);
    assert.match(asked[1] ?? "", /^That is no board's address: emulator, or .*https:.*\nWhich board/);
    assert.match(asked[3] ?? "", /^One of these.*\nWhich pipeline/);
    assert.equal([board, ci, state], ["https://board.invalid", "github", "git"]);
    assert.equal((await init(root, { ci: "github" }, [])).asked, [], "the files have the answers");
  }));

test("without a repository it is written where it is called, which is told", async () => {
  const root = await mkdtemp(join(tmpdir(), "vac-init-"));
  try {
    const { code, out } = await vac(["init", "--no-input"], {}, root);
    assert.is(code, 0);
    assert.match(out, /^ {2}\+ vacancies\/_config\.yaml$/m);
    assert.match(out, /git init/);
    assert.match((await vac(["init", "--ci", "jenkins"], {}, root)).err, /jenkins/);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test.run();
