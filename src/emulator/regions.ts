/** Regions that packets are told for, each with the words of an address that tell it. */
const TOLD: readonly { fias_id: string; words: RegExp }[] = [
  { fias_id: "0c5b2444-70a0-4932-980c-b4dc0d3f02b5", words: /^москва$/iu },
  {
    fias_id: "29251dcf-00a1-4e34-98d4-5c47484a36d4",
    words: /^(?:московская обл|химки$|мытищи$|подольск$)/iu,
  },
  {
    fias_id: "c2deb16a-0330-4f05-821f-1d09c93331e6",
    words: /^(?:санкт-петербург|спб|с\.-петербург)$/iu,
  },
  {
    fias_id: "0c089b04-099e-4e0e-955a-6bf1ce525f1a",
    words: /^(?:казань$|республика татарстан|татарстан)/iu,
  },
  {
    fias_id: "92b30014-4d52-4e2e-892d-928142b924bf",
    words: /^(?:екатеринбург$|свердловская)/iu,
  },
  {
    fias_id: "1ac46b49-3209-4814-b7bf-a509ea1aecd9",
    words: /^(?:новосибирск$|новосибирская)/iu,
  },
  {
    fias_id: "61723327-1c20-42fe-8dfa-402638d9b396",
    words: /^(?:тверь$|тверская обл)/iu,
  },
];

/**
 * The region of an address: of its parts between commas and full stops the first that names a city or region of
 * the table counts; null when none does. How the board finds it is not told.
 */
export function regionOf(address: string): string | null {
  const parts = address
    .split(/[,;]|(?<=\p{L}{4})\./u)
    .map((part) => part.trim().replace(/^(?:г\.?|город)\s*(?=\p{Lu})/u, ""));
  for (const part of parts) {
    const region = TOLD.find(({ words }) => words.test(part));
    if (region) return region.fias_id;
  }
  return null;
}
