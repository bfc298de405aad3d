// What a workspace may grow to, so that no input can hang or exhaust a run.

export const limits = {
  /** Bytes of a file. */
  fileBytes: 1024 * 1024,
  /** Bytes of a picture. The board's document names no limit. */
  pictureBytes: 10 * 1024 * 1024,
  /** Files of a workspace. */
  files: 100_000,
  /** Folders that links lead to, and those below them, each as often as it is led to: links may branch without end. */
  linked: 1_000,
  /** Keys and values in a file, aliases written out. */
  nodes: 50_000,
  /** Values in a file that come from aliases. */
  aliased: 5_000,
  /** Maps and lists within each other. */
  depth: 64,
  /** Faults of each kind, of YAML itself and of the schema, told of one file. */
  faults: 100,
  /** Pictures read at once. */
  reads: 16,
} as const;
