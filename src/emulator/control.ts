import { type Board, type Status, statusOf } from "./board.ts";
import { advanced, frozenAt, setTo } from "./clock.ts";
import type { Fault, Faults } from "./faults.ts";
import { applyByHand, editByHand, type HandApplication, type HandEdit, instant } from "./hand.ts";
import { patchSettings, type Settings, type SettingsPatch } from "./options.ts";
import type { Charge, ClockSetting, JobAttributes } from "./records.ts";
import type { RequestLog, RequestRecord } from "./requests.ts";

/** A job with everything, also what the API never shows. Times are ISO 8601, UTC. */
export interface JobState {
  id: string;
  status: Status;
  publication: string;
  attributes: JobAttributes;
  created_at: string;
  expires_at: string;
  close_reason: string | null;
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
  /** Makes an application, as a candidate does on the site; returns its id. Throws EmulatorError. */
  putApplication(application: HandApplication): string;
}

/** Makes the control of a board; `real` gives the real time in ms. */
export function makeControl(board: Board, faults: Faults, log: RequestLog, real: () => number): Control {
  const clock = () => board.store.board().clock;

  function changeClock(setting: ClockSetting): void {
    board.store.commit([{ table: "board", record: { ...board.store.board(), clock: setting } }]);
  }

  return {
    state() {
      board.all();
      const now = board.now();
      const jobs = board.store.jobs().map(
        (job): JobState => ({
          id: job.id,
          status: statusOf(job, now),
          publication: job.publication,
          attributes: structuredClone(job.attributes),
          created_at: new Date(job.createdAt).toISOString(),
          expires_at: new Date(job.expiresAt).toISOString(),
          close_reason: job.closeReason,
          gone: job.gone,
        }),
      );
      return {
        now: new Date(now).toISOString(),
        clock: { frozen: clock().frozenAt !== null, offset_ms: clock().offsetMs },
        jobs: jobs.reverse(),
        ledger: structuredClone([...board.store.charges()]),
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
    putApplication: (application) => applyByHand(board, application),
  };
}
