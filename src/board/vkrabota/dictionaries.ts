// The board's dictionaries, each in one answer (document: Получение списка категорий профессий and the four after it).
import type { DictionaryItem } from "../port.ts";
import type { Client } from "./client.ts";
import type { DictionaryName } from "./names.ts";
import { asId, asList, asObject, type Json, misshapen, refuseErrors } from "./wire.ts";

/** What a dictionary's attributes may be; anything else in it is passed over. */
type Shown = string | number | boolean | null;

export interface DictionaryEntry extends DictionaryItem {
  /** What the board tells of it, under its own names; without the id. */
  readonly attributes: Readonly<Record<string, Shown>>;
}

interface Shape {
  /** Where the list stands: under `data` as resources, else under its own name as plain objects. */
  readonly list: string;
  /** The attributes that are its id, where it isn't a resource, and its name. */
  readonly id: string;
  readonly name: string;
  /** Answered without a session. */
  readonly open?: true;
}

const shapes: Readonly<Record<DictionaryName, Shape>> = {
  categories: { list: "data", id: "id", name: "name", open: true },
  professions: { list: "professions", id: "id", name: "title" },
  regions: { list: "regions", id: "fias_id", name: "name" },
  cities: { list: "data", id: "id", name: "name" },
  nationalities: { list: "data", id: "id", name: "name" },
};

export const isDictionary = (name: string): name is DictionaryName => Object.hasOwn(shapes, name);

/** More pages than this are no dictionary. */
const mostPages = 100;

/** All entries. Links to further pages are read for their number alone, and never followed: they lead to another host. */
export async function readDictionary(ask: Client, name: DictionaryName): Promise<DictionaryEntry[]> {
  const shape = shapes[name];
  const entries = new Map<string, DictionaryEntry>();
  let last = 1;
  for (let page = 1; page <= last; page += 1) {
    const what = `GET /${name}${page === 1 ? "" : `, page ${page}`}`;
    const top = asObject(
      what,
      "the answer",
      await ask({
        method: "GET",
        path: `/${name}`,
        ...(page > 1 && { query: [["page[number]", String(page)]] }),
        ...(shape.open && { open: true }),
      }),
    );
    refuseErrors(what, { ...top, data: top[shape.list] });
    for (const [index, value] of asList(what, shape.list, top[shape.list]).entries()) {
      const entry = readEntry(what, `${shape.list}[${index}]`, value, shape);
      if (!entries.has(entry.id)) entries.set(entry.id, entry);
    }
    last = Math.min(lastPage(top), mostPages);
  }
  return [...entries.values()];
}

function readEntry(what: string, path: string, value: unknown, { list, id, name }: Shape): DictionaryEntry {
  const item = asObject(what, path, value);
  const isResource = list === "data";
  const shown = isResource ? asObject(what, `${path}.attributes`, item.attributes) : item;
  const title = shown[name];
  if (typeof title !== "string")
    throw misshapen(what, `${path}${isResource ? ".attributes" : ""}.${name}`, "a text", title);
  return { id: asId(what, `${path}.${id}`, item[id]), title, attributes: plainOf(shown) };
}

function plainOf(shown: Json): Record<string, Shown> {
  const plain = Object.entries(shown).filter(
    ([name, value]) => name !== "id" && (value === null || typeof value !== "object"),
  );
  return Object.fromEntries(plain) as Record<string, Shown>;
}

/** The number of the last page that links tell; 1 where they tell none. */
function lastPage({ links }: Json): number {
  const last = (links as { last?: unknown } | null | undefined)?.last;
  if (typeof last !== "string" || !URL.canParse(last)) return 1;
  const number = Number(new URL(last).searchParams.get("page[number]"));
  return Number.isSafeInteger(number) && number > 1 ? number : 1;
}
