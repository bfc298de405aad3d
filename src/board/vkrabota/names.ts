// Names of the document that flags offer: apart from what uses them, so that help texts load little.

/** What an application's status may be, in the document's order (document: Отклики). */
export const applicationStatuses = [
  ...(["unread", "declined", "read", "selected", "improper", "rejected", "invited"] as const),
  ...(["reserved", "missed", "closed"] as const),
] as const;

/** The dictionaries (document: Получение списка категорий профессий and the four after it). */
export const dictionaryNames = ["categories", "professions", "regions", "cities", "nationalities"] as const;
export type DictionaryName = (typeof dictionaryNames)[number];
