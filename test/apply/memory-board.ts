// VK Работа's board in memory, without HTTP: what thousands of generated stories run against.
import type { Board } from "../../src/board/port.ts";
import { traits } from "../../src/board/vkrabota/traits.ts";
import type { Attributes } from "../../src/model/attributes.ts";
import type { Call, JobRef, JobStatus, JobView, Outcome } from "../../src/model/job.ts";

const day = 86_400_000;

/** The open points of the document, as this board has them. */
export interface Nature {
  readonly listsInactive: boolean;
  readonly updatesInactive: boolean;
  /** Whether it spells addresses its own way: when they are written, or when time has passed. */
  readonly rewrites: "no" | "at_once" | "later";
}

interface Job {
  id: string;
  attributes: Attributes;
  status: JobStatus;
  publication: string;
  expiresAt: number;
}

const respelled = (address: string): string => address.replace("улица", "ул.");

export class MemoryBoard implements Board {
  readonly traits = traits;
  readonly charges: string[] = [];
  readonly calls: Call[] = [];
  clock = Date.parse("2026-12-01T12:00:00Z");
  readonly all: Job[] = [];
  /** Ids that the board has lost. */
  readonly gone = new Set<string>();
  readonly #nature: Nature;

  constructor(nature: Nature) {
    this.#nature = nature;
  }

  async identity() {
    return { kind: "memory", address: "memory", account: "1" };
  }

  async *jobs() {
    for (const job of this.all) {
      if (this.gone.has(job.id)) continue;
      if (this.#nature.listsInactive || this.status(job) === "active") yield this.#show(job);
    }
  }

  async job(ref: JobRef) {
    const job = this.#find(ref);
    return job && !this.gone.has(job.id) ? this.#show(job) : "gone";
  }

  async dictionary() {
    return [];
  }

  async funds() {
    const price = { min: 100 };
    return { sources: [], prices: { standard: price, job_publish: price, super_job_publish: price } };
  }

  async send(calls: readonly Call[]): Promise<Outcome[]> {
    return calls.map((call) => this.#do(call));
  }

  async settle(calls: readonly Call[]): Promise<Outcome[]> {
    return calls.map(() => ({ is: "unclear", cause: "not asked for here" }));
  }

  now() {
    return this.clock;
  }

  async close() {}

  status(job: Job): JobStatus {
    return job.status === "active" && job.expiresAt <= this.clock ? "expired" : job.status;
  }

  #do(call: Call): Outcome {
    this.calls.push(call);
    if (call.do === "create") {
      this.charges.push(`create ${call.attributes.title}`);
      const job: Job = {
        id: String(651 + this.all.length),
        attributes: this.#rewritten(call.attributes),
        status: "active",
        publication: call.publication,
        expiresAt: this.clock + 30 * day,
      };
      this.all.unshift(job);
      return { is: "done", job: this.#show(job) };
    }
    if (!("job" in call)) return { is: "refused", message: call.do };
    const job = this.#find(call.job);
    if (!job) return { is: "refused", message: "no such job" };
    switch (call.do) {
      case "update":
        if (this.status(job) !== "active" && !this.#nature.updatesInactive)
          return { is: "refused", message: "inactive" };
        job.attributes = this.#rewritten({ ...job.attributes, ...call.attributes });
        break;
      case "close":
        job.status = "closed";
        break;
      case "revive":
        this.charges.push(`revive ${job.id}, ${this.status(job)}, of ${job.expiresAt} at ${this.clock}`);
        job.expiresAt = Math.max(this.clock, this.status(job) === "active" ? job.expiresAt : 0) + 30 * day;
        job.status = "active";
        break;
      default:
        return { is: "refused", message: call.do };
    }
    return { is: "done", job: this.#show(job) };
  }

  #rewritten(attributes: Attributes): Attributes {
    const { address } = attributes;
    return this.#nature.rewrites === "at_once" && typeof address === "string"
      ? { ...attributes, address: respelled(address) }
      : attributes;
  }

  /** Lets time pass, milliseconds. */
  wait(ms: number): void {
    this.clock += ms;
    if (this.#nature.rewrites !== "later") return;
    for (const job of this.all) {
      job.attributes = { ...job.attributes, address: respelled(String(job.attributes.address)) };
    }
  }

  #find(ref: JobRef): Job | undefined {
    return this.all.find((job) => "id" in ref && job.id === ref.id);
  }

  /** Hides what VK Работа's reads hide. */
  #show(job: Job): JobView {
    const shown = Object.entries(job.attributes).filter(
      ([name]) => traits.attributes[name]?.read === "always",
    );
    return {
      ref: { id: job.id },
      attributes: { salary_from: null, salary_to: null, salary_period: null, ...Object.fromEntries(shown) },
      status: this.status(job),
      publication: job.publication,
      expiresAt: job.expiresAt,
    };
  }
}
