import type { Charge, Funds } from "./money/records.ts";

/**
 * What the emulator remembers, one table a kind of record, each keyed by `id`. Records are never changed in
 * place: a change is a whole new record under the same id. A new resource adds a row to `Tables`.
 */

/** Attributes of a job under the board's own names ("Job" in the document); `remote` is absent until given. */
export interface JobAttributes {
  title: string;
  description: string;
  /** Degrees, −90..90. */
  lat: number;
  /** Degrees, −180..180. */
  long: number;
  address: string;
  profession_id: number;
  /** Roubles. */
  salary_from: number | null;
  /** Roubles. */
  salary_to: number | null;
  salary_period: string | null;
  contact_phone: string | null;
  remote?: boolean | null;
  has_autoreply: boolean | null;
  autoreply_text: string | null;
  auto_renew: boolean | null;
}

/** A job as stored. "expired" is never stored: it is an `active` job whose `expiresAt` has passed. */
export interface Job {
  id: string;
  attributes: JobAttributes;
  status: "active" | "closed";
  /** Current publication type: `job_publish`, `super_job_publish`, `ultra_job_publish` or `not_published`. */
  publication: string;
  /** Milliseconds of the emulator's clock. */
  createdAt: number;
  /** Milliseconds of the emulator's clock. */
  expiresAt: number;
  closeReason: string | null;
  /** When the board rewrites the address into its own spelling, ms of the emulator's clock; null: it doesn't. */
  rewriteAt: number | null;
  /** When it was published last, ms of the emulator's clock; null: never. */
  publishedAt: number | null;
  /** When it was last put on top of the search: by publishing, reviving or a `job_refresh`; null: never. */
  refreshedAt: number | null;
  /** End of the highlight that runs, or ran; null: none. */
  highlightedTill: number | null;
  /** End of the job of the day; null: none. */
  elevatedTill: number | null;
  /** The end at which an auto-renewal failed for want of money: it isn't tried again for that end. */
  lapsedAt: number | null;
  /** Vanished from the board: answers 404, though its charges stay. Only a hand edit does that. */
  gone: boolean;
}

/** Somebody's answer to a vacancy ("Application" in the document), with the candidate it came from. */
export interface Application {
  id: string;
  job_id: string;
  candidate: { id: string; first_name: string; last_name: string; phone: string };
  /** One of `APPLICATION_STATUSES`. */
  status: string;
  /** Milliseconds of the emulator's clock. */
  createdAt: number;
}

/** A contact that the company has bought; `id` is the candidate's. */
export interface Contact {
  id: string;
  /** Milliseconds of the emulator's clock. */
  at: number;
}

/** A background picture ("Фоновое изображение"). Only what is told of the bytes is kept. */
export interface Background {
  id: string;
  /** The job that it is of; null: the account's own. */
  job_id: string | null;
  content_type: string;
  filename: string;
  width: number;
  height: number;
  bytes: number;
  sha256: string;
  /** The part that is shown; y is counted from the bottom. */
  crop: Crop;
  /** Deleted, or replaced by another. */
  gone: boolean;
}

/** A part of a picture in pixels, from its lower left corner. */
export interface Crop {
  w: number;
  h: number;
  x: number;
  y: number;
}

/** What an application's status may be, as the document lists it. */
export const APPLICATION_STATUSES: readonly string[] = [
  "unread",
  "declined",
  "read",
  "selected",
  "improper",
  "rejected",
  "invited",
  "reserved",
  "missed",
  "closed",
];

/** Where the emulator's clock stands: at the real time plus an offset, or frozen at one instant (all ms). */
export interface ClockSetting {
  offsetMs: number;
  frozenAt: number | null;
}

/** The one record about the board as a whole, under the id "board". */
export interface BoardRecord {
  id: "board";
  /** Key that session tokens are signed with, hexadecimal. */
  secret: string;
  /** Tokens of an earlier generation are invalid. */
  tokenGeneration: number;
  clock: ClockSetting;
}

/** All tables. */
interface Tables {
  board: BoardRecord;
  job: Job;
  charge: Charge;
  application: Application;
  contact: Contact;
  funds: Funds;
  background: Background;
}

/** One record written into one table. */
export type Change = { [K in keyof Tables]: { table: K; record: Tables[K] } }[keyof Tables];
