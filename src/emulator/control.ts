import type { Board } from "./board.ts";
import { categoryOf } from "./categories.ts";
import { advanced, frozenAt, setTo } from "./clock.ts";
import type { Fault, Faults } from "./faults.ts";
import { applyByHand, editByHand, type HandApplication, type HandEdit } from "./hand.ts";
import type { Context } from "./handler.ts";
import { instant } from "./instant.ts";
import type { Charge } from "./money/records.ts";
import { fundsState, patchFunds } from "./money/setup.ts";
import type { FundsPatch, FundsState } from "./money/shape.ts";
import { patchSettings, type Settings, type SettingsPatch } from "./options.ts";
import type { Background, ClockSetting, Job, JobAttributes } from "./records.ts";
import { regionOf } from "./regions.ts";
import type { RequestLog, RequestRecord } from "./requests.ts";
import { type Status, statusOf } from "./services.ts";

/** A job with everything, also what the API never shows. Times are ISO 8601, UTC. */
export interface JobState {
  id: string;
  status: Status;
  publication: string;
  attributes: JobAttributes;
  created_at: string;
  expires_at: string;
  close_reason: string | null;
  published_at: string | null;
  refreshed_at: string | null;
  /** null once it is over, as for the job of the day. */
  highlighted_till: string | null;
  elevated_till: string | null;
  /** What decides which packets fit: `fias_id` and `job_category_uuid`, null where only packets for all fit. */
  region: string | null;
  category: string | null;
  /** Vanished from the board by a hand edit. */
  gone: boolean;
}

/** The whole state of the board. */
export interface EmulatorState {
  /** The emulator's clock, ISO 8601, UTC. */
  now: string;
  clock: { frozen: boolean; offset_ms: number };
  /** Oldest (lowest id) first. */
  jobs: JobState[];
  /** Oldest first. */
  ledger: Charge[];
  funds: FundsState;
  /** Oldest first, without those that were deleted or replaced. */
  backgrounds: Omit<Background, "gone">[];
  /** Ids of the candidates whose contacts were bought, in that order. */
  contacts: string[];
  counters: { requests: number; next_job_id: string };
  settings: Settings;
}

/** The handle by which a test (or `/__emulator/`) looks behind the board and works on it. */
export interface Control {
  state(): EmulatorState;
  /** The last 10,000 requests to the API, oldest first. */
  requests(): RequestRecord[];
  clearRequests(): void;
  /** Moves the clock by ms. */
  advance(ms: number): void;
  /** Sets the clock to an instant (ms), from which it runs on. */
  setClock(at: number): void;
  /** Stops the clock at an instant (ms). */
  freeze(at: number): void;
  /** Replaces the list of faults. Throws EmulatorError for one that can't be used. */
  setFaults(faults: Fault[]): void;
  /** Patches readings, latency and rate limit. Throws EmulatorError for an unknown name or a wrong value. */
  setOptions(patch: SettingsPatch): void;
  /** Makes or changes a job by hand, behind the client's back; returns its id. Throws EmulatorError. */
  putJob(edit: HandEdit): string;
  /** Sets what the account can pay with, and prices; what the patch doesn't name stays. Throws EmulatorError. */
  setFunds(patch: FundsPatch): void;
  /** Makes an application, as a candidate does on the site; returns its id. Throws EmulatorError. */
  putApplication(application: HandApplication): string;
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function jobState(job: Job, now: number): JobState {
  const running = (till: number | null) => (till !== null && till > now ? isoOrNull(till) : null);
  return {
    id: job.id,
    status: statusOf(job, now),
    publication: job.publication,
    attributes: structuredClone(job.attributes),
    created_at: new Date(job.createdAt).toISOString(),
    expires_at: new Date(job.expiresAt).toISOString(),
    close_reason: job.closeReason,
    published_at: isoOrNull(job.publishedAt),
    refreshed_at: isoOrNull(job.refreshedAt),
    highlighted_till: running(job.highlightedTill),
    elevated_till: running(job.elevatedTill),
    region: regionOf(job.attributes.address),
    category: categoryOf(job.attributes.profession_id),
    gone: job.gone,
  };
}

function backgroundsOf(board: Board): EmulatorState["backgrounds"] {
  return board.store
    .backgrounds()
    .filter(({ gone }) => !gone)
    .map(({ gone: _gone, ...background }) => structuredClone(background));
}

/** Makes the control of a board; `real` gives the real time in ms. */
export function makeControl(
  board: Board,
  faults: Faults,
  log: RequestLog,
  real: () => number,
  world: Pick<Context, "people">,
): Control {
  const clock = () => board.store.board().clock;

  function changeClock(setting: ClockSetting): void {
    board.store.commit([{ table: "board", record: { ...board.store.board(), clock: setting } }]);
  }

  return {
    state() {
      board.all();
      const now = board.now();
      const jobs = board.store.jobs().map((job) => jobState(job, now));
      return {
        now: new Date(now).toISOString(),
        clock: { frozen: clock().frozenAt !== null, offset_ms: clock().offsetMs },
        jobs: jobs.reverse(),
        ledger: structuredClone([...board.store.charges()]),
        funds: fundsState(board.store.funds()),
        backgrounds: backgroundsOf(board),
        contacts: board.store.contacts().map(({ id }) => id),
        counters: { requests: log.count(), next_job_id: board.store.nextJobId() },
        settings: structuredClone(board.settings),
      };
    },
    requests: () => log.recent(),
    clearRequests: () => log.clear(),
    advance(ms) {
      instant(board.now() + ms);
      changeClock(advanced(clock(), ms));
    },
    setClock: (at) => changeClock(setTo(instant(at), real())),
    freeze: (at) => changeClock(frozenAt(instant(at), real())),
    setFaults: (list) => faults.set(list),
    setOptions(patch) {
      board.settings = patchSettings(board.settings, patch);
    },
    putJob: (edit) => editByHand(board, edit),
    setFunds(patch) {
      const record = patchFunds(board.funds(), patch, board.now());
      board.store.commit([{ table: "funds", record }]);
    },
    putApplication: (application) => applyByHand(board, world.people, application),
  };
}
