// What stories about lost paid calls share: accounts, a second vacancy, and what was charged.
import type { Plan } from "../../src/model/plan.ts";
import { type Stage, stepsOf, vacancyFile } from "./harness.ts";

export const minute = 60_000;
export const day = 24 * 60 * minute;
const codes = { job_publish: 50, job_highlight: 50, job_refresh: 50, elevation_1d: 50 };
/** Units for everything. */
export const plenty = {
  balance: 100_000_00,
  bonus: 100_000_00,
  otvas: { job_refresh: 0, elevation_plus: 0 },
  packets: [{ limits: codes, end: Date.now() + 900 * day }],
};
/** Money and no units. */
export const wallet = {
  balance: 100_000_00,
  otvas: { job_refresh: 0, elevation_plus: 0 },
  packets: [],
  prices: { job_publish: 1_200_00, job_highlight: 500_00, job_refresh: 300_00, elevation_1d: 700_00 },
};
export const settings = (more = ""): string =>
  `prices: { job_publish: 1200, job_highlight: 500, job_refresh: 300, elevation_1d: 700 }\n${more}`;
export const cook = (more: Record<string, unknown> = {}): string =>
  vacancyFile({
    title: "Повар",
    description: "Варим.",
    address: "Москва, Арбат, 1",
    lat: 55.75,
    long: 37.6,
    ...more,
  });

/** How often a code was charged, of one job where it is named. */
export const bought = (stage: Stage, code: string, job?: string): number =>
  stage.board.control
    .state()
    .ledger.filter((charge) => charge.code === code && (job === undefined || charge.job_id === job)).length;
export const idOf = (stage: Stage, title: string): string =>
  stage.jobs().find(({ attributes }) => attributes.title === title)?.id ?? "";
export const steps = (plan: Plan): string[] => stepsOf(plan as never);
/** The next POST to a path is lost, before or after the board's work. */
export const lose = (stage: Stage, path: string, kind: "drop_after" | "drop_before" = "drop_after"): void =>
  stage.board.control.setFaults([{ match: { method: "POST", path, times: 1 }, do: { kind } }]);
/** The board's time of now, less so many milliseconds. */
export const ago = (stage: Stage, ms: number): string =>
  new Date(Date.parse(stage.board.control.state().now) - ms).toISOString();
