// Watches what is taken while a plan is carried out: a charge beyond the plan's bounds stops all that would be paid.
import type { Board } from "../board/port.ts";
import type { Funds } from "../model/job.ts";
import { roubles } from "../model/money.ts";
import type { Step, StepResult } from "../model/plan.ts";
import { mostOf, pricesOf, walletOf } from "../plan/cost.ts";

/** What may have been done may have been charged. */
const chargeable: ReadonlySet<StepResult["status"]> = new Set(["applied", "unknown", "pending"]);

/** Funds that were read while no paid step was under way: what was taken since then, calls that were logged since then took. */
export interface Mark extends Funds {
  /** When that was, at the latest; milliseconds since 1970. */
  readonly at: number;
  /** The state's serial then. */
  readonly serial: number;
}

export class Purse {
  readonly #board: Board;
  /** Kopecks in the wallet at the last look; undefined where the board doesn't tell. */
  #wallet: number | undefined;
  /** Kopecks that have left it since the start: what is paid in meanwhile hides nothing. */
  #taken = 0;
  readonly #prices: Readonly<Record<string, number>>;
  readonly #serial: () => number;
  #mark: Mark | undefined;
  #stopped: string | undefined;
  /** Kopecks that steps which were begun, and weren't refused, may have taken. */
  #allowed = 0;
  /** Steps that have begun, that have ended, and that had ended when the funds were last seen to be as planned. */
  #begun = 0;
  #ended = 0;
  #confirmed = 0;
  /** Steps that may be out unconfirmed: the first one goes alone. */
  #window = 1;
  #checking: Promise<void> | undefined;
  #waiting: (() => void)[] = [];

  /**
   * `start` are the funds that the plan was made with; without them nothing is watched. `prices` are roubles by code, for
   * those that the board doesn't tell; `serial` tells the state's.
   */
  constructor(
    board: Board,
    start: Funds | undefined,
    prices: Readonly<Record<string, number>>,
    serial: () => number,
  ) {
    this.#board = board;
    this.#prices = prices;
    this.#serial = serial;
    if (start) this.#begin(start, serial());
  }

  /** Why nothing more is bought; undefined as long as all is as planned. */
  get stopped(): string | undefined {
    return this.#stopped;
  }

  /** What a later look is held against; undefined where the board has no funds to ask for. */
  get mark(): Mark | undefined {
    return this.#mark;
  }

  /** Kopecks that have left the wallet, and what it holds; undefined where nobody tells. */
  get taken(): { readonly wallet: number; readonly left: number } | undefined {
    return this.#wallet === undefined ? undefined : { wallet: this.#taken, left: this.#wallet };
  }

  /** Begins from the funds of now: while somebody read the plan, others may have spent. */
  async restart(): Promise<void> {
    if (this.#mark === undefined) return;
    const serial = this.#serial();
    this.#begin(await this.#board.funds(), serial);
  }

  #begin(funds: Funds, serial: number): void {
    this.#wallet = walletOf(funds);
    this.#mark = this.#markOf(funds, serial);
  }

  /** With the prices that the settings tell. */
  #markOf(funds: Funds, serial: number): Mark {
    return { ...funds, prices: pricesOf(funds, this.#prices).known, at: this.#board.now(), serial };
  }

  /** Nothing more is bought, for a reason that the funds don't show. */
  halt(why: string): void {
    this.#stopped ??= why;
    this.#wake();
  }

  /** Begins a paid step as soon as less than a batch is out unconfirmed; false when nothing more is bought. */
  async admit(step: Step): Promise<boolean> {
    while (this.#wallet !== undefined && this.#stopped === undefined) {
      // Half a window early, so that a look at the funds keeps nobody waiting.
      if (this.#ended - this.#confirmed >= this.#window / 2) void this.#look();
      if (this.#begun - this.#confirmed < this.#window) break;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#stopped !== undefined) return false;
    this.begin(step);
    return true;
  }

  /** Counts what a step may take at most. */
  begin(step: Step): void {
    this.#begun += 1;
    this.#allowed += mostOf(step);
  }

  /** Takes it back where the step was certainly not done. */
  end(step: Step, status: StepResult["status"]): void {
    this.#ended += 1;
    if (!chargeable.has(status)) this.#allowed -= mostOf(step);
    this.#wake();
  }

  /** Reads the funds and holds them against what may have been taken since the plan was made. */
  async check(): Promise<void> {
    if (this.#mark === undefined) return;
    // A look that is under way may have begun too early.
    await this.#checking;
    await this.#look();
  }

  /** The same, unless nothing was bought since the last look. */
  async settle(): Promise<void> {
    await this.#checking;
    if (this.#wallet !== undefined && this.#ended > this.#confirmed) await this.#look();
  }

  #look(): Promise<void> {
    this.#checking ??= this.#read().finally(() => {
      this.#checking = undefined;
      this.#wake();
    });
    return this.#checking;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  async #read(): Promise<void> {
    const [begun, ended, serial] = [this.#begun, this.#ended, this.#serial()];
    let funds: Funds;
    try {
      funds = await this.#board.funds();
    } catch (error) {
      this.#stopped ??= `the funds can't be read any more (${(error as Error).message}), so nothing more was bought`;
      return;
    }
    // What was under way meanwhile may be in these funds or not.
    if (begun === ended && begun === this.#begun) this.#mark = this.#markOf(funds, serial);
    const now = walletOf(funds);
    if (this.#wallet !== undefined && now !== undefined) {
      this.#taken += Math.max(0, this.#wallet - now);
      this.#wallet = now;
    }
    if (this.#taken <= this.#allowed) {
      this.#confirmed = ended;
      this.#window = this.#board.traits.batch;
      return;
    }
    this.#stopped ??= `${roubles(this.#taken)} were taken from the wallet, and the plan allows ${roubles(this.#allowed)} for what was bought so far: nothing more was bought`;
  }
}
