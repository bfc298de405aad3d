// vac state adopt: binds a vacancy to a job by hand.
import { boundEntry } from "../apply/bind.ts";
import type { Traits } from "../model/attributes.ts";
import { isTwin, sameContent } from "../model/equality.ts";
import { UsageError } from "../model/errors.ts";
import { type JobView, refKey } from "../model/job.ts";
import { completeDraft, type Intent, observe, openIntents, type State } from "../model/state.ts";
import { type ExitCode, exit, type Io, tell } from "./io.ts";
import { neighboursOf } from "./neighbours.ts";
import { onGround, type PlanFlags } from "./planning.ts";
import { unknownKey } from "./state.ts";

const createsOf = (state: State | undefined): Intent[] =>
  state ? openIntents(state).filter(({ call }) => call.do === "create") : [];

/** Whether a job is, or may well be, what an open create has made. */
function mayHaveMade(traits: Traits, { call, there = [] }: Intent, view: JobView): boolean {
  if (call.do !== "create" || there.includes(refKey(view.ref))) return false;
  return (
    isTwin(traits, call.attributes, view.attributes) ||
    sameContent(traits, call.attributes, view, [traits.roles.address])
  );
}

/** Binds a vacancy to a job that the planner wouldn't take by itself. */
export async function stateAdopt(io: Io, flags: PlanFlags, key: string, id: string): Promise<ExitCode> {
  const code = await onGround(
    io,
    flags,
    async ({ workspace, compiled, open, identity, repository, uncommitted }): Promise<ExitCode> => {
      const vacancy = compiled.vacancies.find((candidate) => candidate.key === key);
      const awaited = createsOf(workspace.state).find((intent) => intent.key === key);
      if (!vacancy && !awaited)
        throw unknownKey(
          key,
          compiled.vacancies.map((candidate) => candidate.key),
          "no file makes",
        );
      const other = (await neighboursOf(repository, workspace, identity)).jobs.get(id);
      if (other !== undefined)
        throw new UsageError(`job ${id} belongs to the workspace ${other}`, {
          hint: `let go of it there first: vac state rm KEY --dir ${other}`,
        });
      const view = await open.board.job({ id });
      if (view === "gone")
        throw new UsageError(`the board doesn't know job ${id}`, { hint: "check the id and the account" });
      const session = await workspace.store.open(identity);
      try {
        const maker = createsOf(session.state).find(
          (intent) => intent.key !== key && mayHaveMade(open.board.traits, intent, view),
        );
        if (maker)
          throw new UsageError(
            `job ${id} may be what a create of ${maker.key} has made, of which it isn't known yet what became`,
            {
              hint: `if it is: vac state mv ${maker.key} ${key}, then this again; if it isn't: vac state resolve ${maker.key} --not-done`,
            },
          );
        const owner = Object.entries(session.state.entries).find(([, entry]) => refKey(entry.job) === id);
        if (owner && !owner[1].tombstone)
          throw new UsageError(`job ${id} belongs to ${owner[0]} already`, {
            hint: `vac state rm ${owner[0]} lets go of it`,
          });
        const calls = openIntents(session.state).filter((intent) => intent.key === key);
        const mine = session.state.entries[key];
        if (mine && !mine.tombstone && calls.every(({ call }) => call.do !== "create")) {
          throw new UsageError(`${key} has a job already`, { hint: `vac state rm ${key} lets go of it` });
        }
        const other = calls.find(({ call }) => call.do !== "create");
        if (other)
          throw new UsageError(`it isn't known yet what became of a ${other.call.do} of ${key}`, {
            hint: `first: vac state resolve ${key} --done|--not-done`,
          });
        if (owner && owner[0] !== key) await session.append({ event: "drop", key: owner[0] }, "fsync");
        const standing = { commit: repository?.commit ?? null, uncommitted };
        const now = open.board.now();
        // Its file has gone since: what was sent is what is known of it.
        const entry = vacancy
          ? boundEntry(vacancy, view, standing, now)
          : completeDraft((awaited as Intent).entry, view.ref, observe(undefined, view, now));
        // The create that made it is done by this: what it took goes into the ledger.
        const [made, ...rest] = calls;
        if (made) await session.append({ event: "done", id: made.id, key, entry, assumed: true }, "fsync");
        else await session.append({ event: "put", key, entry }, "fsync");
        for (const { id: call } of rest) await session.append({ event: "refused", id: call }, "fsync");
      } finally {
        await session.close();
      }
      tell(io, `${key} is job ${id} now. vac plan shows what differs.`);
      return exit.ok;
    },
  );
  return code ?? exit.failed;
}
