// Where the state of a workspace is kept: in files of its own, or on a branch of the repository.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readConfigFile, readSettings } from "../config/index.ts";
import type { Branch } from "../git/branch.ts";
import { StateError, UsageError } from "../model/errors.ts";
import type { State } from "../model/state.ts";
import type { Config } from "../model/vacancy.ts";
import type { Beside } from "../state/git/beside.ts";
import type { BranchStore } from "../state/git/store.ts";
import { boardFile, fileStore, type StateStore } from "../state/store.ts";
import { embedded } from "./board.ts";
import type { Io } from "./io.ts";

/** The branches that one command has to do with. */
export interface Branches {
  /** Where the settings say that the state is, or VAC_STATE: people may keep in files what a pipeline keeps on a branch. */
  placeOf(config: Pick<Config, "state">): Config["state"];
  /** The branch as seen from a workspace. */
  open(dir: string, state: Config["state"]): Promise<Branch>;
  /** Whether this command has fetched it: what it saw then is recent enough for all of its workspaces. */
  isFetched(state: Config["state"]): boolean;
}

/** Where a state lives that the settings put on a branch without saying which. */
const usual = { remote: "origin", ref: "refs/heads/vac-state" } as const;
const usualBranch = { backend: "git", ...usual } as const;

export function branchesOf({ env }: Pick<Io, "env">): Branches {
  const fetched = new Set<string>();
  const wordOf = ({ remote = usual.remote, ref = usual.ref }: Config["state"]): string => `${remote} ${ref}`;
  return {
    placeOf({ state }) {
      const backend = env.VAC_STATE || state.backend;
      if (backend === "file" || backend === "git") return { ...state, backend };
      throw new UsageError("VAC_STATE is neither file nor git", {
        hint: "leave it out: state.backend in _config.yaml counts then",
      });
    },
    isFetched: (state) => fetched.has(wordOf(state)),
    async open(dir, state) {
      const { openBranch } = await import("../git/branch.ts");
      const branch = await openBranch(dir, state.remote ?? usual.remote, state.ref ?? usual.ref);
      return {
        ...branch,
        async tip() {
          const tip = await branch.tip();
          fetched.add(wordOf(state));
          return tip;
        },
      };
    },
  };
}

/** The store that the settings name. The embedded board's data come with a state that lives on a branch. */
export async function storeOf(
  io: Io,
  branches: Branches,
  dir: string,
  address: string,
  config: Pick<Config, "state">,
): Promise<StateStore> {
  const state = branches.placeOf(config);
  if (state.backend === "file") return storeInFiles(dir, address);
  return storeOnBranch(io, branches, dir, address, state);
}

/** The store on the branch that the settings name, or would. */
export async function storeOnBranch(
  io: Io,
  branches: Branches,
  dir: string,
  address: string,
  state: Config["state"],
): Promise<BranchStore> {
  const { branchStore } = await import("../state/git/store.ts");
  const run = pipelineOf(io);
  return branchStore({
    branch: () => branches.open(dir, state),
    folder: join(dir, ".vac"),
    board: address,
    workspace: basename(dir),
    ...(address === embedded && { beside: embeddedData(dir) }),
    ...(run !== undefined && { run }),
    ...(io.now && { now: io.now }),
  });
}

/** The state of another workspace of the repository, wherever it is kept; undefined where it has none for this board. */
export async function stateBeside(
  branches: Branches,
  dir: string,
  address: string,
  alone: boolean,
): Promise<State | undefined> {
  const states = join(dir, ".vac", "state");
  const sources = await readConfigFile(dir);
  const { config, errors } = readSettings(sources);
  const inFiles = async (): Promise<State | undefined> =>
    existsSync(states) ? fileStore(states, address).read() : undefined;
  // A folder without settings is seldom a workspace, and asking a branch takes its time.
  let state = sources.files.length > 0 ? branches.placeOf(config) : config.state;
  if (errors.length > 0) {
    // They don't tell where its state is: files are looked at, and the branch that is at hand.
    const there = await inFiles();
    if (there || !branches.isFetched(usualBranch)) return there;
    state = usualBranch;
  }
  if (state.backend === "file") return inFiles();
  const { branchStore } = await import("../state/git/store.ts");
  const branch = (): Promise<Branch> => branches.open(dir, state);
  const store = branchStore({ branch, folder: join(dir, ".vac"), board: address, workspace: basename(dir) });
  return alone || branches.isFetched(state) ? store.recall() : store.read();
}

/** The page of the pipeline that this runs in. */
function pipelineOf({ env }: Io): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env;
  if (server && repository && id) return `${server}/${repository}/actions/runs/${id}`;
  return env.CI_JOB_URL || undefined;
}

function embeddedData(dir: string): Beside {
  const folder = join(dir, ".board");
  return {
    names: ["board.jsonl", "journal.jsonl"],
    read: async () => (await import("../emulator/data.ts")).readData(folder),
    write: async (files) => (await import("../emulator/data.ts")).replaceData(folder, files),
  };
}

/** States hold phones, and a checkout of an older commit would bring an older one: git is told to pass them over. */
function storeInFiles(dir: string, address: string): StateStore {
  const folder = join(dir, ".vac", "state");
  const store = fileStore(folder, address);
  const checked = async <T>(task: () => Promise<T>): Promise<T> => {
    checkMoved(dir, address);
    return task();
  };
  return {
    ...store,
    read: () => checked(store.read),
    async open(identity, options) {
      const session = await checked(() => store.open(identity, options));
      await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch(() => undefined);
      return session;
    },
  };
}

/** A state that went to a branch isn't begun anew in files by mistake. */
function checkMoved(dir: string, address: string): void {
  const has = (folder: string, end: string): boolean =>
    existsSync(join(dir, ".vac", folder, `${boardFile(address)}${end}`));
  const isHere = has("state", ".json") || has("state", ".log");
  if (isHere || !(has("branch", ".json") || has("branch", ".log"))) return;
  throw new StateError(
    `the state of ${address} was kept on a branch, and _config.yaml says that it is in files`,
    {
      hint: "vac state pull brings it here; or write state: { backend: git } into _config.yaml again",
    },
  );
}
