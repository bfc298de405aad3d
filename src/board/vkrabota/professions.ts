// The dictionary of professions, in one answer (document: Получение списка профессий).
import type { DictionaryItem } from "../port.ts";
import type { Client } from "./client.ts";
import { asId, asList, asObject, misshapen, refuseErrors } from "./wire.ts";

const what = "GET /professions";

/** All professions with their ids and titles. */
export async function readProfessions(ask: Client): Promise<DictionaryItem[]> {
  const top = asObject(what, "the answer", await ask({ method: "GET", path: "/professions" }));
  refuseErrors(what, top);
  return asList(what, "professions", top.professions).map((value, index) => {
    const item = asObject(what, `professions[${index}]`, value);
    if (typeof item.title !== "string")
      throw misshapen(what, `professions[${index}].title`, "a text", item.title);
    return { id: asId(what, `professions[${index}].id`, item.id), title: item.title };
  });
}
