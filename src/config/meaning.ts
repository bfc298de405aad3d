// What of a file's values has to stay the same when its text is rewritten.
import { normalText } from "../model/equality.ts";
import { isTable } from "./layers.ts";

/** Whether two values say the same: texts by what is sent of them, a phone with and without quotes. */
export function sameMeaning(a: unknown, b: unknown, name = ""): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameMeaning(item, b[index]));
  }
  if (isTable(a) && isTable(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((one) => Object.hasOwn(b, one) && sameMeaning(a[one], b[one], one))
    );
  }
  if (typeof a === "string" && typeof b === "string") return normalText(a) === normalText(b);
  return Object.is(a, b) || (name === "contact_phone" && typeof a === "number" && String(a) === b);
}
