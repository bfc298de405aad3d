// vac report github FILE: a result where people decide, in a workflow of GitHub.
import { randomUUID } from "node:crypto";
import { appendFile, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { GitHub } from "../github/client.ts";
import { putIssue } from "../github/issue.ts";
import { pastOf, pullOf, putComment, putStatus } from "../github/pages.ts";
import { type WorkflowRun, workflowRun } from "../github/workflow.ts";
import { UsageError } from "../model/errors.ts";
import type { Reported } from "../model/reported.ts";
import { errorText } from "../view/error.ts";
import { annotations, outputs } from "../view/report/commands.ts";
import { type Gist, gistOf } from "../view/report/gist.ts";
import { issueTitle, markOf, pageOf, statusText } from "../view/report/page.ts";
import type { Titles } from "../view/values.ts";
import { professionTitles } from "./dictionary.ts";
import { type ExitCode, exit, type Globals, type Io, printAsIs, styleOf, tell } from "./io.ts";
import { readReported } from "./reported.ts";

/** UTF-16 units of a comment's or an issue's body, never fewer than characters. */
const mostOfBody = 65_535;
/** Bytes of a step's summary. */
const mostOfSummary = 1024 * 1024;

/** What a report is made of. */
interface Report {
  readonly reported: Reported;
  readonly gist: Gist;
  readonly run: WorkflowRun;
  readonly titles: Titles;
  readonly commit: string | undefined;
}

/**
 * Summary and outputs first, since they need nobody, then annotations, comment, status and issue. What GitHub doesn't
 * take is told, and the rest is done nevertheless.
 */
export async function reportCommand(io: Io, flags: Globals, file: string): Promise<ExitCode> {
  if (flags.format === "json") {
    throw new UsageError("vac report prints what GitHub's runner reads, and no JSON", {
      hint: "leave out --format",
    });
  }
  const reported = await readReported(file);
  io.secrets.redactValue(reported.value);
  const run = await workflowRun(io.env, process.cwd());
  const report = {
    reported,
    run,
    gist: gistOf(reported),
    titles: await titlesOf(reported, run),
    commit: commitOf(io, run),
  };
  await writeSummary(io, report);
  await writeOutputs(io, report);
  await annotate(io, report);
  if (run.readOnly !== undefined) {
    tell(io, `The summary is all: ${run.readOnly}.`);
    return exit.ok;
  }
  const failures = await tellGitHub(io, report);
  for (const failure of failures) tell(io, io.secrets.redact(errorText(failure, styleOf(io, flags, "err"))));
  return failures.length === 0 ? exit.ok : exit.failed;
}

/** The commit that is named in pages: a pull request's head, not the merge that is checked out for it. */
const commitOf = (io: Io, run: WorkflowRun): string | undefined =>
  run.commit ?? (io.env.GITHUB_SHA || undefined);

async function titlesOf({ is, value }: Reported, { root }: WorkflowRun): Promise<Titles> {
  if (is !== "plan" && is !== "drift") return new Map();
  return professionTitles({ dir: join(root, value.workspace), address: value.board });
}

async function writeSummary(io: Io, report: Report): Promise<void> {
  const file = io.env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  const page = pageOf(report.reported, {
    ...styleOfPage(report),
    most: mostOfSummary - size - 2,
    measure: (text) => Buffer.byteLength(text),
  });
  await append(file, `${size > 0 ? "\n" : ""}${page}\n`, "GITHUB_STEP_SUMMARY");
}

async function writeOutputs(io: Io, { gist }: Report): Promise<void> {
  const file = io.env.GITHUB_OUTPUT;
  if (file) await append(file, outputs(gist, `vac-${randomUUID()}`), "GITHUB_OUTPUT");
}

function append(file: string, text: string, name: string): Promise<void> {
  return appendFile(file, text).catch((error: Error) => {
    throw new UsageError(`${name} can't be written: ${error.message}`, { cause: error });
  });
}

const styleOfPage = ({ titles, run, commit }: Report) => ({ titles, run: run.page, commit });

/** Problems at their lines; of results and drift there are none. */
async function annotate(io: Io, { reported, run }: Report): Promise<void> {
  if (reported.is !== "plan" && reported.is !== "validate") return;
  const { workspace, diagnostics } = reported.value;
  // A workspace that is the repository's root is called by its folder's name.
  const isFolder = await stat(join(run.root, workspace)).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const lines = annotations(diagnostics, (file) => (isFolder ? posix.join(workspace, file) : file));
  if (lines.length > 0) printAsIs(io, lines.join("\n"));
}

/** Comment, status and issue, as far as the run has them; what failed. */
async function tellGitHub(io: Io, report: Report): Promise<readonly unknown[]> {
  const { run, reported, gist } = report;
  const tasks: (() => Promise<void>)[] = [];
  const github = connect(io, run);
  if (run.pull !== undefined || run.isPush) tasks.push(() => comment(io, github, report));
  if (run.commit !== undefined && reported.is !== "drift") {
    const status = {
      context: `vac/${reported.value.workspace}`,
      state: gist.state,
      description: statusText(gist),
      ...(run.page !== undefined && { target_url: run.page }),
    };
    const { commit } = run;
    tasks.push(() => putStatus(github, run, commit, status));
  }
  if (run.isScheduled && reported.is !== "validate") tasks.push(() => issue(io, github, report));
  if (tasks.length === 0)
    tell(io, `The summary is all: the event ${run.event} is about no commit and no pull request.`);
  const failures: unknown[] = [];
  for (const task of tasks) await task().catch((error: unknown) => failures.push(error));
  return failures;
}

function connect(io: Io, { api }: WorkflowRun): GitHub {
  const token = io.env.GITHUB_TOKEN;
  if (!token) {
    throw new UsageError("GITHUB_TOKEN isn't set, so the summary is all", {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a workflow's file holds.
      hint: "pass GITHUB_TOKEN: ${{ github.token }} in the step's env",
    });
  }
  const wait = io.pace?.wait ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  return new GitHub({
    api,
    token,
    version: packageJson.version,
    wait,
    requestMs: io.pace?.requestMs ?? 20_000,
  });
}

async function comment(io: Io, github: GitHub, report: Report): Promise<void> {
  const { reported, run, gist } = report;
  const pull = run.pull ?? (run.commit === undefined ? undefined : await pullOf(github, run, run.commit));
  if (pull === undefined) {
    tell(io, "No comment: the commit came from no pull request.");
    return;
  }
  // A run that is started again, or comes late, tells of what isn't proposed any more.
  const past =
    run.pull === undefined || run.commit === undefined
      ? undefined
      : await pastOf(github, run, run.pull, run.commit);
  if (past !== undefined) {
    tell(io, `No comment: ${past}.`);
    return;
  }
  const mark = markOf("report", reported.value.workspace);
  const body = pageOf(reported, { ...styleOfPage(report), mark, most: mostOfBody });
  // That nothing is wrong with the files is worth a word only where something was.
  const create = reported.is !== "validate" || gist.state === "failure";
  const done = await putComment(github, run, pull, { mark, body, create });
  if (done !== "none") tell(io, `Comment on #${pull} ${done}.`);
}

/** Sections that an issue can have: of drift, of each cause, and of all causes. */
const sections = 5;

/** Results about the same steps take each other's place. */
function sectionOf({ is, value }: Reported): string {
  return is === "plan" || is === "apply" ? (value.only ?? "all") : is;
}

async function issue(io: Io, github: GitHub, report: Report): Promise<void> {
  const { reported, run, gist } = report;
  const { workspace } = reported.value;
  // What can be done is told by the run that does it.
  if (reported.is === "plan" && gist.hasChanges) return;
  const page = (): string =>
    pageOf(reported, { ...styleOfPage(report), most: Math.floor(mostOfBody / sections) - 200 });
  const done = await putIssue(github, run, {
    title: issueTitle(workspace),
    mark: markOf("issue", workspace),
    section: sectionOf(reported),
    text: gist.open ? page() : undefined,
  });
  if (done !== "none") tell(io, `Issue ${done}.`);
}
