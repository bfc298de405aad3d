// When promotions are due, by tables: from the record of what was bought, never before the board allows it, never late.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { traits } from "../../src/board/vkrabota/traits.ts";
import type { StateEntry } from "../../src/model/state.ts";
import type { Promotion } from "../../src/model/vacancy.ts";
import { scheduleOf, timedWord } from "../../src/plan/promotion.ts";
import { day, entry, now, vacancy } from "./world.ts";

const hour = 3_600_000;
const every = (action: Promotion["action"], period: number, more: Partial<Promotion> = {}): Promotion => ({
  action,
  account: "company",
  every: period,
  ...more,
});
const at = (action: Promotion["action"], time: number): Promotion => ({
  action,
  account: "company",
  at: time,
});

interface Row {
  readonly promote: Promotion[];
  readonly promoted?: StateEntry["promoted"];
  readonly declared?: string[];
  readonly published?: true;
  /** `action(cause)` of what is due. */
  readonly due?: string[];
  /** Hours from now to what comes next. */
  readonly next?: number[];
  readonly missed?: string;
}
const rows: Record<string, Row> = {
  "newly declared: at once": { promote: [every("job_highlight", day)], due: ["job_highlight(commit)"] },
  "bought an hour ago": {
    promote: [every("job_highlight", day)],
    promoted: { job_highlight: now - hour },
    next: [23],
  },
  "its period has run": {
    promote: [every("job_highlight", day)],
    promoted: { job_highlight: now - day },
    due: ["job_highlight(clock)"],
  },
  "two hours early is on time": {
    promote: [every("job_highlight", day)],
    promoted: { job_highlight: now - 22 * hour },
    due: ["job_highlight(clock)"],
  },
  "three hours early isn't": {
    promote: [every("job_highlight", day)],
    promoted: { job_highlight: now - 21 * hour },
    next: [3],
  },
  "a tenth of a short period": {
    promote: [every("job_highlight", 10 * hour)],
    promoted: { job_highlight: now - 9 * hour },
    due: ["job_highlight(clock)"],
  },
  "after a gap of many periods once": {
    promote: [every("job_highlight", day)],
    promoted: { job_highlight: now - 30 * day },
    due: ["job_highlight(clock)"],
  },
  "never before the board allows it": {
    promote: [every("job_refresh", 5 * day)],
    promoted: { job_refresh: now - 5 * day + hour },
    // A minute later, since clocks are read to the second.
    next: [1 + 1 / 60],
  },
  "a publication counts as a refresh": {
    promote: [every("job_refresh", 5 * day)],
    published: true,
    next: [120 + 1 / 60],
  },
  "and as nothing else": {
    promote: [every("job_highlight", day)],
    published: true,
    due: ["job_highlight(commit)"],
  },
  "until has passed": { promote: [every("job_highlight", day, { until: now })] },
  "until comes before the next": {
    promote: [every("job_highlight", day, { until: now + 10 * hour })],
    promoted: { job_highlight: now - hour },
  },
  "a time to come": { promote: [at("elevation_3d", now + 5 * hour)], next: [5] },
  "its time is there": { promote: [at("elevation_3d", now)], due: ["elevation_3d(commit)"] },
  "its time is there, and was declared before": {
    promote: [at("elevation_3d", now - hour)],
    declared: [timedWord("elevation_3d", now - hour)],
    due: ["elevation_3d(clock)"],
  },
  "47 hours late": { promote: [at("elevation_3d", now - 47 * hour)], due: ["elevation_3d(commit)"] },
  "49 hours late is missed": { promote: [at("elevation_3d", now - 49 * hour)], missed: "late" },
  "what the board's gap lies on for 48 hours is missed": {
    promote: [at("job_refresh", now)],
    promoted: { job_refresh: now - hour },
    missed: "gap",
  },
  "bought at its time": {
    promote: [at("elevation_3d", now - hour)],
    promoted: { [timedWord("elevation_3d", now - hour)]: now - hour, elevation_3d: now - hour },
  },
  "two times of one service": {
    promote: [at("elevation_1d", now), at("elevation_1d", now + day)],
    due: ["elevation_1d(commit)"],
    next: [24],
  },
  "one service twice is bought once at a time": {
    promote: [every("job_highlight", day), at("job_highlight", now)],
    due: ["job_highlight(commit)"],
  },
};
const schedules = suite("promotions");
for (const [name, row] of Object.entries(rows)) {
  schedules(name, () => {
    const { due, next, missed } = scheduleOf({
      traits,
      vacancy: vacancy({ promote: row.promote }),
      entry: entry({
        ...(row.promoted && { promoted: row.promoted }),
        ...(row.declared && { declared: row.declared }),
      }),
      published: row.published === true,
      now,
      timezone: "UTC",
    });
    assert.equal(
      due.map(({ action, cause }) => `${action}(${cause})`),
      row.due ?? [],
    );
    assert.equal(
      next.map((one) => (one.at - now) / hour),
      row.next ?? [],
    );
    assert.equal(
      missed.map(({ why }) => why),
      row.missed === undefined ? [] : [row.missed],
    );
  });
}
schedules.run();
