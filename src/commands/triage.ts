// vac applications triage: applications moved on by the rules of the settings, shown as a plan first.
import picomatch from "picomatch";
import type { VkrabotaBoard } from "../board/vkrabota/index.ts";
import { UsageError } from "../model/errors.ts";
import { addTo } from "../model/groups.ts";
import type { TriagePlan } from "../model/listed.ts";
import type { Move, TriageRule } from "../model/triage.ts";
import { moveOf, type Triage } from "../plan/triage.ts";
import { triageText } from "../view/applications.ts";
import { type Managed, onManaged } from "./ground.ts";
import { type ExitCode, exit, type Globals, type Io, log, print, printJson, styleOf, tell } from "./io.ts";
import { exitOf, showResults } from "./proceed.ts";
import { type IsDue, proceedAll } from "./proceeding.ts";

export interface TriageFlags extends Globals {
  readonly dryRun: boolean;
  readonly autoApprove: boolean;
}

/** Shows what the rules would do, asks, and does it to those applications that are still as they were. */
export async function applicationsTriage(io: Io, flags: TriageFlags): Promise<ExitCode> {
  return onManaged(io, flags, async (ground) => {
    const { client, config, keys } = ground;
    if (config.triage.length === 0) {
      throw new UsageError("_config.yaml holds no rules for applications", {
        hint: "such as: triage: [{ when: { vacancy: moscow/*, status: unread, older_than: 14d }, set: declined }]",
      });
    }
    const moves = await movesOf(io, flags, ground);
    showPlan(io, flags, moves, ground);
    if (flags.dryRun || moves.length === 0) {
      if (flags.format === "json" && flags.dryRun) printPlan(io, moves, ground);
      // A result all the same: what reads it needn't know beforehand whether something was due.
      else if (flags.format === "json") showResults(io, flags, [], keys);
      return exit.ok;
    }
    const consent = await askConsent(io, flags, moves.length);
    if (consent !== exit.ok) return consent;
    const { results, interrupted } = await moveAll(io, client, moves, config.concurrency);
    showResults(io, flags, results, keys);
    return exitOf(results, interrupted);
  });
}

async function movesOf(io: Io, flags: Globals, { client, config, keys }: Managed): Promise<Move[]> {
  const covered = config.triage.map((rule) => coveredBy(rule, keys));
  for (const [index, { size }] of covered.entries()) {
    const { vacancy } = config.triage[index] ?? {};
    if (size === 0 && vacancy !== undefined)
      log(io, flags, "warn", `triage: ${vacancy} matches no vacancy that is managed`);
  }
  const triage: Triage = {
    rules: config.triage,
    covers: (rule, key) => covered[rule]?.has(key) ?? false,
    keys,
    now: client.now(),
  };
  const status = [...new Set(config.triage.map((rule) => rule.status))];
  const moves: Move[] = [];
  for await (const application of client.applications({ status })) {
    const move = moveOf(application, triage);
    if (move) moves.push(move);
  }
  return moves;
}

/** The keys that a rule is about: a glob matches whole keys, and a key without its location all its locations. */
function coveredBy({ vacancy }: TriageRule, keys: ReadonlyMap<string, string>): ReadonlySet<string> {
  const matches = vacancy === undefined ? () => true : picomatch(vacancy, { dot: true, noextglob: true });
  return new Set([...keys.values()].filter((key) => matches(key) || matches(key.replace(/@[^@]*$/, ""))));
}

/** Moves on what nobody else has moved on by then; the applications of a job stand together, so that it is read seldom. */
export async function moveAll(io: Io, client: VkrabotaBoard, moves: readonly Move[], concurrency: number) {
  const groups = new Map<string, Move[]>();
  for (const move of moves) {
    addTo(groups, wordOf(move), move);
  }
  const wanted = [...groups.values()].flat();
  const { results, interrupted } = await proceedAll(io, client, wanted, concurrency, () => stillAs(client));
  const places = new Map(moves.map((move, index) => [move, index]));
  results.sort((a, b) => (places.get(a.wanted) ?? 0) - (places.get(b.wanted) ?? 0));
  return { results, interrupted };
}

/** Which list of the board shows an application. */
const wordOf = ({ jobId, from }: Move): string => `${jobId} ${from}`;

/**
 * Whether an application has still the status that its rule was about: read for each job once its first one is due, since
 * a person may have moved it on while the plan was looked at.
 */
function stillAs(client: VkrabotaBoard): IsDue<Move> {
  const reads = new Map<string, Promise<ReadonlySet<string>>>();
  const read = async (jobId: string, from: string): Promise<ReadonlySet<string>> => {
    const ids = new Set<string>();
    for await (const one of client.applications({ jobId, status: [from] }))
      if (one.status === from) ids.add(one.id);
    return ids;
  };
  return async (move) => {
    const word = wordOf(move);
    const ids = reads.get(word) ?? read(move.jobId, move.from);
    reads.set(word, ids);
    return (await ids).has(move.id);
  };
}

function showPlan(io: Io, flags: Globals, moves: readonly Move[], { config }: Managed): void {
  const style = styleOf(io, flags, flags.format === "json" ? "err" : "out");
  const text = triageText(moves, config.triage, { ...style, timezone: config.timezone });
  if (flags.format === "json") tell(io, text);
  else print(io, text);
}

function printPlan(io: Io, moves: readonly Move[], { config }: Managed): void {
  const plan: TriagePlan = {
    summary: { moves: moves.length },
    items: moves.map(({ id, key, jobId, from, to, createdAt, rule }) => ({
      id,
      key,
      job_id: jobId,
      status: from,
      set: to,
      created_at: createdAt === undefined ? null : new Date(createdAt).toISOString(),
      rule: { index: rule, older_than: config.triage[rule]?.olderThan ?? null },
    })),
  };
  printJson(io, plan);
}

/** Asks unless told not to; anything but ok ends the command with nothing changed. */
async function askConsent(io: Io, flags: TriageFlags, count: number): Promise<ExitCode> {
  if (flags.autoApprove) return exit.ok;
  if (!io.ask || !flags.input) {
    throw new UsageError("nobody can be asked here, so nothing was changed", {
      hint: "look at it with --dry-run, then run it with --auto-approve",
    });
  }
  const what = count === 1 ? "this application" : `these ${count} applications`;
  const answer = await io.ask(`\nMove ${what} on? Only "yes" is taken as consent: `);
  if (answer?.trim() === "yes") return exit.ok;
  tell(io, "\nNothing was changed.");
  return answer === undefined ? exit.interrupted : exit.failed;
}
