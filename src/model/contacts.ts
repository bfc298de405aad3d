// Phones and e-mails in texts that are quoted: nobody asked for them there.

const email = /[^\s@<>"',;]+@[^\s@<>"',;]+\.\p{L}{2,}/gu;
/** +7, 8 or nothing, and ten digits, with what people put between them. */
const phone = /(?<!\d)(?:\+?[78][\s().–-]*\d{3}|\(?9\d{2})\)?[\s.–-]*\d{3}[\s.–-]*\d{2}[\s.–-]*\d{2}(?!\d)/gu;

/** The text with a word in their place. */
export function withoutContacts(text: string): string {
  return text.replace(email, "[e-mail]").replace(phone, "[phone]");
}
