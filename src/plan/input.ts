// What a plan is made from: values only, so that the same arguments always give the same plan.
import type { Attributes, Traits } from "../model/attributes.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Funds, JobView } from "../model/job.ts";
import type { Cause, GuardName, Plan } from "../model/plan.ts";
import type { LedgerDoubt } from "../model/spent.ts";
import type { State } from "../model/state.ts";
import type { Config, Vacancy } from "../model/vacancy.ts";

/** What reading the board brought. Jobs are named by `refKey`. */
export interface Live {
  readonly jobs: ReadonlyMap<string, JobView>;
  /** Asked for one by one, and not there. */
  readonly gone: ReadonlySet<string>;
  /** Why what the board shows can't be believed, so that nothing may be created on its word. */
  readonly doubt?: Doubt;
}

export interface Doubt {
  readonly why: string;
  /** Only the list lacks something: whoever has looked at the board may create all the same, as beside a twin. */
  readonly isList: boolean;
}

/** Whether something is in the checked-out history; `unknown` where it is too short to tell. */
export type Known = "yes" | "no" | "unknown";

/** What the checked-out history has of the state. Without git everything is known. */
export interface History {
  /** Whether it ever had the file of a key whose file is absent: what it doesn't know it can't close. */
  readonly knows: (key: string) => Known;
  /** Whether it ever had a value of a job, by `refKey`, that was accepted into a file: what it doesn't have it can't take back. */
  readonly accepts: (job: string, attribute: string) => Known;
}

/** A promotion that somebody asks for, outside the files. */
export interface Once {
  readonly action: string;
  readonly account: "company" | "bonus";
  /** Also where it runs already, or may. */
  readonly again?: boolean;
}

export interface PlanInput {
  /** The board's clock, milliseconds since 1970. */
  readonly now: number;
  readonly desired: readonly Vacancy[];
  /** With open intents settled as far as reading allows. */
  readonly state: State;
  readonly live: Live;
  readonly traits: Traits;
  readonly config: Config;
  readonly allow: ReadonlySet<GuardName>;
  /** Which keys the plan is about; absent means all. */
  readonly covers?: (key: string) => boolean;
  /** Only steps of this cause; absent means all. */
  readonly only?: Cause;
  /** One purchase that was asked for, and nothing else. */
  readonly once?: Once;
  /** A plan that was kept: only what still holds of it is planned, under its id. */
  readonly kept?: Plan;
  /** Keys that are revived now, whatever their expiry. */
  readonly renew?: { readonly globs: readonly string[]; readonly covers: (key: string) => boolean };
  readonly history: History;
  /** Jobs that another workspace of this repository manages, by `refKey`, with that workspace's folder. */
  readonly elsewhere?: ReadonlyMap<string, string>;
  /** The workspace of this repository that has given the account its background. */
  readonly backgroundElsewhere?: string;
  /** What other workspaces were about to publish when nobody knows what became of it: no job like it is taken over. */
  readonly openElsewhere?: readonly {
    readonly workspace: string;
    readonly key: string;
    readonly attributes: Attributes;
  }[];
  /** Applications that nobody has dealt with, by the job's id, as far as they were counted. */
  readonly unprocessed?: ReadonlyMap<string, number>;
  /** Files renamed since the applied commit: new path to old path, relative to the workspace. */
  readonly renames?: ReadonlyMap<string, string>;
  readonly about: {
    readonly workspace: string;
    readonly commit: string | null;
    /** SHA-256 of the workspace's files. */
    readonly content: string;
  };
  readonly diagnostics: readonly Diagnostic[];
  /** The board wasn't asked: what was last observed stands for it. */
  readonly offline?: boolean;
  /** Another run is at work: its open calls are its own to settle. */
  readonly busy?: boolean;
  /** Read only where something is to be bought. */
  readonly funds?: Funds;
  /** Why they couldn't be read. */
  readonly fundsUnread?: string;
  /** What of this month's spending the state's ledger lacks and nobody can tell. */
  readonly ledgerDoubt?: LedgerDoubt;
  /** Free steps only. */
  readonly noSpend?: boolean;
  /** What doesn't fit the budget is held, and the rest goes on. */
  readonly withinBudget?: boolean;
  /** Kopecks that the wallet may give at most. */
  readonly maxCost?: number;
}
