// What vac init has to know: from flags, from what is there, from a person, else the plain choice.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { readSources, type Sources, soundConfig } from "../config/index.ts";
import type { Repository } from "../git/repository.ts";
import { UsageError } from "../model/errors.ts";
import { type Answers, backends, pipelines } from "../starter/answers.ts";
import { boardAddress } from "./board.ts";
import type { Globals, Io } from "./io.ts";

/** What flags may say of it. */
export interface Wishes {
  readonly state?: Answers["state"];
  readonly ci?: Answers["ci"];
}

interface Place {
  readonly dir: string;
  readonly root: string;
  readonly workspace: string;
  readonly repository: Repository | undefined;
}

const boardHint = "emulator, or an address such as https://board.example; http is for this machine alone";

/** Asks for what no flag and no file says. Undefined at Ctrl-C. */
export async function askFor(io: Io, flags: Globals & Wishes, place: Place): Promise<Answers | undefined> {
  const sources = await readSources(place.dir).catch(() => undefined);
  const known = sources?.files.some(({ name }) => /^_config\.ya?ml$/.test(name))
    ? soundConfig(sources as Sources)
    : undefined;
  const ask = flags.input ? io.ask : undefined;

  const board =
    known?.board ??
    flags.board ??
    (await choose(
      ask,
      "Which board: emulator, which is for rehearsals, or its address?",
      "emulator",
      isBoard,
      `That is no board's address: ${boardHint}.`,
    ));
  if (board === undefined) return undefined;
  if (!isBoard(board)) {
    // It isn't repeated: there may be a password in it.
    throw new UsageError("that is no board's address", {
      hint: boardHint,
    });
  }
  const there = await pipelineOf(place.root);
  const ci =
    flags.ci ??
    (await choose(ask, `Which pipeline: ${pipelines.join(", ")}?`, there ?? "none", (answer) =>
      isOne(pipelines, answer),
    ));
  if (ci === undefined) return undefined;
  const likely = ci === "none" ? "file" : "git";
  const state =
    known?.state.backend ??
    flags.state ??
    (await choose(
      ask,
      "Where is the state kept: file (on this machine) or git (on a branch of the repository)?",
      likely,
      (answer) => isOne(backends, answer),
    ));
  if (state === undefined) return undefined;
  if (known === undefined && ci !== "none" && state === "file") {
    throw new UsageError("a pipeline forgets what is kept in files of its runner", {
      hint: "take --state git with --ci, or --ci none",
    });
  }
  const hasVacancies = sources?.files.some(({ name }) => !/(^|\/)_[^/]*$/.test(name)) ?? false;
  return {
    workspace: place.workspace,
    board: boardAddress({ ...io, env: {} }, { ...flags, board }, { board }),
    state: state as Answers["state"],
    ci: ci as Answers["ci"],
    branch: await place.repository?.defaultBranch(),
    hasVacancies,
  };
}

/** An answer that fits; the likely one for an empty answer and where nobody can be asked. */
async function choose(
  ask: Io["ask"],
  question: string,
  likely: string,
  fits: (answer: string) => boolean,
  help = "One of these, as it is written.",
): Promise<string | undefined> {
  if (!ask) return likely;
  for (let slip = ""; ; slip = `${help}\n`) {
    const answer = await ask(`${slip}${question} [${likely}] `);
    if (answer === undefined) return undefined;
    const said = answer.trim() || likely;
    if (fits(said)) return said;
  }
}

const isOne = (choices: readonly string[], answer: string): boolean => choices.includes(answer);

function isBoard(answer: string): boolean {
  if (answer === "emulator") return true;
  const url = URL.canParse(answer) ? new URL(answer) : undefined;
  if (!url || url.username || url.password || url.search || url.hash) return false;
  return (
    url.protocol === "https:" ||
    (url.protocol === "http:" && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname))
  );
}

/** The pipeline that is there already. */
async function pipelineOf(root: string): Promise<Answers["ci"] | undefined> {
  const has = (path: string): Promise<boolean> =>
    stat(join(root, path)).then(
      () => true,
      () => false,
    );
  if (await has(".github/workflows/plan.yml")) return "github";
  return (await has(".gitlab-ci.yml")) ? "gitlab" : undefined;
}
