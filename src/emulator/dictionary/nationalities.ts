/** The dictionary of nationalities in the document's order ("Получение списка гражданств"): there is no 2. */
export const NATIONALITIES: readonly (readonly [id: number, name: string])[] = [
  [1, "Российская Федерация"],
  [3, "Азербайджан"],
  [5, "Армения"],
  [4, "Республика Беларусь"],
  [6, "Грузия"],
  [7, "Казахстан"],
  [8, "Киргизия"],
  [9, "Молдавия"],
  [10, "Таджикистан"],
  [11, "Узбекистан"],
  [12, "Украина"],
  [13, "Другое"],
];
