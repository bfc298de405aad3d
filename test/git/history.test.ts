// What the history tells, against real repositories in folders of their own.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openRepository, type Repository } from "../../src/git/repository.ts";

const test = suite("git history");
const me = ["-c", "user.name=Test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false"];

class Place {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "vac-history-")));
  readonly folder = join(this.root, "вакансии");
  git(...args: string[]): string {
    return execFileSync("git", [...me, "-c", "init.defaultBranch=main", ...args], {
      cwd: this.root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  }
  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }
  commit(message = "change"): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }
  async open(): Promise<Repository> {
    const repository = await openRepository(this.folder);
    if (!repository) throw new Error("no repository was found");
    return repository;
  }
}

async function inPlace(work: (place: Place) => Promise<void>): Promise<void> {
  const place = new Place();
  try {
    place.git("init", "--quiet");
    place.write("a.yaml", "1");
    place.commit();
    await work(place);
  } finally {
    rmSync(place.root, { recursive: true, force: true });
  }
}
const sorted = (names: ReadonlySet<string> | undefined): string[] =>
  [...(names ?? ["(can't be told)"])].sort();

test("which files commits have touched, since another and in all", () =>
  inPlace(async (place) => {
    const first = place.git("rev-parse", "HEAD");
    place.write("город/б.yaml", "1");
    place.write("[x]*.yaml", "1");
    const second = place.commit();
    place.git("rm", "-q", "вакансии/a.yaml");
    place.commit();
    const { history } = await place.open();
    const asked = ["a.yaml", "город/б.yaml", "[x]*.yaml", "never.yaml"];
    assert.equal(sorted(await history.touched(asked, null)), ["[x]*.yaml", "a.yaml", "город/б.yaml"]);
    assert.equal(sorted(await history.touched(asked, first)), ["[x]*.yaml", "a.yaml", "город/б.yaml"]);
    assert.equal(sorted(await history.touched(asked, second)), ["a.yaml"]);
    assert.is(await history.touched(asked, "0".repeat(40)), undefined);
    assert.is(await history.versions("a.yaml", "0".repeat(40)), undefined);
    assert.equal(sorted(await history.touched([], null)), []);
  }));
test("a branch's commits aren't HEAD's before the merge, and are after it, merged or squashed", () =>
  inPlace(async (place) => {
    const base = place.git("rev-parse", "HEAD");
    place.git("checkout", "-q", "-b", "branch");
    place.write("b.yaml", "1");
    place.commit();
    place.git("checkout", "-q", "main");
    place.write("c.yaml", "1");
    place.commit();
    assert.equal(sorted(await (await place.open()).history.touched(["b.yaml"], base)), []);
    place.git("merge", "-q", "--squash", "branch");
    place.commit();
    assert.equal(sorted(await (await place.open()).history.touched(["b.yaml"], base)), ["b.yaml"]);
  }));
test("versions of a file, newest first, without those in which it wasn't there", () =>
  inPlace(async (place) => {
    const base = place.git("rev-parse", "HEAD");
    for (const text of ["два", "три"]) {
      place.write("a.yaml", text);
      place.commit();
    }
    place.write("b.yaml", "1");
    place.git("rm", "-q", "вакансии/a.yaml");
    place.commit();
    const { history } = await place.open();
    assert.equal(await history.versions("a.yaml", base), ["три", "два"]);
    assert.equal(await history.versions("a.yaml", null), ["три", "два", "1"]);
    assert.equal(await history.versions("never.yaml", null), []);
  }));
test("trailers: of the commits since, of a merge's branch, several and mistyped ones as they are", () =>
  inPlace(async (place) => {
    const base = place.commit("old\n\nVac-Allow: missing");
    place.git("checkout", "-q", "-b", "branch");
    place.commit("one\n\nVac-Allow: closes\nVac-Allow: twins, replace");
    place.git("checkout", "-q", "main");
    place.commit("no trailer: Vac-Allow: budget in the middle of a text\n\nmore");
    place.git("merge", "-q", "--no-ff", "--no-edit", "branch");
    const { history } = await place.open();
    const values = async (since: string | undefined): Promise<string[]> =>
      (await history.trailers("Vac-Allow", since)).map(({ value }) => value).sort();
    assert.equal(await values(base), ["closes", "replace", "twins"]);
    // Without a commit that was applied only what HEAD itself brought counts.
    assert.equal(await values(undefined), ["closes", "replace", "twins"]);
    assert.equal(await values(place.git("rev-parse", "HEAD")), []);
    place.commit("after");
    assert.equal(await values(undefined), []);
  }));
test("a trailer of a commit that is about other folders alone doesn't count here", () =>
  inPlace(async (place) => {
    const base = place.git("rev-parse", "HEAD");
    writeFileSync(join(place.root, "elsewhere"), "1");
    place.commit("elsewhere\n\nVac-Allow: closes");
    const { history } = await place.open();
    assert.equal(await history.trailers("Vac-Allow", base), []);
    place.write("a.yaml", "2");
    place.commit("here\n\nVac-Allow: twins");
    place.commit("empty\n\nVac-Allow: missing");
    assert.equal((await history.trailers("Vac-Allow", base)).map(({ value }) => value).sort(), [
      "missing",
      "twins",
    ]);
  }));
test("what has changed since a branch: committed, changed, new and deleted, not what the branch did meanwhile", () =>
  inPlace(async (place) => {
    place.write("b.yaml", "1");
    place.write("c.yaml", "1");
    place.write("d.yaml", "1");
    place.commit();
    place.git("checkout", "-q", "-b", "branch");
    place.write("b.yaml", "2");
    place.commit();
    place.write("c.yaml", "2");
    place.write("новый.yaml", "1");
    rmSync(join(place.folder, "d.yaml"));
    place.git("branch", "-f", "other", "main");
    const { history } = await place.open();
    assert.equal(sorted(await history.changedSince("main")), ["b.yaml", "c.yaml", "d.yaml", "новый.yaml"]);
    assert.equal(sorted(await history.changedSince("HEAD")), ["c.yaml", "d.yaml", "новый.yaml"]);
    for (const ref of ["nobody", "--output=x", "-h", ""]) {
      const error = await history.changedSince(ref).then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      assert.match(error?.message ?? "", /git knows no branch or commit/, ref);
    }
  }));
test("folders with YAML files and those above them, tracked or new, but for what is ignored", () =>
  inPlace(async (place) => {
    for (const folder of ["north/deep", "ignored"]) {
      mkdirSync(join(place.root, folder), { recursive: true });
      writeFileSync(join(place.root, folder, "a.yml"), "");
    }
    writeFileSync(join(place.root, ".gitignore"), "ignored/\n");
    const repository = await place.open();
    assert.equal(
      [...(await repository.yamlFolders())].sort(),
      [place.root, join(place.root, "north"), join(place.root, "north", "deep"), place.folder].sort(),
    );
  }));
test.run();
