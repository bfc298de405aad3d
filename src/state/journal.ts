// A state with its log while events are added.
import { truncateSync } from "node:fs";
import { copyPlain } from "../model/copy.ts";
import type { State } from "../model/state.ts";
import { applyEvent, type StateEvent } from "./events.ts";
import { writeLine } from "./lines.ts";
import type { Loaded } from "./load.ts";
import { LogWriter } from "./log.ts";
import { contradiction, faultOfEvent } from "./valid.ts";

/** The log is folded in once it is longer than this part of the snapshot: writes stay in proportion to what changed. */
const compactPart = 0.25;

export class Journal {
  /** After all events so far; it grows in place, and what it holds is replaced, never changed. */
  readonly state: State;
  readonly #file: string;
  readonly #log: LogWriter;
  readonly #whole: number;
  readonly #begun: number;
  #appended = false;

  /** `state` is what `loaded` holds, or a new one. */
  constructor(file: string, state: State, loaded: Loaded) {
    this.state = state;
    this.#file = file;
    this.#begun = loaded.good;
    this.#log = new LogWriter(file, loaded.good);
    this.#whole = loaded.whole;
  }

  /** Whether an event was added. */
  get appended(): boolean {
    return this.#appended;
  }

  /** Why the log lacks something; undefined if it doesn't. */
  get failure(): Error | undefined {
    return this.#log.failure;
  }

  /** Whether a new snapshot is worth it, or has to take what the log couldn't. */
  get isLong(): boolean {
    return this.failure !== undefined || this.#log.size >= this.#whole * compactPart;
  }

  /** Adds an event before it returns; it outlasts this process. StateError if it can't be written, Error if it is impossible. */
  add(event: StateEvent): void {
    const fault = faultOfEvent({ ...event }) ?? contradiction(this.state, event);
    if (fault !== undefined) throw new Error(`state event ${event.event}: ${fault}`);
    const line = writeLine(event);
    const lines = this.#log.size === 0 ? writeLine(this.#first()) + line : line;
    // What happened has happened, also where it can't be written: the snapshot may still take it.
    applyEvent(this.state, copyPlain(event));
    this.#appended = true;
    this.#log.write(Buffer.from(lines));
  }

  #first(): StateEvent {
    const { lineage, board, account, serial } = this.state;
    return this.#whole === 0
      ? { event: "begin", lineage, board, account }
      : { event: "base", lineage, serial };
  }

  /** Returns once all that was added outlasts a power cut. */
  sync(): Promise<void> {
    return this.#log.sync();
  }

  /** Lets go of the log. */
  close(): Promise<void> {
    return this.#log.close();
  }

  /** Removes the log: the snapshot holds it all. */
  remove(): void {
    this.#log.remove();
  }

  /** Cuts off what was added, once the log is closed: none of it is to be. */
  takeBack(): void {
    if (this.#begun === 0) this.#log.remove();
    else truncateSync(this.#file, this.#begun);
  }
}
