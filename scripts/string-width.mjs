// Stands for `string-width` in the bundle: help texts are measured word by word, and nearly all words are plain ASCII.
import fastStringWidth from "fast-string-width";

export default function stringWidth(text, options) {
  return /^[ -~]*$/.test(text) ? text.length : fastStringWidth(text, options);
}
