// The ground of a plan that asks nobody: files, git and the state, without credentials and without a network.
import { rememberedBoard } from "../apply/remembered-board.ts";
import { traits } from "../board/vkrabota/traits.ts";
import type { Compiled } from "../config/index.ts";
import { openRepository } from "../git/repository.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
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
  const workspace = await loadWorkspace(io, flags, true);
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
      spent: async () => ({ charges: [], added: [], unread: [] }),
      clockWarning: () => undefined,
      close: () => board.close(),
    },
    identity: { board: address, account: known.account },
    repository,
    uncommitted: (await repository?.uncommitted(ownFiles)) ?? new Set(),
    offline: true,
  });
}

/**
 * Where no dictionary is kept, a profession by its title is taken for the one that was applied; where the file has
 * changed since, it is said that this needn't be so.
 */
function withKnownProfessions(compiled: Compiled, { entries }: State): Compiled {
  const byTitle = new Set(compiled.wanted.map(({ key }) => key));
  const { kind } = traits.roles;
  const diagnostics = [...compiled.diagnostics];
  const known = (vacancy: Vacancy): Vacancy => {
    const entry = entries[vacancy.key];
    const applied = entry?.applied[kind];
    if (
      !entry ||
      !byTitle.has(vacancy.key) ||
      vacancy.attributes[kind] !== undefined ||
      applied === undefined
    )
      return vacancy;
    if (vacancy.textHash !== entry.textHash) diagnostics.push(unsure(vacancy));
    return { ...vacancy, attributes: { ...vacancy.attributes, [kind]: applied } };
  };
  const vacancies = compiled.vacancies.map(known);
  return { ...compiled, vacancies, diagnostics };
}

const unsure = ({ key, file }: Vacancy): Diagnostic => ({
  severity: "warning",
  code: "profession-unsure",
  message: `${key} has changed since it was applied, and whether its profession has can't be told without the board's dictionary`,
  file,
  line: 1,
  column: 1,
  hint: "vac plan with the board tells, or commit .vac/dictionaries",
  key,
});
