// Jobs that look like what a create makes: those that were there before it aren't what it has made.
import type { Attributes, Traits } from "../model/attributes.ts";
import { sameContent } from "../model/equality.ts";
import { type JobView, refKey } from "../model/job.ts";
import { groupBy, textOf } from "../plan/match.ts";

/** Finds among jobs those that show all of some attributes but perhaps the address, which the board may respell; by `refKey`. */
export function alikeAmong(traits: Traits, jobs: Iterable<JobView>): (attributes: Attributes) => string[] {
  const { title, address } = traits.roles;
  let byTitle: Map<string, JobView[]> | undefined;
  return (attributes) => {
    byTitle ??= groupBy(jobs, (view) => textOf(view.attributes[title]));
    const near = byTitle.get(textOf(attributes[title]) ?? "") ?? [];
    return near
      .filter((view) => sameContent(traits, attributes, view, [address]))
      .map((view) => refKey(view.ref));
  };
}
