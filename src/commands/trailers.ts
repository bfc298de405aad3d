// Guards that are lifted in the history itself: `Vac-Allow: closes` in a commit that hasn't been applied yet.
import type { Repository } from "../git/repository.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { type GuardName, guardNames } from "../model/plan.ts";
import type { State } from "../model/state.ts";

/** What commits lift, and what there is to say of them. */
export interface Allowances {
  readonly names: ReadonlySet<GuardName>;
  /** The commits that do so. */
  readonly commits: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const trailer = "Vac-Allow";
/** Nothing is lifted. */
export const noAllowances: Allowances = { names: new Set(), commits: [], diagnostics: [] };

/**
 * What the commits since the last applied one lift. Each is used once: the next apply begins behind it, and its name is
 * kept, for histories that go another way. Files that aren't committed are nobody's word, so then nothing is lifted.
 */
export async function allowedByCommits(
  repository: Repository | undefined,
  uncommitted: ReadonlySet<string>,
  { whole, used = [] }: State,
): Promise<Allowances> {
  if (!repository || repository.commit === null || repository.commit === whole) return noAllowances;
  const found = (await repository.history.trailers(trailer, whole)).filter(
    ({ commit }) => !used.includes(commit),
  );
  if (found.length === 0) return noAllowances;
  if (uncommitted.size > 0) {
    const [first] = uncommitted;
    return {
      ...noAllowances,
      diagnostics: [
        warning(
          "allow-uncommitted",
          `${trailer} of a commit lifts nothing while files aren't committed (${first})`,
          "commit or stash them first",
        ),
      ],
    };
  }
  const names = new Set<GuardName>();
  const commits = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const { commit, value } of found) {
    const name = guardNames.find((guard) => guard === value.toLowerCase());
    const short = commit.slice(0, 8);
    if (name === undefined) {
      const hint = `a guard is one of ${guardNames.join(", ")}`;
      diagnostics.push(
        warning("allow-unknown", `${trailer} of commit ${short} names no guard: ${value}`, hint),
      );
      continue;
    }
    commits.add(commit);
    if (!names.has(name)) {
      names.add(name);
      const hint = "it counts for the next apply only";
      diagnostics.push(warning("allowed", `commit ${short} lifts the guard ${name} (${trailer})`, hint));
    }
  }
  return { names, commits: [...commits], diagnostics };
}

const warning = (code: string, message: string, hint: string): Diagnostic => ({
  severity: "warning",
  code,
  message,
  file: "",
  line: 0,
  column: 0,
  hint,
});
