// Commit messages of a state's branch, and the history that is read from them.
import type { Branch } from "../../git/branch.ts";
import type { Moment } from "../../model/moment.ts";
import type { StateEvent } from "../events.ts";
import type { Lease } from "./lease.ts";

/** What happened since the last push, counted. */
export type Tally = Readonly<Partial<Record<keyof typeof words, number>>>;

/** What each count is called, in the order in which they are told: calls, and entries that changed without one. */
const words = {
  planned: "planned",
  done: "done",
  refused: "not done",
  unclear: "unclear",
  entries: "noted",
} as const;

const counted: Readonly<Partial<Record<StateEvent["event"], keyof typeof words>>> = {
  planned: "planned",
  done: "done",
  refused: "refused",
  unclear: "unclear",
  put: "entries",
  drop: "entries",
  rename: "entries",
};

export function tallied(tally: Tally, { event }: StateEvent): Tally {
  const name = counted[event];
  return name ? { ...tally, [name]: (tally[name] ?? 0) + 1 } : tally;
}

interface About {
  readonly what: string;
  readonly plan: string | undefined;
  readonly tally: Tally;
  readonly self: Pick<Lease, "pid" | "host" | "run">;
}

/** A commit's message: a line for people, and trailers for `vac state history`. */
export function titleOf(title: string, { what, plan, tally, self }: About): string {
  const counts = Object.entries(words).flatMap(([name, word]) => {
    const count = tally[name as keyof typeof words];
    return count ? [`${count} ${word}`] : [];
  });
  const head = `${title}: ${plan === undefined ? "the state changes" : `an apply ${what}`}`;
  const trailers = [
    ...(plan === undefined ? [] : [`Vac-Plan: ${plan}`]),
    `Vac-By: process ${self.pid} on ${self.host}`,
    ...(self.run === undefined ? [] : [`Vac-Run: ${self.run}`]),
  ];
  return `${[head, ...(counts.length > 0 ? [counts.join(", ")] : [])].join("; ")}\n\n${trailers.join("\n")}\n`;
}

const field = (key: string): string => `%(trailers:key=${key},valueonly,separator=%x20)`;
const format = ["%H", "%ct", "%s", field("Vac-Plan"), field("Vac-By"), field("Vac-Run")].join("%x1f");

/** The commits that touched these files, newest first. */
export async function momentsOf(
  branch: Branch,
  tip: string,
  files: readonly string[],
  most: number,
): Promise<Moment[]> {
  const texts = await branch.log(tip, format, most, files);
  return texts.map((text) => {
    const [commit = "", at = "", what = "", plan = "", by = "", run = ""] = text.split("\x1f");
    return {
      commit,
      at: Number(at) * 1000,
      what,
      ...(plan !== "" && { plan }),
      ...(by !== "" && { by }),
      ...(run !== "" && { run }),
    };
  });
}
