import { rewriteAddress } from "./addresses.ts";
import { clockTime, PUBLICATION_MS } from "./clock.ts";
import { Refusal } from "./http.ts";
import { type Code, codeOf } from "./money/codes.ts";
import type { Charge, Funds } from "./money/records.ts";
import type { Settings } from "./options.ts";
import type { Change, Job, JobAttributes } from "./records.ts";
import { published, revived, served, statusOf, withoutServices } from "./services.ts";
import type { Store } from "./store.ts";
import { type Bill, charged, noMoney, paid, paidContact } from "./till.ts";
import type { Person } from "./world/people.ts";

const MINUTE_MS = 60_000;

/** The board's rules on jobs: what each call does to the state, and what time does by itself. */
export interface Board {
  readonly store: Store;
  /** The settings in force; replaced when they are patched. */
  settings: Settings;
  /** The emulator's clock, ms. */
  now(): number;
  /** Does what has been due by now without anybody's call: auto-renewals, in the order of their times. */
  passTime(): void;
  /** A job by id, brought up to now. Refuses with 404 when there is none. */
  find(id: string): Job;
  /** All jobs (without those that are gone), newest first, brought up to now. */
  all(): Job[];
  /** What the account can pay with, brought up to now. */
  funds(): Funds;
  /** Publishes a new job and charges for it. Refuses with 422 for want of money, as `revive` does. */
  create(attributes: JobAttributes, publication: string): Job;
  /** Changes attributes; refuses with 422 for an inactive job where the reading says so. */
  update(id: string, changed: Partial<JobAttributes>): Job;
  /** Closes a job; one that is closed stays as it is. */
  close(id: string, reason: string): Job;
  /** Publishes a job again for 30 days and charges for it, whatever its status. */
  revive(id: string, publication: string): Job;
  /** Applies a paid service to a job and charges for it; the reason (Russian) when that can't be. */
  serve(id: string, code: Code, account: "company" | "bonus"): Job | string;
  /** Buys a candidate's contact, be it bought already or not; the reason (Russian) when that can't be. */
  openContact(person: Person, account: "company" | "bonus", by: "paid_action" | "phone"): Charge | string;
}

/** A board on a store; `real` gives the real time in ms. */
export function makeBoard(store: Store, initial: Settings, real: () => number): Board {
  const now = () => clockTime(store.board().clock, real());
  const readings = () => board.settings.readings;

  function chargedFor(job: Job, at: number, by: Bill["by"]): Change[] {
    return charged(store, readings(), job, at, { code: codeOf(job.publication) ?? "job_publish", by });
  }

  /** What time has done to a job since it was last touched, apart from renewals. */
  function elapsed(job: Job, at: number): Change[] {
    let settled = statusOf(job, at) === "active" ? job : withoutServices(job);
    if (settled.rewriteAt !== null && settled.rewriteAt <= at) {
      const address = rewriteAddress(settled.attributes.address);
      settled = { ...settled, attributes: { ...settled.attributes, address }, rewriteAt: null };
    }
    return settled === job ? [] : [{ table: "job", record: settled }];
  }

  /** Jobs whose auto-renewal is due, the longest due first. */
  function dueRenewals(at: number): Job[] {
    return store
      .renewing()
      .filter((job) => !job.gone && statusOf(job, at) === "expired" && job.lapsedAt !== job.expiresAt)
      .sort((one, other) => one.expiresAt - other.expiresAt || Number(one.id) - Number(other.id));
  }

  /** Renews a job at its end ("Job", `auto_renew`), or lets it lapse for want of money. */
  function renew(job: Job): void {
    const at = job.expiresAt;
    const code = codeOf(job.publication) ?? "job_publish";
    const payment = paid(store, readings(), job, at, { code, by: "auto_renew" });
    const record = payment ? published(job, at, at + PUBLICATION_MS) : { ...job, lapsedAt: at };
    store.commit([{ table: "job", record }, ...(payment ?? [])]);
  }

  /** A job with the fate of a freshly written address settled by the reading in force. */
  function withAddressWritten(job: Job, at: number): Job {
    const how = readings().rewriteAddress;
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

    passTime() {
      const at = now();
      for (let due = dueRenewals(at); due[0]; due = dueRenewals(at)) renew(due[0]);
    },

    find(id) {
      board.passTime();
      const job = store.job(id);
      if (!job || job.gone) throw new Refusal(404, "Вакансия не найдена");
      store.commit(elapsed(job, now()));
      return store.job(id) ?? job;
    },

    all() {
      board.passTime();
      const at = now();
      store.commit(store.jobs().flatMap((job) => elapsed(job, at)));
      return store.jobs().filter((job) => !job.gone);
    },

    funds() {
      board.passTime();
      return store.funds();
    },

    create(attributes, publication) {
      board.passTime();
      const at = now();
      const job: Job = {
        id: store.nextJobId(),
        attributes,
        status: "active",
        publication,
        createdAt: at,
        expiresAt: at + PUBLICATION_MS,
        closeReason: null,
        rewriteAt: null,
        publishedAt: at,
        refreshedAt: at,
        highlightedTill: null,
        elevatedTill: null,
        lapsedAt: null,
        gone: false,
      };
      return save(withAddressWritten(job, at), ...chargedFor(job, at, "create"));
    },

    update(id, changed) {
      const job = board.find(id);
      const at = now();
      if (!readings().updatesInactive && statusOf(job, at) !== "active") {
        throw new Refusal(422, "Возникли ошибки: Вакансия неактивна, изменить её нельзя");
      }
      const next = { ...job, attributes: { ...job.attributes, ...changed } };
      return save(changed.address === undefined ? next : withAddressWritten(next, at));
    },

    close(id, reason) {
      const job = board.find(id);
      if (job.status === "closed") return job;
      const closed: Job = { ...withoutServices(job), status: "closed", closeReason: reason };
      return save(closed, ...shutApplications(id));
    },

    revive(id, publication) {
      const job = board.find(id);
      const at = now();
      const again = revived(job, at, publication);
      const payment = chargedFor(again, at, "revive");
      return save(readings().reviveIsNoop ? job : again, ...payment);
    },

    serve(id, code, account) {
      const job = board.find(id);
      const at = now();
      const after = served(job, code, at);
      if (typeof after === "string") return after;
      const payment = paid(store, readings(), job, at, { code, by: "paid_action", account });
      return payment ? save(after, ...payment) : noMoney(code);
    },

    openContact(person, account, by) {
      board.passTime();
      const at = now();
      const payment = paidContact(store, readings(), person, at, { code: "contact_view", by, account });
      if (!payment) return noMoney("contact_view");
      const record = store.contact(person.id) ?? { id: person.id, at };
      store.commit([{ table: "contact", record }, ...payment.changes]);
      return payment.charge;
    },
  };
  return board;
}
