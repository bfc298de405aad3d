/**
 * What the board takes for contact information in a description. Its document names telephone numbers and site
 * addresses and leaves the rest open ("Job", `description`).
 */
const CONTACTS: readonly RegExp[] = [
  // Telephone: +7 or 8 and ten digits, or ten digits from 9, with the usual separators between the groups.
  /(?<!\d)(?:\+?7|8)[\s(.–-]*\d{3}[\s).–-]*\d{3}[\s.–-]*\d{2}[\s.–-]*\d{2}(?!\d)/u,
  /(?<!\d)\(?9\d{2}[\s).–-]*\d{3}[\s.–-]*\d{2}[\s.–-]*\d{2}(?!\d)/u,
  /\+\d[\d\s().–-]{8,}\d/u,
  // E-mail.
  /[^\s@]+@[^\s@]+\.\p{L}{2,}/u,
  // Site: with a scheme, with www, or a bare domain in a usual zone.
  /(?:https?|ftp):\/\//iu,
  /(?<![\p{L}\d])www\./iu,
  /(?<![\p{L}\d])[\p{L}\d-]+\.(?:ru|su|com|net|org|info|biz|io|me|pro|app|shop|site|online|tv|рф|рус)(?![\p{L}\d])/iu,
  // Messenger: a handle by itself, or after the messenger's name.
  /(?<![\p{L}\d_])@[a-z0-9_]{3,}/iu,
  /(?<!\p{L})(?:telegram|телеграмм?|тг|tg|whats\s?app|в[ао]тсап|viber|вайбер|skype|скайп)[\s:—–-]*@?[a-z][a-z0-9_.]{3,}/iu,
];

/** Whether the text holds a telephone number, a site, an e-mail address or a messenger handle. */
export function hasContacts(text: string): boolean {
  return CONTACTS.some((pattern) => pattern.test(text));
}
