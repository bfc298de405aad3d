// Text that comes from files or from the board, made harmless for a terminal.

/** Emoji whose invisible parts (joiners, variation selectors, tags of a flag, keycaps) belong to them. */
export const emoji =
  /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}|[#*\d]\uFE0F?\u20E3|\p{Extended_Pictographic}(?:\uFE0E|\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*/u;
/** What moves the cursor, hides text or turns its direction: controls, invisible characters, bidi controls, half pairs. */
export const unsafe = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]|\p{Cs}/u;
const either = new RegExp(`(${emoji.source})|${unsafe.source}`, "gu");
const lineEnds = /\r\n?|[\u2028\u2029]/g;
/** White space that isn't one plain space between words. */
const odd = /[^\S ]/u;
const revealed = new RegExp(`(${emoji.source})|${unsafe.source}|${odd.source}`, "gu");

/** The text without what a terminal would obey or not show; line feeds and tabs stay. */
export function clean(text: string): string {
  return text.replace(lineEnds, "\n").replace(either, (_, kept?: string) => kept ?? "");
}

/** The same on one line; no-break spaces stay. */
export function cleanLine(text: string): string {
  return clean(text)
    .replace(/[ \n\t]+/g, " ")
    .trim();
}

/** The text with everything invisible written out, for two texts that would look the same: `Пекарь\u{200b}`. */
export function reveal(text: string): string {
  return text.replace(revealed, (found, kept?: string) => {
    if (kept !== undefined) return kept;
    return found === "\n" ? "\\n" : found === "\t" ? "\\t" : `\\u{${found.codePointAt(0)?.toString(16)}}`;
  });
}
