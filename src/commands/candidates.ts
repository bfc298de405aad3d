// vac candidates search: résumés that a filter of the board finds.
import type { CandidateFilter } from "../board/vkrabota/candidates.ts";
import type { Candidate } from "../board/vkrabota/people.ts";
import { dateTime } from "../model/dates.ts";
import { cleanLine } from "../view/clean.ts";
import { cut } from "../view/table.ts";
import { onClient } from "./ground.ts";
import type { ExitCode, Io } from "./io.ts";
import { type ListFlags, printList, type Shown } from "./listing.ts";
import { nameOf, personCells, personColumns, personItem } from "./people.ts";

export interface SearchFlags extends ListFlags {
  readonly filter: CandidateFilter;
}

/** Searches (document: Поиск кандидатов), in the board's order. A search shows no phones: contacts are bought. */
export async function candidatesSearch(io: Io, flags: SearchFlags): Promise<ExitCode> {
  return onClient(io, flags, async ({ client, config: { timezone } }) => {
    const { candidates, total } = client.candidates(flags.filter);
    await printList(io, flags, candidates, shownFor(timezone), total);
  });
}

function shownFor(timezone: string): Shown<Candidate> {
  return {
    json: (person) => personItem(person, false),
    csv: {
      names: ["id", ...personColumns(false)],
      row: (person) => [person.id, ...personCells(person, false)],
    },
    text: {
      heads: ["CANDIDATE", "NAME", "AGE", "CITY", "LAST ONLINE", "BOUGHT", "PROFESSIONS"],
      row: (person) => [
        cleanLine(person.id),
        nameOf(person),
        person.age === undefined ? "" : String(person.age),
        cleanLine(person.city_name ?? ""),
        person.onlineAt === undefined ? "" : dateTime(person.onlineAt, timezone),
        person.already_contacted ? "yes" : "",
        cut(cleanLine((person.professions ?? []).join(", ")), 40),
      ],
    },
    none: "Nobody is found.",
  };
}
