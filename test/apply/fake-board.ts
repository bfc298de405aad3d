// Another kind of board: it answers every call with a ticket, stays pending, then accepts or rejects.
import type { Board } from "../../src/board/port.ts";
import type { Traits } from "../../src/model/attributes.ts";
import type { Call, JobRef, JobView, Outcome } from "../../src/model/job.ts";

const text = { read: "always", write: "always", equal: "text" } as const;

const traits: Traits = {
  attributes: { name: { ...text, required: true }, body: text, kind: text, place: text },
  roles: {
    title: "name",
    text: "body",
    kind: "kind",
    address: "place",
    lat: "lat",
    long: "long",
    refresh: "job_refresh",
  },
  services: {},
  publications: ["standard"],
  updatesInactive: "no",
  batch: 1,
};

interface Job {
  ticket: string;
  id?: string;
  view: Omit<JobView, "ref">;
}

/** `moderate()` is the board's staff: what waits is accepted, or rejected with a note. */
export class FakeBoard implements Board {
  readonly traits = traits;
  readonly sent: Call[] = [];
  clock = Date.parse("2026-12-01T12:00:00Z");
  #jobs: Job[] = [];

  async identity() {
    return { kind: "fake", address: "fake", account: "a" };
  }

  async *jobs() {
    for (const job of this.#jobs) if (job.id !== undefined) yield this.#show(job);
  }

  async job(ref: JobRef) {
    const found = this.#find(ref);
    return found ? this.#show(found) : "gone";
  }

  async dictionary() {
    return [];
  }

  async funds() {
    const price = { min: 100 };
    return { sources: [], prices: { standard: price, job_publish: price, super_job_publish: price } };
  }

  async send(
    calls: readonly Call[],
    { onSend }: { onSend?: (index: number) => void } = {},
  ): Promise<Outcome[]> {
    return calls.map((call, index) => {
      onSend?.(index);
      this.sent.push(call);
      if (call.do === "create") {
        const ticket = `t${this.#jobs.length + 1}`;
        this.#jobs.push({ ticket, view: { attributes: { ...call.attributes }, status: "pending" } });
        return { is: "accepted", ticket };
      }
      if (call.do === "picture" || call.do === "unpicture") return { is: "done" };
      const job = "job" in call ? this.#find(call.job) : undefined;
      if (!job) return { is: "refused", message: "no such job" };
      if (call.do === "update")
        job.view = { ...job.view, attributes: { ...job.view.attributes, ...call.attributes } };
      if (call.do === "close") job.view = { ...job.view, status: "closed" };
      if (call.do === "revive")
        job.view = { ...job.view, status: "active", expiresAt: this.clock + 7 * 86_400_000 };
      return { is: "done", job: this.#show(job) };
    });
  }

  async settle(calls: readonly Call[]): Promise<Outcome[]> {
    return calls.map(() => ({ is: "unclear", cause: "this board can't tell" }));
  }

  moderate(verdict: "active" | "rejected", note?: string): void {
    for (const job of this.#jobs) {
      if (job.view.status !== "pending") continue;
      job.id = `j${job.ticket}`;
      job.view = {
        ...job.view,
        status: verdict,
        expiresAt: this.clock + 7 * 86_400_000,
        ...(note && { note }),
      };
    }
  }

  now() {
    return this.clock;
  }

  async close() {}

  #find(ref: JobRef): Job | undefined {
    return this.#jobs.find((job) => ("id" in ref ? job.id === ref.id : job.ticket === ref.ticket));
  }

  #show({ id, ticket, view }: Job): JobView {
    const expired = view.status === "active" && (view.expiresAt ?? 0) <= this.clock;
    return {
      ...view,
      ...(expired && { status: "expired" as const }),
      ref: id === undefined ? { ticket } : { id },
    };
  }
}
