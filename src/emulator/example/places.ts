/** A street of the example account: its kind and name, and where about it lies. */
interface Street {
  kind: string;
  name: string;
  lat: number;
  long: number;
}

/** A city of the example account. */
export interface City {
  name: string;
  region: string;
  postcode: string;
  streets: readonly Street[];
}

function city(
  name: string,
  region: string,
  postcode: string,
  streets: readonly [kind: string, name: string, lat: number, long: number][],
): City {
  return {
    name,
    region,
    postcode,
    streets: streets.map(([kind, name, lat, long]) => ({ kind, name, lat, long })),
  };
}

/** Where the chain of the example account has its shops, cafés and warehouses. */
export const CITIES: readonly City[] = [
  city("Москва", "Россия", "125009", [
    ["улица", "Тверская", 55.7649, 37.6056],
    ["улица", "Профсоюзная", 55.67, 37.552],
    ["проспект", "Ленинградский", 55.79, 37.545],
    ["шоссе", "Щёлковское", 55.8096, 37.799],
    ["улица", "Бауманская", 55.772, 37.679],
  ]),
  city("Санкт-Петербург", "Ленинградская область", "191025", [
    ["проспект", "Невский", 59.9343, 30.3351],
    ["проспект", "Лиговский", 59.917, 30.356],
    ["проспект", "Московский", 59.887, 30.319],
    ["улица", "Садовая", 59.927, 30.319],
  ]),
  city("Казань", "Республика Татарстан", "420111", [
    ["улица", "Баумана", 55.7897, 49.1163],
    ["проспект", "Победы", 55.753, 49.209],
    ["улица", "Декабристов", 55.817, 49.1],
  ]),
  city("Новосибирск", "Новосибирская область", "630099", [
    ["проспект", "Красный", 55.03, 82.92],
    ["улица", "Ленина", 55.029, 82.908],
    ["магистраль", "Вокзальная", 55.032, 82.905],
  ]),
  city("Екатеринбург", "Свердловская обл.", "620014", [
    ["проспект", "Ленина", 56.8389, 60.6057],
    ["улица", "8 Марта", 56.82, 60.603],
    ["улица", "Малышева", 56.833, 60.613],
  ]),
  city("Ростов-на-Дону", "Ростовская область", "344002", [
    ["улица", "Большая Садовая", 47.222, 39.718],
    ["переулок", "Соборный", 47.218, 39.712],
    ["проспект", "Стачки", 47.208, 39.64],
  ]),
  city("Набережные Челны", "Республика Татарстан", "423800", [
    ["проспект", "Мира", 55.743, 52.403],
    ["проспект", "Сююмбике", 55.75, 52.42],
    ["проспект", "Московский", 55.737, 52.405],
  ]),
  city("Химки", "Московская область", "141400", [
    ["проспект", "Юбилейный", 55.893, 37.44],
    ["улица", "Московская", 55.896, 37.429],
  ]),
  city("Нижний Новгород", "Нижегородская обл", "603000", [
    ["улица", "Большая Покровская", 56.318, 43.999],
    ["шоссе", "Московское", 56.32, 43.93],
    ["улица", "Белинского", 56.314, 44.021],
  ]),
  city("Самара", "Самарская область", "443020", [
    ["улица", "Ленинградская", 53.188, 50.093],
    ["шоссе", "Московское", 53.22, 50.19],
    ["улица", "Ново-Садовая", 53.215, 50.148],
  ]),
];

const SHORT: Record<string, readonly string[]> = {
  улица: ["ул.", "ул"],
  проспект: ["пр-т", "пр-кт", "просп."],
  шоссе: ["ш."],
  переулок: ["пер."],
};

/** "Невский проспект", but "улица Баумана". */
function spoken({ kind, name }: Street): string {
  return /(?:ий|ый|ой|ая|ое)$/.test(name) ? `${name} ${kind}` : `${kind} ${name}`;
}

function short({ kind }: Street, seed: number): string {
  const all = SHORT[kind] ?? [kind];
  return all[seed % all.length] ?? kind;
}

function house(seed: number): string {
  const number = ((seed * 7) % 60) + 1;
  return `${number}${["", "", "", "А", "", "к2", "", "/1", "", " стр. 3", ""][seed % 11]}`;
}

/** The ways in which people type an address. */
const MANNERS: readonly ((city: City, street: Street, seed: number) => string)[] = [
  (city, street, seed) => `${city.name}, ${spoken(street)}, ${house(seed)}`,
  (city, street, seed) => `г. ${city.name}, ${short(street, seed)} ${street.name}, д. ${house(seed)}`,
  (city, street, seed) => `г.${city.name},${short(street, seed)}${street.name},${house(seed)}`,
  (city, street, seed) => `Россия, ${city.postcode}, ${city.name}, ${spoken(street)}, ${house(seed)}`,
  (city, street, seed) => `${city.name} г, ${street.name} ${short(street, seed)}, ${house(seed)}`,
  (city, street, seed) => `${city.region}, г. ${city.name}, ${spoken(street)}, дом ${house(seed)}`,
  (city, street, seed) => `${city.name.toUpperCase()}, ${street.name.toLowerCase()} ${house(seed)}`,
  (city, street, seed) => `${city.name},  ${spoken(street)},  ${house(seed)} `,
  (city, street, seed) => `г.\u00a0${city.name}, ${short(street, seed)}\u00a0${street.name}, ${house(seed)}`,
  (city, street, seed) => `${city.name} ${street.name} ${house(seed)}`,
  (city, street, seed) => `${spoken(street)}, ${house(seed)}, ${city.name}`,
];

/** Degrees within half a kilometre, as a map would give them; every sixth with all the digits it has. */
function near(degrees: number, seed: number): number {
  const rounded = Number((degrees + (((seed * 37) % 100) - 50) / 10_000).toFixed(4));
  return seed % 6 === 0 ? rounded + 0.0000276065292 : rounded;
}

/** One more address of a city: another seed is another house, in another manner of typing. */
export function placeIn(city: City, seed: number): { address: string; lat: number; long: number } {
  const street = city.streets[Math.floor(seed / 3) % city.streets.length];
  const manner = MANNERS[(seed * 3 + Math.floor(seed / 10)) % MANNERS.length];
  if (!street || !manner) throw new RangeError("there is a street and a manner for every seed");
  return {
    address: manner(city, street, seed),
    lat: near(street.lat, seed),
    long: near(street.long, seed + 5),
  };
}
