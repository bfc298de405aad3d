// A run on a state that lives on a branch: its log is written here, and pushed from time to time.
import { readFileSync } from "node:fs";
import { LockError } from "../../model/errors.ts";
import type { State } from "../../model/state.ts";
import type { StateEvent } from "../events.ts";
import { snapshotText, writeSnapshot } from "../snapshot.ts";
import type { Shared, StateSession } from "../store.ts";
import type { Basis } from "./basis.ts";
import { covers, isDue, isOver, type Lease, leaseText, renewed } from "./lease.ts";
import { type Tally, tallied, titleOf } from "./message.ts";
import { faultOf, type Landed, leaseLost } from "./pusher.ts";

/** Milliseconds between two looks whether there is something to push. */
const checkpointMs = 20_000;

export class BranchSession implements StateSession, Shared {
  readonly #by: Basis;
  readonly #lost = new AbortController();
  #why = "";
  #lease: Lease | undefined;
  #plan: string | undefined;
  #tally: Tally = {};
  /** Whether something was logged that isn't on the branch. */
  #fresh = false;
  #timer: NodeJS.Timeout | undefined;
  #pushing: Promise<string | undefined> | undefined;
  #abandoned = false;
  #closing: Promise<void> | undefined;

  constructor(by: Basis) {
    this.#by = by;
    by.lock.lost.addEventListener("abort", () => this.#lose("the lock on the local copy was lost"));
  }

  get state(): State {
    return this.#by.journal.state;
  }

  /** Whether closing it has something to push. */
  get hasNews(): boolean {
    return this.#by.isAhead || this.#by.journal.appended || this.#lease !== undefined;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  get shared(): Shared {
    return this;
  }

  async append(event: StateEvent, durability?: "none" | "fsync"): Promise<void> {
    this.appendNow(event);
    if (durability === "fsync") await this.#by.journal.sync();
  }

  /** What a call came to is written here also once the lease is lost: the next run learns it from this log. */
  appendNow(event: StateEvent): void {
    if (this.#closing) throw new Error("the state was closed");
    this.#by.lock.check();
    this.#watch();
    this.#by.journal.add(event);
    this.#tally = tallied(this.#tally, event);
    this.#fresh = true;
  }

  whyLost(): string | undefined {
    this.#watch();
    return this.#lost.signal.aborted ? this.#why : undefined;
  }

  /** A lease that has run out is lost, whoever has it now. */
  #watch(): void {
    if (this.#lease && isOver(this.#lease, this.#by.now()))
      this.#lose("the lease ran out, since it couldn't be renewed in time");
  }

  #lose(why: string): void {
    if (this.#lost.signal.aborted) return;
    this.#why = why;
    this.#lost.abort();
  }

  async begin(plan: string, ahead: number): Promise<void> {
    if (this.#lease) {
      const why = await this.checkpoint();
      if (why !== undefined) throw new LockError(why);
      return;
    }
    this.#plan = plan;
    const lease = renewed({ ...this.#by.self, plan, ahead }, this.#by.now());
    const landed = await this.#push("begins", lease);
    if (landed.is !== "done") {
      this.#abandoned = true;
      throw faultOf(landed, this.#by.branch, "Nothing was sent");
    }
    this.#lease = lease;
    this.#timer = setInterval(() => void this.checkpoint(), checkpointMs);
    this.#timer.unref();
  }

  async admits(): Promise<string | undefined> {
    const lost = this.whyLost();
    if (lost !== undefined) return lost;
    if (this.#lease && covers(this.#lease, this.#by.now())) return undefined;
    const why = await this.checkpoint();
    return this.whyLost() ?? why;
  }

  check(): void {
    const lost = this.whyLost();
    if (lost === undefined && this.#lease && covers(this.#lease, this.#by.now())) return;
    throw new LockError(lost ?? "the lease on the state is running out, so nothing more is bought");
  }

  /** One push at a time; who asks while one is under way may have logged something since it began, and gets the next. */
  async checkpoint(): Promise<string | undefined> {
    if (this.#pushing) await this.#pushing;
    const lost = this.whyLost();
    if (lost !== undefined) return lost;
    const lease = this.#lease;
    if (!lease) throw new Error("a checkpoint of a run that hasn't begun");
    if (!this.#fresh && !isDue(lease, this.#by.now())) return undefined;
    this.#pushing ??= this.#checkpoint(renewed(lease, this.#by.now())).finally(() => {
      this.#pushing = undefined;
    });
    return this.#pushing;
  }

  /** The lease lasts longer once others can see that: until the push has arrived the old one counts. */
  async #checkpoint(lease: Lease): Promise<string | undefined> {
    const landed = await this.#push("goes on", lease);
    if (landed.is === "done") {
      this.#lease = lease;
      return undefined;
    }
    if (landed.is === "lost") this.#lose(`the lease was lost: ${landed.to}`);
    return faultOf(landed, this.#by.branch, "").message;
  }

  /**
   * Pushes snapshot and log as they are now, with a lease or as the run's end. Never throws: what can't be read or written
   * here isn't pushed.
   */
  async #push(what: string, lease?: Lease): Promise<Landed> {
    try {
      return await this.#send(what, lease);
    } catch (error) {
      this.#fresh = true;
      return { is: "unclear", text: (error as Error).message };
    }
  }

  async #send(what: string, lease: Lease | undefined): Promise<Landed> {
    const { branch, names, files, journal, pusher } = this.#by;
    // What the log can't take any more the last snapshot has.
    if (lease) await journal.sync();
    const blobs = new Map(pusher.blobs);
    const isNew = !lease && journal.isLong;
    this.#fresh = false;
    const put = async (name: string, bytes: Uint8Array | undefined): Promise<void> => {
      if (bytes === undefined) blobs.delete(name);
      else blobs.set(name, await branch.write(bytes));
    };
    const log = isNew ? undefined : fileIfThere(files.log);
    await put(names.snapshot, isNew ? Buffer.from(snapshotText(this.state)) : fileIfThere(files.snapshot));
    await put(names.log, log);
    await put(names.lease, lease && Buffer.from(leaseText(lease)));
    for (const [name, bytes] of await this.#by.beside()) await put(name, bytes);
    const { title, self } = this.#by;
    const head = titleOf(title, { what, plan: this.#plan, tally: this.#tally, self });
    const landed = await pusher.push(blobs, head);
    if (landed.is === "done") {
      this.#tally = {};
      await this.#by.landed(blobs);
    } else this.#fresh = true;
    return landed;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { journal, lock, undo } = this.#by;
    clearInterval(this.#timer);
    await this.#pushing;
    try {
      if (!this.#abandoned && this.hasNews && lock.isHeld()) await this.#end();
    } finally {
      await journal.close();
      if (this.#abandoned && lock.isHeld()) {
        journal.takeBack();
        await undo();
      }
      await lock.release();
    }
  }

  async #end(): Promise<void> {
    const { journal, files, lock } = this.#by;
    const isNew = journal.isLong;
    const landed = await this.#push("ends");
    if (landed.is === "done") {
      if (!isNew) return;
      await writeSnapshot(files.snapshot, this.state);
      journal.remove();
      return;
    }
    await journal.sync();
    if (landed.is !== "lost")
      throw faultOf(
        landed,
        this.#by.branch,
        `What was done is kept in ${files.log}: the next run in this folder pushes it, and so does \`vac state push\``,
      );
    await journal.close();
    await lock.release();
    if (await this.#by.rescue())
      throw leaseLost(
        landed.to,
        "what was done was added to the state all the same; vac plan shows where things stand",
      );
    throw leaseLost(
      landed.to,
      `what was done is kept in ${files.log}, and the run that has the state finds it on the board; vac plan shows where things stand`,
    );
  }
}

function fileIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
