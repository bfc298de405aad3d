// What has to be known before anything is written, from flags, files or a person.

export const backends = ["file", "git"] as const;
export const pipelines = ["github", "gitlab", "none"] as const;

export interface Answers {
  /** The workspace's path from the repository's root, with `/`; empty for the root itself. */
  readonly workspace: string;
  /** `emulator`, or the board's address. */
  readonly board: string;
  readonly state: (typeof backends)[number];
  readonly ci: (typeof pipelines)[number];
  /** The repository's default branch; undefined where that isn't known. */
  readonly branch: string | undefined;
  /** Whether there are vacancy files already, beside which an example would only be in the way. */
  readonly hasVacancies: boolean;
}
