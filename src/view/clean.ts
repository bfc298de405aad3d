/** Characters that move the cursor, hide text or turn its direction: controls, bidi controls, invisible marks. */
const unsafe = /(?![\n\t])\p{Cc}|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/** Text from files or from the board, made harmless for a terminal; line feeds and tabs stay. */
export function clean(text: string): string {
  return text.replace(unsafe, "");
}

/** The same on one line. */
export function cleanLine(text: string): string {
  return clean(text).replace(/\s+/g, " ").trim();
}
