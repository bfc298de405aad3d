// How a secret may stand in a file, whatever wrote it there. Shares nothing with what masks them in src/.

/** A secret with a name to tell it by, which isn't the secret. */
export interface Sought {
  readonly name: string;
  readonly text: string;
}

/** What to look for, as bytes. */
export function formsOf({ text }: Sought): Buffer[] {
  const bytes = Buffer.from(text, "utf8");
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  const units = text.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  const quoted = JSON.stringify(text).slice(1, -1);
  const ascii = [...quoted].map((sign) => (sign > "~" ? unitsOf(sign) : sign)).join("");
  const url = encodeURIComponent(text);
  const forms = [
    text,
    quoted,
    ascii,
    ascii.replace(/\\u\w{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`),
    units.map((unit) => `\\u${unit}`).join(""),
    units.map((unit) => `\\u${unit.toUpperCase()}`).join(""),
    url,
    url.replace(/%../g, (code) => code.toLowerCase()),
    url.replaceAll("%20", "+"),
    new URLSearchParams([["", text]]).toString().slice(1),
    hex.map((two) => `%${two}`).join(""),
    hex.map((two) => `%${two.toUpperCase()}`).join(""),
    hex.join(""),
    hex.join("").toUpperCase(),
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    ...[0, 1, 2].flatMap((before) => shifted(bytes, before)),
  ];
  return [...new Set(forms)].map((form) => Buffer.from(form, "utf8"));
}

const unitsOf = (sign: string): string =>
  sign
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

/** The part of a base64 text that these bytes alone decide, when so many stand before them in their group of three. */
function shifted(bytes: Buffer, before: number): string[] {
  const skipped = [0, 2, 3][before] ?? 0;
  const whole = Math.floor(((before + bytes.length) * 4) / 3);
  return (["base64", "base64url"] as const).map((alphabet) =>
    Buffer.concat([Buffer.alloc(before, 0x61), bytes])
      .toString(alphabet)
      .slice(skipped, whole),
  );
}

/** The names of what stands in these bytes. */
export function found(
  content: Buffer,
  sought: readonly (Sought & { readonly forms: readonly Buffer[] })[],
): string[] {
  return sought.filter(({ forms }) => forms.some((form) => content.includes(form))).map(({ name }) => name);
}
