// vac dictionaries: what the board has a name and an id for.
import type { DictionaryEntry } from "../board/vkrabota/dictionaries.ts";
import type { DictionaryName } from "../board/vkrabota/names.ts";
import { search } from "../config/index.ts";
import type { DictionaryListed } from "../model/listed.ts";
import { cleanLine } from "../view/clean.ts";
import { onClient } from "./ground.ts";
import type { ExitCode, Io } from "./io.ts";
import { type ListFlags, printList, type Shown } from "./listing.ts";

export interface DictionariesFlags extends ListFlags {
  readonly name: DictionaryName;
  /** Only what is called so, or about so. */
  readonly search?: string;
}

/** Lists a dictionary, best matches first where something is looked for. */
export async function dictionariesCommand(io: Io, flags: DictionariesFlags): Promise<ExitCode> {
  return onClient(
    io,
    flags,
    async ({ client }) => {
      const entries = await client.entries(flags.name);
      const found = flags.search === undefined ? entries : search(flags.search, entries);
      await printList(io, flags, each(found), shownFor(entries), () => found.length);
    },
    { open: flags.name === "categories" },
  );
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function shownFor(entries: readonly DictionaryEntry[]): Shown<DictionaryEntry> {
  const names = [...new Set(entries.flatMap(({ attributes }) => Object.keys(attributes)))];
  return {
    json: ({ id, attributes }): DictionaryListed => ({ id, ...attributes }),
    csv: {
      names: ["id", ...names],
      row: ({ id, attributes }) => [id, ...names.map((name) => attributes[name] ?? null)],
    },
    text: { heads: ["ID", "NAME"], row: ({ id, title }) => [cleanLine(id), cleanLine(title)] },
    none: "Nothing is called so, nor about so.",
  };
}
