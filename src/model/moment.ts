/** One thing that happened to a state on a branch: a commit of it. */
export interface Moment {
  readonly commit: string;
  /** Milliseconds since 1970, by the clock of who pushed it. */
  readonly at: number;
  readonly what: string;
  readonly plan?: string;
  readonly by?: string;
  readonly run?: string;
}
