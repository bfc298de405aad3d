// Where a vacancy is, read from an address as people type it: enough to name folders and files after it.

export interface Place {
  /** As it is written, without its mark (г., город, пос.); undefined where none can be told. */
  readonly city: string | undefined;
  /** What follows the city, without words such as улица or дом. */
  readonly street: string;
}

const settlement =
  /^(?:г|гор|город|пос|посёлок|поселок|пгт|рп|с|село|дер|деревня|д|п|ст-ца|станица)(?:\.\s*|\s+)(?=\D)(.+)$/iu;
const settlementBehind = /^(.+?)\s+(?:г|город|пгт|рп)\.?$/iu;
const country = /^(?:россия|рф|российская федерация)$/iu;
const postcode = /^\d{6}$/u;
/** Words of which each, wherever it stands in a part, makes it a region or a district. */
const regions = new Set(
  "область обл край республика респ район р-н округ ао уезд федеральный автономная автономный".split(" "),
);
/** Words that make a part a street or a house, and that a file's name does without. */
const streets = new Set(
  [
    "улица ул проспект просп пр пр-кт пр-т переулок пер шоссе ш набережная наб бульвар бул б-р площадь пл проезд",
    "тупик туп аллея тракт линия микрорайон мкр квартал кв-л дом д корпус корп к строение стр офис оф помещение пом",
    "метро м ст станция тц трц",
  ]
    .join(" ")
    .split(" "),
);

const words = (part: string): string[] =>
  part
    .toLowerCase()
    .split(/[\s.,()]+/u)
    .filter(Boolean);

const isRegion = (part: string): boolean => words(part).some((word) => regions.has(word));
const isStreet = (part: string): boolean => /\d/u.test(part) || words(part).some((word) => streets.has(word));

/**
 * City and street of an address; an address without a city is all street. `known` are cities of other addresses, in
 * lower case: one of them is also found without a comma, or behind the street.
 */
export function placeOf(address: string, known: ReadonlySet<string> = new Set()): Place {
  const parts = address
    .normalize("NFC")
    .split(",")
    .map((part) => part.replace(/\s+/gu, " ").trim())
    .filter((part) => part !== "" && !country.test(part) && !postcode.test(part) && !isRegion(part));
  const [first] = parts;
  const spelled = parts.findIndex((part) => known.has(part.toLowerCase()));
  const named = spelled >= 0 ? spelled : parts.findIndex(marked);
  const found = named >= 0 ? named : first !== undefined && !isStreet(first) ? 0 : -1;
  if (found < 0 && first !== undefined) {
    const city = [...known].find((name) => first.toLowerCase().startsWith(`${name} `));
    if (city !== undefined) {
      const street = [first.slice(city.length), ...parts.slice(1)].join(" ");
      return { city: first.slice(0, city.length), street: bare(street) };
    }
  }
  const rest = parts.filter((_, index) => index !== found).join(" ");
  return { city: found < 0 ? undefined : unmarked(parts[found] ?? ""), street: bare(rest) };
}

/** The cities that addresses name beyond doubt, in lower case. */
export function citiesOf(addresses: readonly string[]): ReadonlySet<string> {
  return new Set(addresses.flatMap((address) => placeOf(address).city?.toLowerCase() ?? []));
}

const marked = (part: string): boolean => settlement.test(part) || settlementBehind.test(part);

function unmarked(part: string): string {
  return settlement.exec(part)?.[1] ?? settlementBehind.exec(part)?.[1] ?? part;
}

/** The words by which people tell one street from another. */
function bare(street: string): string {
  return street
    .split(/[\s.()]+/u)
    .filter((word) => word !== "" && !streets.has(word.toLowerCase()))
    .join(" ");
}
