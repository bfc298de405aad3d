// What the actions of our workflows leave behind, and npm.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fill, type Job, type Scope, type Step } from "./workflow.ts";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** A path whose npm puts the built command beside it, as its install and its link do. */
export async function installed(folder: string): Promise<string> {
  const bin = join(folder, "bin");
  await mkdir(bin);
  const script = `#!/bin/sh
echo "npm $*"
printf '#!/bin/sh\\nexec "${process.execPath}" "${cli}" "$@"\\n' > "${bin}/vac"
chmod +x "${bin}/vac"
`;
  await writeFile(join(bin, "npm"), script, { mode: 0o755 });
  return `${bin}${delimiter}${process.env.PATH}`;
}

/** Where an action is at work. */
export interface Place {
  /** The bare repository that origin is. */
  readonly origin: string;
  /** What started the run. */
  readonly sha: string;
  readonly ref: string;
  /** The job's folder. */
  readonly workspace: string;
  readonly job: Job;
  readonly scope: Scope;
}

/** Does what an action does, and hands on what it takes for an artifact. Throws for an action that nobody plays. */
export async function act(step: Step, place: Place): Promise<string | undefined> {
  const { job, scope, workspace } = place;
  const inputs = Object.fromEntries(
    Object.entries(step.with ?? {}).map(([key, value]) => [key, fill(value, scope)]),
  );
  const action = step.uses?.split("@")[0];
  if (action === "actions/checkout") {
    checkOut(place, inputs);
    // As in a private repository: who has no credentials reads nothing any more, and who may only read can't push.
    const isKept = inputs["persist-credentials"] !== "false";
    const closed = isKept ? (job.permissions?.contents === "write" ? undefined : "pushurl") : "url";
    if (closed)
      execFileSync("git", ["config", `remote.origin.${closed}`, "/nobody/is/let/in"], { cwd: workspace });
  } else if (action === "actions/upload-artifact") {
    return readFile(inputs.path ?? "", "utf8").catch(() => undefined);
  } else if (action !== "actions/setup-node") throw new Error(`nobody plays ${step.uses}`);
  return undefined;
}

/** What actions/checkout does: an empty repository, one fetch, a detached or named checkout. */
function checkOut({ origin, sha, ref, workspace }: Place, inputs: Readonly<Record<string, string>>): void {
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: workspace, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  git("init", "-q", "-b", "unborn");
  git("remote", "add", "origin", `file://${origin}`);
  const isDeep = inputs["fetch-depth"] === "0";
  const depth = isDeep ? [] : [`--depth=${inputs["fetch-depth"] ?? 1}`];
  const wanted = inputs.ref || ref;
  const branch = wanted.replace(/^refs\/heads\//, "");
  if (wanted.startsWith("refs/pull/")) {
    const all = isDeep ? ["+refs/heads/*:refs/remotes/origin/*"] : [];
    git(
      "fetch",
      "-q",
      "--no-tags",
      ...depth,
      "origin",
      ...all,
      `+${sha}:refs/remotes/${wanted.slice("refs/".length)}`,
    );
    git("checkout", "-q", "--force", "--detach", sha);
    return;
  }
  const refs = isDeep
    ? "+refs/heads/*:refs/remotes/origin/*"
    : `+refs/heads/${branch}:refs/remotes/origin/${branch}`;
  git("fetch", "-q", "--no-tags", ...depth, "origin", refs);
  git("checkout", "-q", "--force", "-B", branch, `refs/remotes/origin/${branch}`);
}
