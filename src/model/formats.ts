// Formats of times by time zone: making one takes a thousand times longer than using it, and lists are long.

/** Returns a function that makes the format of a time zone once, and then gives the same one. */
export function formatByZone(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (timezone: string) => Intl.DateTimeFormat {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (timeZone) => {
    const known = formats.get(timeZone);
    if (known) return known;
    const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formats.set(timeZone, made);
    return made;
  };
}
