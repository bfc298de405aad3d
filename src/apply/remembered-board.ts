// The board as it was last seen: what an offline plan reads instead of asking.
import type { Board } from "../board/port.ts";
import type { Traits } from "../model/attributes.ts";
import { UsageError } from "../model/errors.ts";
import type { JobView } from "../model/job.ts";
import type { State, StateEntry } from "../model/state.ts";

/** A board that shows what the state has observed, and can be sent nothing. Its clock is this machine's. */
export function rememberedBoard(traits: Traits, state: State, now: () => number): Board {
  const refuse = async (): Promise<never> => {
    throw new UsageError("the board isn't asked with --offline", { hint: "leave out --offline" });
  };
  return {
    traits,
    identity: async () => ({ kind: "remembered", address: state.board, account: state.account }),
    async *jobs() {
      for (const entry of Object.values(state.entries)) yield viewOf(entry);
    },
    job: refuse,
    dictionary: refuse,
    funds: refuse,
    send: refuse,
    settle: refuse,
    now,
    close: async () => undefined,
  };
}

/** Whether it still runs is left to the expiry, since time has passed without anybody looking. */
function viewOf({ job, observed }: StateEntry): JobView {
  const { attributes, status, publication, expiresAt, services } = observed;
  const isTimed = (status === "active" || status === "expired") && expiresAt !== undefined;
  return {
    ref: job,
    attributes,
    ...(status !== undefined && !isTimed && { status }),
    ...(publication !== undefined && { publication }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(services !== undefined && { services }),
  };
}
