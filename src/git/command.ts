// Runs git where simple-git doesn't reach: bytes in and out, exit codes, the environment of a pipeline, a limit of time.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { devNull } from "node:os";
import type { Readable, Writable } from "node:stream";
import { VacError } from "../model/errors.ts";

/** How a git command ended. */
export interface Ran {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly out: Buffer;
  readonly err: string;
  /** It took longer than it may, and was killed. */
  readonly late: boolean;
}

export interface RunOptions {
  readonly input?: Uint8Array | string;
  /** Milliseconds. */
  readonly limitMs?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs git in one folder. Throws a VacError only where git can't be started. */
export type Git = (args: readonly string[], options?: RunOptions) => Promise<Ran>;

/** What a caller such as a hook tells of its own repository, and what is none of git's business: the board's credentials. */
const foreign =
  /^VAC_|^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|QUARANTINE_PATH|INTERNAL_SUPER_PREFIX|LITERAL_PATHSPECS|SHALLOW_FILE|GRAFT_FILE|TRACE.*|CURL_VERBOSE|(AUTHOR|COMMITTER)_DATE)$/;

/** Nobody's hooks run for what isn't their work, nothing is tidied up meanwhile, and messages are read as they were written. */
const own = [
  `core.hooksPath=${devNull}`,
  "gc.auto=0",
  "maintenance.auto=false",
  "i18n.commitEncoding=UTF-8",
  "i18n.logOutputEncoding=UTF-8",
].flatMap((setting) => ["-c", setting]);

const localMs = 60_000;
/** Milliseconds between two looks whether a git that has ended has left something to be read. */
const lingerMs = 100;

/** The way to git for one folder. */
export function gitIn(folder: string): Git {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const quiet = { LC_ALL: "C", LANGUAGE: "", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" };
  return (args, { input, limitMs = localMs, env = {} } = {}) =>
    new Promise((resolve, reject) => {
      // A group of its own: what git has started ends with it, and a Ctrl-C meant for us doesn't cut it short.
      const child = spawn("git", [...own, ...args], {
        cwd: folder,
        env: { ...inherited, ...quiet, ...env },
        stdio: ["pipe", "pipe", "pipe"],
        detached: process.platform !== "win32",
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        kill(child.pid);
      }, limitMs);
      child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
      // Git may end before it has read everything: its exit code tells.
      child.stdin.on("error", () => undefined);
      child.once("error", (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        reject(
          new VacError(`git can't be run: ${error.message}`, {
            hint: "install git 2.29 or newer, or keep the state in files (state: { backend: file })",
            cause: error,
          }),
        );
      });
      child.once("exit", () => {
        clearTimeout(timer);
        letGo(child, () => out.length + err.length);
      });
      child.once("close", (code) => {
        const text = Buffer.concat(err).toString("utf8").trim();
        resolve({ code: late ? null : code, out: Buffer.concat(out), err: text, late });
      });
      child.stdin.end(input);
    });
}

/**
 * Ends the output of a git that has ended, once nothing more of it comes: what it has started may keep that open for
 * long, as ssh does while it keeps a connection for the next command.
 */
function letGo(child: ChildProcessByStdio<Writable, Readable, Readable>, heard: () => number): void {
  const look = (before: number): void => {
    // An immediate comes after all that was there to be read.
    const again = setTimeout(() => setImmediate(check), lingerMs);
    const check = (): void => {
      if (heard() > before) look(heard());
      else for (const stream of [child.stdout, child.stderr]) stream.destroy();
    };
    child.once("close", () => clearTimeout(again));
  };
  look(-1);
}

function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended just now.
  }
}

/** The output of a local command that must succeed. */
export async function expect(git: Git, args: readonly string[], options?: RunOptions): Promise<Buffer> {
  const ran = await git(args, options);
  if (ran.code === 0) return ran.out;
  throw new VacError(`git ${args[0]} failed: ${ran.err || (ran.late ? "it took too long" : ran.code)}`, {
    hint: "look at the repository with `git fsck`, and whether its disk is full",
  });
}

/** The same as one line of text. */
export async function line(git: Git, args: readonly string[], options?: RunOptions): Promise<string> {
  return (await expect(git, args, options)).toString("utf8").trim();
}
