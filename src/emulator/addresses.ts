/** Kinds of a street: how people write them, and how the board does. */
const STREETS: readonly [RegExp, string][] = [
  [/^(?:улица|ул\.?)$/iu, "ул."],
  [/^(?:проспект|просп\.?|пр-т|пр\.)$/iu, "пр-т"],
  [/^(?:переулок|пер\.?)$/iu, "пер."],
  [/^(?:бульвар|бул\.?|б-р)$/iu, "б-р"],
  [/^(?:шоссе|ш\.)$/iu, "ш."],
  [/^(?:площадь|пл\.?)$/iu, "пл."],
  [/^(?:набережная|наб\.?)$/iu, "наб."],
  [/^(?:проезд|пр-д)$/iu, "пр-д"],
];

const SETTLED = /^(?:г|пос|пгт|с|дер|д|ст)\.\s/iu;
const REGION = /(?:область|обл\.?|край|республика|район|р-н|округ)(?!\p{L})/iu;
const HOUSE = /^(?:дом\s+|д\.?\s*)?(\d.*)$/iu;

function street(part: string): string | null {
  const words = part.split(" ");
  for (const [index, word] of words.entries()) {
    const kind = STREETS.find(([pattern]) => pattern.test(word))?.[1];
    if (kind) return [kind, ...words.filter((_, other) => other !== index)].join(" ");
  }
  return null;
}

/**
 * An address in the board's own spelling: "Москва, улица Еланского, 2" becomes "г. Москва, ул. Еланского, д. 2".
 * The same text always gives the same answer, and the answer gives itself. (Whether the board does so is not
 * told; the attribute is "полный адрес вакансии".)
 */
export function rewriteAddress(address: string): string {
  const parts = address
    .split(/,|(?<=(?:^|[\s-])[А-ЯЁ][а-яё]{2,})\.\s/u)
    .map((part) => part.trim().replace(/\s+/gu, " "))
    .filter((part) => part !== "");
  let cityFound = false;
  const spelled = parts.map((part) => {
    const asStreet = street(part);
    if (asStreet !== null) return asStreet;
    const house = HOUSE.exec(part)?.[1];
    if (house !== undefined) return `д. ${house}`;
    if (cityFound || REGION.test(part)) return part;
    cityFound = true;
    return SETTLED.test(part) ? part : `г. ${part.replace(/^город\s+/iu, "")}`;
  });
  return spelled.length > 0 ? spelled.join(", ") : address;
}
