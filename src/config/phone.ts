// Phones as the board wants them: eleven digits that begin with 7.

/** The phone in the board's shape that a text or number may mean; undefined where none is evident. */
export function normalPhone(text: string): string | undefined {
  const digits = text.replace(/\D/g, "");
  if (digits.length === 11 && /^[78]/.test(digits)) return `7${digits.slice(1)}`;
  if (digits.length === 10 && /^[3489]/.test(digits)) return `7${digits}`;
  return undefined;
}
