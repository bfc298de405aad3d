// The log while it is written to.
import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { StateError } from "../model/errors.ts";
import { largestLog, syncFolder, tooBig } from "./files.ts";

const datasync = promisify(fdatasync);

/** On a first run `.vac/state` and `.vac` are new too. */
async function syncFolders(folder: string): Promise<void> {
  for (const each of [folder, dirname(folder), dirname(dirname(folder))]) await syncFolder(each);
}

/**
 * Lines are written at once and in order, so that they outlive this process; a sync makes them outlive a power cut.
 * After a failure nothing more is written: what follows a gap can't be read.
 */
export class LogWriter {
  readonly #file: string;
  #size: number;
  #fd: number | undefined;
  #foldersSynced = false;
  #failure: StateError | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** `good` bytes of the file are kept; the rest of it is cut off before the first write. */
  constructor(file: string, good: number) {
    this.#file = file;
    this.#size = good;
  }

  /** Bytes of good lines. */
  get size(): number {
    return this.#size;
  }

  /** Why something is missing from the file; undefined if nothing is. */
  get failure(): StateError | undefined {
    return this.#failure;
  }

  /** Appends lines, or throws a StateError. */
  write(lines: Buffer): void {
    if (this.#failure) throw this.#failure;
    // A longer one couldn't be read again.
    if (this.#size + lines.length > largestLog) throw this.#fail(tooBig(largestLog), "");
    try {
      const fd = this.#open();
      // A full disk first takes less than it is given.
      for (let done = 0; done < lines.length; ) done += writeSync(fd, lines, done);
      this.#size += lines.length;
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /** Returns once all that was written so far outlasts a power cut. Callers at the same time share one sync. */
  sync(): Promise<void> {
    // One that runs already may miss the newest lines: wait for it, then share the one after it.
    this.#next ??= (this.#running ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.#running = this.#next;
        this.#next = undefined;
        return this.#sync();
      });
    return this.#next;
  }

  async #sync(): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#fd === undefined) return;
    try {
      await datasync(this.#fd);
      if (!this.#foldersSynced) await syncFolders(dirname(this.#file));
      this.#foldersSynced = true;
    } catch (error) {
      throw this.#fail(error);
    }
  }

  #open(): number {
    if (this.#fd !== undefined) return this.#fd;
    const fd = openSync(this.#file, "a", 0o600);
    this.#fd = fd;
    if (fstatSync(fd).size > this.#size) ftruncateSync(fd, this.#size);
    return fd;
  }

  /** `first` is what a person has to do about it. */
  #fail(error: unknown, first = "make room or give access, then "): StateError {
    this.#failure ??= new StateError(`${this.#file} can't be written: ${(error as Error).message}`, {
      hint: `${first}run \`vac plan\`: it finds out what became of calls that were under way`,
      cause: error,
    });
    return this.#failure;
  }

  /** Waits for syncs and lets go of the file. */
  async close(): Promise<void> {
    while (this.#next) await this.#next.catch(() => undefined);
    await this.#running?.catch(() => undefined);
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** Removes the file: the snapshot holds it all. */
  remove(): void {
    rmSync(this.#file, { force: true });
  }
}
