import { rewriteAddress } from "./addresses.ts";
import { clockTime, PUBLICATION_MS } from "./clock.ts";
import { Refusal } from "./http.ts";
import type { Settings } from "./options.ts";
import type { Change, Charge, Job, JobAttributes } from "./records.ts";
import type { Store } from "./store.ts";

const MINUTE_MS = 60_000;

/** What a job's status looks like from outside ("Job", `status`). */
export type Status = "active" | "closed" | "expired";

/** The status that a job shows at `now` (ms): an active job past its end is expired. */
export function statusOf(job: Job, now: number): Status {
  return job.status === "active" && job.expiresAt <= now ? "expired" : job.status;
}

/** The board's rules on jobs: what each call does to the state, and what time does by itself. */
export interface Board {
  readonly store: Store;
  /** The settings in force; replaced when they are patched. */
  settings: Settings;
  /** The emulator's clock, ms. */
  now(): number;
  /** A job by id, brought up to now. Refuses with 404 when there is none. */
  find(id: string): Job;
  /** All jobs (without those that are gone), newest first, brought up to now. */
  all(): Job[];
  /** Publishes a new job and charges for it. */
  create(attributes: JobAttributes, publication: string): Job;
  /** Changes attributes; refuses with 422 for an inactive job where the reading says so. */
  update(id: string, changed: Partial<JobAttributes>): Job;
  /** Closes a job; one that is closed stays as it is. */
  close(id: string, reason: string): Job;
  /** Publishes a job again for 30 days and charges for it, whatever its status. */
  revive(id: string, publication: string): Job;
}

/** A board on a store; `real` gives the real time in ms. */
export function makeBoard(store: Store, initial: Settings, real: () => number): Board {
  const now = () => clockTime(store.board().clock, real());

  function charge(job: Job, at: number, by: Charge["by"], earlier = 0): Change {
    const id = String(store.charges().length + earlier + 1);
    const record = {
      id,
      at: new Date(at).toISOString(),
      action: job.publication,
      job_id: job.id,
      units: 1,
      by,
    };
    return { table: "charge", record };
  }

  /** What time has done to a job since it was last touched: its address respelled, its publication renewed. */
  function elapsed(job: Job, at: number, charged: number): Change[] {
    let settled = job;
    const charges: Change[] = [];
    if (settled.rewriteAt !== null && settled.rewriteAt <= at) {
      const address = rewriteAddress(settled.attributes.address);
      settled = { ...settled, attributes: { ...settled.attributes, address }, rewriteAt: null };
    }
    while (settled.attributes.auto_renew === true && !settled.gone && statusOf(settled, at) === "expired") {
      charges.push(charge(settled, settled.expiresAt, "auto_renew", charged + charges.length));
      settled = { ...settled, expiresAt: settled.expiresAt + PUBLICATION_MS };
    }
    return settled === job ? [] : [{ table: "job", record: settled }, ...charges];
  }

  /** A job with the fate of a freshly written address settled by the reading in force. */
  function withAddressWritten(job: Job, at: number): Job {
    const how = board.settings.readings.rewriteAddress;
    if (how === "no") return { ...job, rewriteAt: null };
    if (how !== "at_once") return { ...job, rewriteAt: at + how * MINUTE_MS };
    const address = rewriteAddress(job.attributes.address);
    return { ...job, attributes: { ...job.attributes, address }, rewriteAt: null };
  }

  /** Applications that nobody has read are shut with their job ("Application", status `closed`). */
  function shutApplications(job: string): Change[] {
    const left = store.applications().filter(({ job_id, status }) => job_id === job && status === "unread");
    return left.map((record) => ({ table: "application", record: { ...record, status: "closed" } }));
  }

  function save(job: Job, ...more: Change[]): Job {
    store.commit([{ table: "job", record: job }, ...more]);
    return job;
  }

  const board: Board = {
    store,
    settings: initial,
    now,

    find(id) {
      const job = store.job(id);
      if (!job || job.gone) throw new Refusal(404, "Вакансия не найдена");
      store.commit(elapsed(job, now(), 0));
      return store.job(id) ?? job;
    },

    all() {
      const at = now();
      const changes: Change[] = [];
      let charged = 0;
      for (const job of store.jobs()) {
        const own = elapsed(job, at, charged);
        charged += Math.max(0, own.length - 1);
        changes.push(...own);
      }
      store.commit(changes);
      return store.jobs().filter((job) => !job.gone);
    },

    create(attributes, publication) {
      const at = now();
      const id = store.nextJobId();
      const job: Job = {
        id,
        attributes,
        status: "active",
        publication,
        createdAt: at,
        expiresAt: at + PUBLICATION_MS,
        closeReason: null,
        rewriteAt: null,
        gone: false,
      };
      return save(withAddressWritten(job, at), charge(job, at, "create"));
    },

    update(id, changed) {
      const job = board.find(id);
      const at = now();
      if (!board.settings.readings.updatesInactive && statusOf(job, at) !== "active") {
        throw new Refusal(422, "Возникли ошибки: Вакансия неактивна, изменить её нельзя");
      }
      const next = { ...job, attributes: { ...job.attributes, ...changed } };
      return save(changed.address === undefined ? next : withAddressWritten(next, at));
    },

    close(id, reason) {
      const job = board.find(id);
      if (job.status === "closed") return job;
      return save({ ...job, status: "closed", closeReason: reason }, ...shutApplications(id));
    },

    revive(id, publication) {
      const job = board.find(id);
      const at = now();
      const from = statusOf(job, at) === "active" ? job.expiresAt : at;
      const revived: Job = {
        ...job,
        status: "active",
        publication,
        expiresAt: from + PUBLICATION_MS,
        closeReason: null,
      };
      const paid = charge(revived, at, "revive");
      return save(board.settings.readings.reviveIsNoop ? job : revived, paid);
    },
  };
  return board;
}
