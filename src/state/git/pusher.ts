// Pushes of one run: one at a time, each on top of what others have pushed meanwhile, unless that was this very part.
import { setTimeout as sleep } from "node:timers/promises";
import type { Branch } from "../../git/branch.ts";
import { refusedPush } from "../../git/refusals.ts";
import { LockError, StateError } from "../../model/errors.ts";
import { commitPart, isSame, leaseOf, type Names, type Part, partOf } from "./part.ts";

/** Milliseconds for which one push gives way to those of other workspaces. */
const patienceMs = 2 * 60_000;
/** Attempts that are told that the branch has moved, and find it where it was. */
const mostIdle = 5;
/** Milliseconds before the next attempt, at most: twice as many each time, so that many who push at once get in turn. */
const firstMs = 100;
const longestMs = 4_000;

/** What became of a push, all told. */
export type Landed =
  | { readonly is: "done" }
  /** Somebody else has changed this part: nothing of ours may be written any more. */
  | { readonly is: "lost"; readonly to: string }
  | { readonly is: "refused"; readonly text: string }
  /** Not there yet, and it may still arrive. */
  | { readonly is: "unclear"; readonly text: string };

export class Pusher {
  readonly #branch: Branch;
  readonly #names: Names;
  /** What the branch has of ours, as far as we know. */
  #part: Part;
  /** What was pushed since, and may arrive late. */
  readonly #tried: Part["blobs"][] = [];

  constructor(branch: Branch, names: Names, part: Part) {
    this.#branch = branch;
    this.#names = names;
    this.#part = part;
  }

  get blobs(): Part["blobs"] {
    return this.#part.blobs;
  }

  /** Brings these blobs to the branch, with a message. Never throws for what the remote does. */
  async push(blobs: Part["blobs"], message: string): Promise<Landed> {
    try {
      return await this.#push(blobs, message);
    } catch (error) {
      return { is: "unclear", text: (error as Error).message };
    }
  }

  async #push(blobs: Part["blobs"], message: string): Promise<Landed> {
    const begun = performance.now();
    let idle = 0;
    for (let wait = firstMs; ; wait = Math.min(2 * wait, longestMs)) {
      const commit = await commitPart(this.#branch, this.#part, this.#names, blobs, message);
      this.#tried.push(blobs);
      const pushed = await this.#branch.push(commit);
      if (pushed.is === "done") {
        this.#land({ commit, blobs });
        await this.#branch.keep(commit);
        return { is: "done" };
      }
      const tip = await this.#look(pushed.is === "unclear" ? pushed.text : undefined);
      if ("is" in tip) return tip;
      if (isSame(tip, { blobs })) return this.#land(tip);
      // A push of ours that seemed to have failed has arrived since.
      const isOurs = isSame(tip, this.#part) || this.#tried.some((tried) => isSame(tip, { blobs: tried }));
      if (!isOurs) return { is: "lost", to: await this.#owner(tip) };
      const hasMoved = tip.commit !== this.#part.commit;
      idle = hasMoved ? 0 : idle + 1;
      this.#part = tip;
      if (pushed.is === "refused") return pushed;
      if (!hasMoved && pushed.is === "unclear") return pushed;
      if (idle >= mostIdle) return { is: "refused", text: pushed.text };
      if (performance.now() - begun > patienceMs)
        return { is: "unclear", text: "others push to the branch all the time" };
      await sleep(Math.random() * wait);
    }
  }

  #land(part: Part): Landed {
    this.#part = part;
    this.#tried.length = 0;
    return { is: "done" };
  }

  /** The branch as it is now; where it can't be read, that is what became of the push. */
  async #look(why: string | undefined): Promise<Part | Landed> {
    try {
      return await partOf(this.#branch, await this.#branch.tip(), this.#names);
    } catch (error) {
      return { is: "unclear", text: why ?? (error as Error).message };
    }
  }

  async #owner(tip: Part): Promise<string> {
    const lease = await leaseOf(this.#branch, tip, this.#names).catch(() => undefined);
    if (lease?.unlocked) return "somebody took the lease away (vac state force-unlock)";
    return lease ? `process ${lease.pid} on ${lease.host} has it` : "another run has written it meanwhile";
  }
}

/** What is told where the state was lost to somebody else. */
export const leaseLost = (to: string, hint: string): LockError =>
  new LockError(`the state on the branch was lost: ${to}`, { hint });

/** Why a push wasn't done, as an error; `after` says what that means for what was done. */
export function faultOf(landed: Landed, { remote, ref }: Branch, after: string): LockError | StateError {
  const then = after === "" ? "" : `${after}. `;
  if (landed.is === "lost") return leaseLost(landed.to, `${then}vac plan shows where things stand`);
  const text = landed.is === "done" ? "" : landed.text;
  if (landed.is === "refused") return refusedPush(text, ref, after);
  return new StateError(`the state couldn't be pushed to ${remote}: ${text}`, {
    hint: `${then}check network and access: git ls-remote ${remote}`,
  });
}
