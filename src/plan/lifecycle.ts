// The lifecycle table: what becomes of a key that the state knows, given what is wanted and what is live.
import type { Cause } from "../model/plan.ts";
import type { StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { decideActive } from "./active.ts";
import { awaited, isAwaited } from "./awaited.ts";
import { type Decision, hold, nothing, take } from "./decision.ts";
import { type Circumstances, flagsDiffer, isOpen, type Situation, statusOf } from "./situation.ts";
import { closeStep, forgetStep, recordStep } from "./steps.ts";
import { day } from "./wording.ts";

/** Decides about a key that the state knows. */
export function decide(situation: Situation, vacancy: Vacancy | undefined, by: Circumstances): Decision {
  if (vacancy === undefined) return decideDeleted(situation, by);
  if (isAwaited(situation, "status", vacancy.status, by)) return awaited(situation, "status", by);
  const closing = closingOf(vacancy, by, situation.entry);
  return closing ? decideClosed(situation, vacancy, closing, by) : decideActive(situation, vacancy, by);
}

/**
 * Why a vacancy is wanted closed; undefined where it is wanted active. A day that had passed when somebody wrote it is an
 * edit, whatever the clock says.
 */
export function closingOf(
  vacancy: Vacancy,
  by: Pick<Circumstances, "now" | "timezone">,
  entry?: StateEntry,
): { reason: string; cause: Cause } | undefined {
  if (vacancy.status === "closed") return { reason: "status: closed", cause: "commit" };
  if (vacancy.publishUntil === undefined || vacancy.publishUntil > by.now) return undefined;
  const cause = entry?.publishUntil === vacancy.publishUntil ? "clock" : "commit";
  return { reason: `publish_until was ${day(vacancy.publishUntil - 1, by.timezone)}`, cause };
}

function decideClosed(
  { entry, live }: Situation,
  vacancy: Vacancy,
  closing: { reason: string; cause: Cause },
  by: Circumstances,
): Decision {
  const remember = flagsDiffer(vacancy, entry) ? recordStep("its settings changed") : undefined;
  if (live.is !== "job" || !isOpen(statusOf(live.view, entry, by.now))) return take(remember);
  if (entry.closed) {
    return hold(
      "it was closed, and somebody opened it again on the board",
      "that was paid for: set status: active to keep it, or close it on the board",
    );
  }
  if (vacancy.keep.preventClose) return { ...take(remember), ...protectedFrom(closing.reason) };
  return take(closeStep(closing.reason, closing.cause, vacancy.keep.closeReason));
}

function decideDeleted({ key, entry, live }: Situation, by: Circumstances): Decision {
  const isGone = live.is === "gone" && by.doubt === undefined;
  if (entry.tombstone) return isGone ? take(forgetStep("its job is gone")) : nothing;
  const known = by.history.knows(key);
  if (known !== "yes") return unknownToBranch(key, entry, known);
  if (isGone) return take(forgetStep("file deleted, and its job is gone"));
  if (live.is === "gone") return hold(`its file is deleted, but ${by.doubt}`, "plan again later");
  if (entry.keep.onDelete === "detach") return take(recordStep("file deleted, on_delete: detach"));
  if (live.is === "unseen" || !isOpen(statusOf(live.view, entry, by.now))) {
    return take(recordStep("file deleted, its job isn't active"));
  }
  if ("ticket" in entry.job)
    return hold("its file is deleted, and the board is still taking it in", "plan again later");
  if (entry.closed)
    return hold(
      "its file is deleted, it was closed, and somebody opened it again on the board",
      `that was paid for: restore the file with status: active to keep it, close it on the board, or let go of it: vac state rm ${key}`,
    );
  if (entry.keep.preventClose) {
    return {
      ...protectedFrom("file deleted"),
      hold: {
        reason: "its file is deleted, and prevent_close protects it",
        hint: `restore the file and lift prevent_close in a commit, or run: vac state rm ${key}`,
      },
    };
  }
  return take(closeStep("file deleted", "commit", entry.keep.closeReason));
}

function unknownToBranch(key: string, entry: StateEntry, known: "no" | "unknown"): Decision {
  const commit = entry.commit?.slice(0, 8) ?? "";
  if (known === "no" && entry.uncommitted) {
    return hold(
      `its file isn't here, and no commit of this history has had it (it came after ${commit})`,
      `merge the branch that has it, or restore it; to let go of the job: vac state rm ${key}`,
    );
  }
  return known === "no"
    ? hold(
        `its file isn't here, and neither is commit ${commit} that brought it`,
        `merge that commit; to let go of the job: vac state rm ${key}`,
      )
    : hold(
        `its file isn't here, and the history is too short to tell whether commit ${commit} is`,
        "fetch the whole history (git fetch --unshallow) and plan again",
      );
}

function protectedFrom(reason: string): Decision {
  return hold(
    `prevent_close protects it (${reason})`,
    "set prevent_close: false in a commit of its own, then close it",
  );
}
