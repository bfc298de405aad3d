import type { Handler } from "../handler.ts";
import { PROFESSIONS } from "../professions.ts";

/** GET professions ("Получение списка профессий"): the whole dictionary, without pages and without `data`. */
export const listProfessions: Handler = () => ({ status: 200, body: { professions: PROFESSIONS } });
