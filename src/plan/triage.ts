// Which applications the rules move on.
import type { Move, TriageRule } from "../model/triage.ts";

/** What a rule has to know of an application. */
interface Applied {
  readonly id: string;
  readonly jobId: string;
  readonly status: string;
  /** Milliseconds since 1970. */
  readonly createdAt?: number;
}

export interface Triage {
  readonly rules: readonly TriageRule[];
  /** Whether a rule is about a vacancy, by the rule's index and the key. */
  readonly covers: (rule: number, key: string) => boolean;
  /** Keys by job. */
  readonly keys: ReadonlyMap<string, string>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * What becomes of an application: the first rule that fits it counts. Nothing is done about jobs that aren't managed, nor
 * about an application whose age a rule has to know and nobody tells.
 */
export function moveOf(application: Applied, { rules, covers, keys, now }: Triage): Move | undefined {
  const { id, jobId, status, createdAt } = application;
  const key = keys.get(jobId);
  if (key === undefined) return undefined;
  const rule = rules.findIndex(
    (one, index) => one.status === status && isOld(one, createdAt, now) && covers(index, key),
  );
  const to = rules[rule]?.set;
  if (to === undefined || to === status) return undefined;
  return { id, key, jobId, from: status, to, rule, ...(createdAt !== undefined && { createdAt }) };
}

function isOld({ olderThanMs }: TriageRule, createdAt: number | undefined, now: number): boolean {
  return olderThanMs === 0 || (createdAt !== undefined && now - createdAt >= olderThanMs);
}
