// The ground of a plan that asks nobody: files, git and the state, without credentials and without a network.
import { rememberedBoard } from "../apply/remembered-board.ts";
import { traits } from "../board/vkrabota/traits.ts";
import type { Compiled } from "../config/index.ts";
import { openRepository } from "../git/repository.ts";
import { emptyState, noLineage, type State } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import type { Io } from "./io.ts";
import { type Ground, ownFiles, type PlanFlags, refuseErrors } from "./planning.ts";
import { loadWorkspace, resolveOffline } from "./workspace.ts";

/** What the account is called where no state tells. */
const unknownAccount = "unknown";

/** As `onGround`, from what is known: nothing is sent, and nothing can be. */
export async function offlineGround<T>(
  io: Io,
  flags: PlanFlags,
  task: (ground: Ground) => Promise<T>,
): Promise<T | undefined> {
  const workspace = await loadWorkspace(io, flags);
  const resolved = await resolveOffline(workspace);
  if (refuseErrors(io, flags, resolved.diagnostics)) return undefined;
  const { address, state } = workspace;
  const known = state ?? emptyState(address, unknownAccount, noLineage);
  const repository = await openRepository(workspace.dir);
  const board = rememberedBoard(traits, known, Date.now);
  return task({
    workspace,
    compiled: withKnownProfessions(resolved, known),
    open: {
      board,
      address,
      countUnread: async () => new Map(),
      clockWarning: () => undefined,
      close: () => board.close(),
    },
    identity: { board: address, account: known.account },
    repository,
    uncommitted: (await repository?.uncommitted(ownFiles)) ?? new Set(),
    offline: true,
  });
}

/** Where no dictionary is kept, a profession by its title is taken for the one that was applied. */
function withKnownProfessions(compiled: Compiled, { entries }: State): Compiled {
  const byTitle = new Set(compiled.wanted.map(({ key }) => key));
  const known = (vacancy: Vacancy): Vacancy => {
    const { kind } = traits.roles;
    const applied = entries[vacancy.key]?.applied[kind];
    if (!byTitle.has(vacancy.key) || vacancy.attributes[kind] !== undefined || applied === undefined)
      return vacancy;
    return { ...vacancy, attributes: { ...vacancy.attributes, [kind]: applied } };
  };
  return { ...compiled, vacancies: compiled.vacancies.map(known) };
}
