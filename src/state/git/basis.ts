import type { Branch } from "../../git/branch.ts";
import type { Journal } from "../journal.ts";
import type { Files } from "../load.ts";
import type { Lock } from "../lock.ts";
import type { Lease } from "./lease.ts";
import type { Names, Part } from "./part.ts";
import type { Pusher } from "./pusher.ts";

/** What a session stands on. */
export interface Basis {
  readonly branch: Branch;
  readonly names: Names;
  readonly files: Files;
  readonly lock: Lock;
  readonly journal: Journal;
  readonly pusher: Pusher;
  /** What a lease says of this run. */
  readonly self: Pick<Lease, "pid" | "host" | "since" | "token" | "machine" | "run">;
  /** Whether the local copy has more than the branch already. */
  readonly isAhead: boolean;
  /** The embedded board's data, by the names that they have on the branch. */
  readonly beside: () => Promise<ReadonlyMap<string, Uint8Array>>;
  /** Told after each push that arrived. */
  readonly landed: (blobs: Part["blobs"]) => Promise<void>;
  /** Told where nothing of this run is to stay. */
  readonly undo: () => Promise<void>;
  /**
   * Brings what became of our calls to a branch that another run has written meanwhile, once this one has let go of the
   * local copy; whether the branch has it all.
   */
  readonly rescue: () => Promise<boolean>;
  /** How the commits of this run begin, such as `vacancies on emulator`. */
  readonly title: string;
  /** This machine's clock, milliseconds since 1970. */
  readonly now: () => number;
}
