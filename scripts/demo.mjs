// The main job, end to end, on the embedded board and a temporary copy of vacancies/.
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";

const root = fileURLToPath(new URL("../", import.meta.url));
const scratch = await mkdtemp(join(tmpdir(), "vac-demo-"));
const dir = join(scratch, "vacancies");
const edited = "moscow/baker.yaml";

const say = (text) => console.log(process.stdout.isTTY ? `\n${styleText("bold", text)}` : `\n${text}`);

/** Runs the command as a person would, shows its output but for a long middle, and stops where it doesn't end well. */
function vac(args, { head = Number.POSITIVE_INFINITY, tail = 12 } = {}) {
  say(`$ vac ${args.join(" ")}`);
  const { VAC_BOARD: _, ...env } = process.env;
  const { status, stdout } = spawnSync(process.execPath, [join(root, "dist/cli.js"), ...args], {
    cwd: scratch,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = stdout.trimEnd().split("\n");
  const cut = lines.length - head - tail;
  if (cut > 1) lines.splice(head, cut, `  … ${cut} lines more …`);
  console.log(lines.join("\n"));
  if (status !== 0) throw new Error(`vac ${args[0]} ended with ${status}`);
}

try {
  await cp(join(root, "vacancies"), dir, {
    recursive: true,
    filter: (path) => !/[\\/]\.(vac|board)([\\/]|$)/.test(path),
  });
  say("1. The files are checked, and planned against an empty board.");
  vac(["validate"]);
  vac(["plan"], { head: 32, tail: 18 });
  say("2. The plan is carried out on the embedded board.");
  vac(["apply", "--auto-approve"], { head: 3, tail: 3 });
  say(`3. Somebody raises a salary in ${edited}.`);
  const before = await readFile(join(dir, edited), "utf8");
  const after = before.replace(
    /^(salary_from: )(\d+)$/m,
    (_line, name, roubles) => name + (Number(roubles) + 5000),
  );
  if (after === before) throw new Error(`${edited} has no salary_from to raise`);
  await writeFile(join(dir, edited), after);
  vac(["plan"]);
  vac(["apply", "--auto-approve"]);
  say("4. The board is as the files say: the plan is empty.");
  vac(["plan", "--detailed-exitcode"]);
  say("That was the whole of it. Next: README.md, and your own files in a folder of their own.");
} catch (error) {
  console.error(`\nThe demo failed: ${error.message}`);
  process.exitCode = 1;
} finally {
  await rm(scratch, { recursive: true, force: true });
}
