// Contacts in a text in which the board allows none.

/** What counts as a contact, each with a cheap test that a text has to pass first. */
const patterns: readonly { readonly probe: RegExp; readonly contact: RegExp }[] = [
  // Phones: with a country code, ten digits of a mobile, seven in the usual grouping. They stay clear of salaries,
  // shifts (2/2), hours (9:00-21:00) and dates.
  {
    probe: /\d\D{0,4}\d{3}/,
    contact:
      /(?<![\d.,])(?:\+\s?7|[78])[\s().–-]{0,3}\d{3}[\s().–-]{0,3}\d{3}[\s.–-]?\d{2}[\s.–-]?\d{2}(?!\d)/g,
  },
  { probe: /9\d{9}/, contact: /(?<!\d)9\d{9}(?!\d)/g },
  { probe: /\d-\d\d-/, contact: /(?<![\d-])\d{3}-\d{2}-\d{2}(?![\d-])/g },
  // E-mails before addresses of sites, which they hold.
  { probe: /@/, contact: /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu },
  { probe: /:\/\/|www/i, contact: /\b(?:https?:\/\/|www\.)\S+/gi },
  {
    probe: /\.[a-z]/i,
    contact:
      /(?<![\p{L}\d@.-])(?:[\p{L}\d-]+\.)+(?:ru|su|com|net|org|info|biz|pro|app|io|me|cc|by|kz|shop|store|online|site|club)(?![\p{L}\d-])(?:\/\S*)?/giu,
  },
  // Not гр.РФ, which means citizens.
  { probe: /\.рф/i, contact: /(?<![\p{L}\d-])[\p{L}\d-]{3,}\.рф(?![\p{L}\d-])(?:\/\S*)?/giu },
  // Messengers by handle or by name.
  { probe: /@/, contact: /(?<![\p{L}\d._-])@[a-z\d_]{3,}/giu },
  {
    probe: /telegram|whats|viber|телегр|тг|[вт]сап|вацап|вайбер/i,
    contact:
      /(?<![\p{L}\d])(?:telegram|whats\s?app|viber|телеграмм?|тг|вотсапп?|ватсапп?|вацапп?|вайбер)(?:[ае]|ом)?(?![\p{L}\d])/giu,
  },
];

/** Texts are looked at as far as this, in UTF-16 units: what is longer is too long anyway. */
const longest = 2000;

/** Phones, addresses of sites, e-mails and messengers that a text holds, as they are written. */
export function contactsIn(text: string): string[] {
  const found: string[] = [];
  let rest = text.slice(0, longest);
  for (const { probe, contact } of patterns) {
    if (!probe.test(rest)) continue;
    found.push(...(rest.match(contact) ?? []));
    rest = rest.replace(contact, " ");
  }
  return found.map((contact) => contact.trim().replace(/[.,;:!?)]+$/, ""));
}
