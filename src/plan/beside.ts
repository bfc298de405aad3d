// Publications that may have been made, and nobody knows: a vacancy without a job may be one of them, by another name.
import type { Attributes } from "../model/attributes.ts";
import { isTwin, samePlace } from "../model/equality.ts";
import { OpenCalls } from "../model/open.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { type Decision, hold } from "./decision.ts";
import type { PlanInput } from "./input.ts";
import { contentWord, groupBy, placed, textOf } from "./match.ts";

interface OpenCreate {
  readonly key: string;
  readonly attributes: Attributes;
  /** Words of which one is enough to be the same vacancy. */
  readonly sure: readonly string[];
  /** The workspace that has sent it; undefined for this one. */
  readonly workspace?: string;
  /** No file has its key any more. */
  readonly isGone: boolean;
}

/**
 * Tells of a vacancy that would be published whether an open create may be the same one: the ladder of identity first,
 * then a twin, then, where the create's file is gone, anything at its place. Never allowed away, since it would be paid
 * for twice; it lasts until the create is settled.
 */
export function besideOpen(input: PlanInput): (vacancy: Vacancy) => Decision | undefined {
  const creates = openCreates(input);
  if (creates.length === 0) return () => undefined;
  const { traits } = input;
  const { title, text } = traits.roles;
  const bySure = groupBySeveral(creates, ({ sure }) => sure);
  const byTitle = groupBy(creates, ({ attributes }) => textOf(attributes[title]));
  const byText = groupBy(creates, ({ attributes }) => textOf(attributes[text]));
  const gone = creates.filter(({ isGone }) => isGone);
  const of = (words: ReadonlyMap<string, OpenCreate[]>, word: string | undefined): readonly OpenCreate[] =>
    (word === undefined ? undefined : words.get(word)) ?? [];
  return (vacancy) => {
    const { attributes } = vacancy;
    const alike = [...of(byTitle, textOf(attributes[title])), ...of(byText, textOf(attributes[text]))];
    const found =
      sureOf(vacancy, input.renames).flatMap((word) => of(bySure, word))[0] ??
      alike.find((create) => isTwin(traits, attributes, create.attributes)) ??
      gone.find((create) => samePlace(traits, attributes, create.attributes));
    return found && (found.workspace === undefined ? beside(vacancy.key, found.key) : besideForeign(found));
  };
}

function openCreates({ state, desired, openElsewhere = [] }: PlanInput): OpenCreate[] {
  const open = new OpenCalls(state).creates();
  if (open.length + openElsewhere.length === 0) return [];
  const wanted = new Set(desired.map(({ key }) => key));
  const own = open.map(({ key, attributes, entry }): OpenCreate => {
    const sure = [
      `text ${placed(entry.textHash, entry.location)}`,
      `file ${placed(entry.file, entry.location)}`,
      `content ${contentWord(attributes)}`,
    ];
    return { key, attributes, sure, isGone: !wanted.has(key) };
  });
  const others = openElsewhere.map(
    ({ workspace, key, attributes }): OpenCreate => ({
      key,
      attributes,
      sure: [`content ${contentWord(attributes)}`],
      workspace,
      isGone: false,
    }),
  );
  return [...own, ...others];
}

/** A file is asked for by the name that it had. */
function sureOf({ textHash, location, file, attributes }: Vacancy, renames: PlanInput["renames"]): string[] {
  const before = renames?.get(file);
  return [
    `text ${placed(textHash, location)}`,
    ...(before === undefined ? [] : [`file ${placed(before, location)}`]),
    `content ${contentWord(attributes)}`,
  ];
}

function groupBySeveral<T>(items: readonly T[], wordsOf: (item: T) => readonly string[]): Map<string, T[]> {
  const pairs = items.flatMap((item) => wordsOf(item).map((word) => ({ word, item })));
  return new Map(
    [...groupBy(pairs, ({ word }) => word)].map(([word, found]) => [word, found.map(({ item }) => item)]),
  );
}

function beside(key: string, other: string): Decision {
  return hold(
    `a create of ${other} was sent, and it isn't known yet what became of it: it may be the same vacancy`,
    `plan again later; if this is ${other} renamed: vac state mv ${other} ${key}; once you have looked at the board: vac state resolve ${other} --done|--not-done`,
  );
}

function besideForeign({ key, workspace = "" }: OpenCreate): Decision {
  return hold(
    `the workspace ${workspace} has sent a create of ${key}, and it isn't known yet what became of it: it may be the same vacancy`,
    `plan again once that is settled there: vac apply, or vac state resolve ${key} --done|--not-done (--dir names the workspace)`,
  );
}
