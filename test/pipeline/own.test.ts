// This repository's own workflows as they stand, as in a fork of it: the tool from the checkout, the embedded board, whose
// jobs outlive the runners on the state's branch.
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { FakeGitHub } from "../github/fake.ts";
import { onHub } from "./hub.ts";
import { Team, went } from "./team.ts";

const test = suite("pipeline: this repository");

const root = fileURLToPath(new URL("../../", import.meta.url));
const cleaner = "vacancies/kazan/cleaner.yaml";

test("a fork rehearses on the embedded board", () =>
  onHub(async (hub) => {
    const github = await new FakeGitHub().open();
    try {
      const team = new Team(hub, github);
      await cp(join(root, ".github"), join(hub.clone, ".github"), { recursive: true });
      for (const name of ["_config.yaml", "_defaults.yaml", "kazan"])
        await cp(join(root, "vacancies", name), join(hub.clone, "vacancies", name), { recursive: true });
      await hub.write(".gitignore", await readFile(join(root, ".gitignore"), "utf8"));
      const begun = await team.pushed(hub.push("Vacancies"));
      went(begun);
      assert.match(begun.summary, /created/);
      hub.git("checkout", "-q", "-b", "raise");
      await hub.edit(cleaner, "salary_from: ", "salary_from: 1");
      await hub.edit(cleaner, "salary_to: ", "salary_to: 1");
      hub.push("More for cleaners");
      went(await team.plan(1));
      assert.match(github.commentsOn(1)[0]?.body ?? "", /1 to update/);
      const merged = await team.merge(1, "raise");
      went(merged);
      assert.match(merged.summary, /1 updated/);
      assert.is(hub.board.control.requests().length, 0, "nobody but the embedded board was asked");
    } finally {
      await github.close();
    }
  }));

test.run();
