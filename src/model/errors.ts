/**
 * A failure that a person can mend. `message` says where and what in one line, `hint` how to mend it.
 * Whatever is thrown and isn't one of these is an internal error.
 */
export class VacError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
  }
}

/** Wrong flags, a folder that isn't there, settings that contradict each other. */
export class UsageError extends VacError {}

/** The board couldn't be reached, or its answer couldn't be used. */
export class BoardError extends VacError {
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;

  constructor(message: string, options: { hint?: string; cause?: unknown; status?: number } = {}) {
    super(message, options);
    this.status = options.status;
  }
}

/** The board doesn't accept the credentials. */
export class AuthError extends BoardError {}

/** The state can't be read, is of another board or account, or is of a newer format. */
export class StateError extends VacError {}

/** Somebody else holds the lock. */
export class LockError extends VacError {}
