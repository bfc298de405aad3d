// The rows of the lifecycle table for a vacancy that is wanted active and has a job.
import { equalAttribute } from "../model/equality.ts";
import { type JobView, refId, refKey } from "../model/job.ts";
import type { Step } from "../model/plan.ts";
import type { StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { awaited } from "./awaited.ts";
import { type Decision, hold, take } from "./decision.ts";
import { type Difference, difference } from "./diff.ts";
import { type Circumstances, flagsDiffer, type Situation, statusOf } from "./situation.ts";
import { createStep, recordStep, reviveStep } from "./steps.ts";
import { day, textOfValue } from "./wording.ts";

interface Case {
  readonly key: string;
  readonly vacancy: Vacancy;
  readonly entry: StateEntry;
  readonly view: JobView;
  readonly diff: Difference;
  /** Milliseconds since 1970; undefined where the board never told. */
  readonly expiresAt: number | undefined;
  readonly by: Circumstances;
}

/** Decides about a vacancy that is wanted active and has a job. */
export function decideActive({ key, entry, live }: Situation, vacancy: Vacancy, by: Circumstances): Decision {
  if (live.is !== "job") return gone(vacancy, entry, by);
  const { view } = live;
  const diff = difference(by.traits, vacancy, entry, view.attributes, by.history);
  const here: Case = {
    key,
    vacancy,
    entry,
    view,
    diff,
    expiresAt: view.expiresAt ?? entry.observed.expiresAt,
    by,
  };
  const note = view.note === undefined ? "" : `: ${view.note}`;
  switch (statusOf(view, entry, by.now)) {
    case "active":
      return active(here);
    case "expired":
      return expired(here);
    case "closed":
      return closed(here);
    case "pending":
      return heldBack(here, `the board is still checking it${note}`, "wait for the board, then plan again");
    case "rejected":
      return heldBack(
        here,
        `the board rejected it${note}`,
        "mend it as the board asks, then see to it on the board",
      );
    case "hidden":
      return heldBack(
        here,
        `it exists, but isn't published${note}`,
        "publish it on the board, or delete the file",
      );
  }
}

function gone(vacancy: Vacancy, entry: StateEntry, by: Circumstances): Decision {
  if (by.allow.has("missing")) return take(createStep(vacancy, "its job is gone"));
  return hold(
    `the board doesn't know job ${refId(entry.job) ?? "(not yet numbered)"} any more`,
    "check the board and the account; --allow missing publishes it anew, which is paid",
    "missing",
  );
}

function active(here: Case): Decision {
  const { key, vacancy, entry, diff, expiresAt, by } = here;
  // Its file was deleted and the job left alone: that job isn't made into another vacancy.
  if (entry.tombstone && !sameVacancy(here))
    return take(createStep(vacancy, "another vacancy under this key"));
  const early = typeof vacancy.renew === "object" ? vacancy.renew.earlyMs : undefined;
  const due = early !== undefined && expiresAt !== undefined && expiresAt - by.now <= early;
  const reason = by.isRenewed(key) ? "asked for by --renew" : due ? "renewed early" : undefined;
  const revive =
    reason !== undefined && entry.revivedFor !== expiresAt
      ? reviveStep(vacancy, reason, "clock", expiresAt)
      : undefined;
  return withHolds(here, [diff.update, revive]);
}

function expired(here: Case): Decision {
  const { key, vacancy, entry, expiresAt, by } = here;
  const when = expiresAt === undefined ? "" : ` on ${day(expiresAt, by.timezone)}`;
  if (entry.closed === undefined && vacancy.renew === "never" && !by.isRenewed(key)) {
    return heldBack(
      here,
      `it expired${when}, and renew is never`,
      `set renew: on_expiry, or run vac apply --renew ${here.key}, to revive it, which is paid`,
    );
  }
  return entry.closed ? again(here) : revived(here, `expired${when}`, "clock");
}

/** Closed by us and wanted again: the same vacancy is revived, another one under its key is published. */
function again(here: Case): Decision {
  if (sameVacancy(here)) return revived(here, "wanted again", "commit");
  return take(createStep(here.vacancy, "another vacancy under this key"));
}

function closed(here: Case): Decision {
  const { key, vacancy, entry, expiresAt, by } = here;
  if (entry.closed) return again(here);
  // What was paid for hasn't run out yet: whoever closed it once more would be fought over, at a price each time.
  const isPaid = entry.reopenedAt !== undefined && (expiresAt === undefined || expiresAt > by.now);
  if (vacancy.reopenClosed && isPaid && !by.isRenewed(key)) {
    return heldBack(
      here,
      `it was opened again on ${day(entry.reopenedAt ?? 0, by.timezone)}, as reopen_closed says, and somebody closed it once more`,
      `set status: closed to agree, or run vac apply --renew ${key} to revive it once more, which is paid`,
    );
  }
  if (vacancy.reopenClosed) return revived(here, "closed on the board, reopen_closed", "board");
  return heldBack(
    here,
    "somebody closed it on the board",
    "set status: closed to agree, or reopen_closed: true to revive it, which is paid",
  );
}

function revived(here: Case, reason: string, cause: Step["cause"]): Decision {
  const { key, vacancy, entry, diff, expiresAt } = here;
  if (expiresAt !== undefined && entry.revivedFor === expiresAt) {
    return heldBack(
      here,
      "it was revived for this expiry already, and the board still doesn't show it active",
      `look at it on the board, then: vac state resolve ${key} --done|--not-done`,
    );
  }
  return withHolds(here, [diff.update, reviveStep(vacancy, reason, cause, expiresAt)]);
}

/** A reused key is the same vacancy if the profession is as before, and the title or the address too. */
function sameVacancy({ vacancy, entry, by }: Case): boolean {
  const { kind, title, address } = by.traits.roles;
  const same = (name: string): boolean => {
    const [a, b] = [vacancy.attributes[name], entry.applied[name]];
    return a === undefined || b === undefined || equalAttribute(by.traits, name, a, b);
  };
  return same(kind) && (same(title) || same(address));
}

/** Left alone; what only the state has to know is still recorded. */
function heldBack(here: Case, reason: string, hint: string): Decision {
  const record = flagsDiffer(here.vacancy, here.entry) ? recordStep("its settings changed") : undefined;
  return { ...take(record), hold: { reason, hint } };
}

/** The steps, a record where nothing else brings the state in line, and a hold for attributes that are left alone. */
function withHolds(here: Case, steps: (Step | undefined)[]): Decision {
  const wanted = take(...steps);
  const decision = wanted.steps.length > 0 ? wanted : take(recordOf(here));
  const insists = here.diff.insists[0];
  if (insists) {
    return {
      ...decision,
      partial: true,
      hold: {
        reason: `the board insists: ${insists.name} was overwritten once and is ${textOfValue(insists.live)} again`,
        hint: `write ${insists.name}: ${textOfValue(insists.live)} into the file, or talk to the board`,
      },
    };
  }
  const waiting = here.diff.awaited[0];
  if (waiting) return { ...awaited(here, waiting.name, here.by), ...decision, partial: true };
  const fixed = here.diff.fixed[0];
  if (!fixed) return decision;
  return {
    ...decision,
    partial: true,
    hold: {
      reason: `${fixed.name} can't be changed once it is published`,
      hint: `put ${fixed.name}: ${textOfValue(fixed.live ?? fixed.prior)} back, or use a new key`,
    },
  };
}

function recordOf({ vacancy, entry, view, diff }: Case): Step | undefined {
  if (refKey(view.ref) !== refKey(entry.job)) return recordStep("the board has given it an id");
  if (entry.tombstone) return recordStep("its file is back");
  if (entry.closed) return recordStep("it is active again");
  if (diff.record) return recordStep("the board already has it");
  if (flagsDiffer(vacancy, entry)) return recordStep("its settings changed");
  // The same name in NFC and NFD is one file on another machine.
  if (vacancy.file.normalize() !== entry.file.normalize()) return recordStep("its file moved");
  return undefined;
}
