// The rule about attributes without which the board makes no job.
import type { Entry } from "../assemble.ts";
import { type Report, start } from "../problem.ts";
import { required } from "../shapes.ts";

/** Whether a vacancy needs no such attribute, by key and by the board's name, since its job has one already. */
export type Optional = (key: string, attribute: string) => boolean;

/** Whether one of an entry's files seems to state an attribute under a mistyped name, or can't be read. */
export function isMeant({ files }: Entry, attribute: string): boolean {
  return files.some(({ meant }) => meant === "all" || meant.has(attribute));
}

/** Checks the vacancies of one file together, so that what all its locations lack is told once. Keys with an error. */
export function checkMissing(entries: readonly Entry[], optional: Optional, report: Report): Set<string> {
  const broken = new Set<string>();
  for (const attribute of required) {
    const name = attribute === "profession_id" ? "profession" : attribute;
    const absent = entries.filter((entry) => lacks(entry, attribute, report, broken));
    const bound = absent.filter(({ key }) => optional(key, attribute));
    const maybe = absent.filter((entry) => !bound.includes(entry) && mayBeThere(entry, attribute));
    const wanting = absent.filter((entry) => !bound.includes(entry) && !maybe.includes(entry));
    for (const { key } of wanting) broken.add(key);
    tell(wanting, "error", `${name} is missing`, hintFor(name));
    tell(bound, "warning", `${name} isn't stated, so the job on the board keeps what it has`, hintFor(name));
    tell(maybe, "warning", `${name} isn't stated, and is needed to publish it`, hintFor(name));
  }
  return broken;

  function tell(of: readonly Entry[], severity: "error" | "warning", message: string, hint: string): void {
    const [first] = of;
    if (first === undefined) return;
    const where = of.length === entries.length ? "" : ` at ${some(of.map(({ location }) => location ?? ""))}`;
    const key = of.length === 1 ? { key: first.key } : {};
    const file = first.file.name;
    report({
      severity,
      code: "missing-attribute",
      message: message.replace(/(?=,|$)/, where),
      hint,
      file,
      spot: start,
      ...key,
    });
  }
}

/** What an import may have left out: what reads hide, and texts that no file may hold. */
const leftOut: ReadonlySet<string> = new Set(["profession_id", "title", "description"]);

/**
 * Files that an import has written say `renew: never` and where it is, and lack what the board didn't show. Whether their
 * job is there only a plan can tell; it refuses to publish what lacks something.
 */
const mayBeThere = ({ merged }: Entry, attribute: string): boolean =>
  leftOut.has(attribute) &&
  merged.get("renew")?.value === "never" &&
  ["address", "lat", "long"].every((name) => merged.get(name) !== undefined);

const hintFor = (name: string): string =>
  name === "profession"
    ? "add profession, by its title on the board, to the file or to a _defaults.yaml above it"
    : `add ${name} to the file or to a _defaults.yaml above it`;

const some = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;

/** True if nothing states the attribute. One that is stated as null is told here, where it stands. */
function lacks(entry: Entry, attribute: string, report: Report, broken: Set<string>): boolean {
  const names = attribute === "profession_id" ? ["profession_id", "profession"] : [attribute];
  const name = names.find((one) => entry.merged.get(one) !== undefined);
  const stated = name === undefined ? undefined : entry.merged.get(name);
  if (name === undefined || stated === undefined) return !names.some((one) => isMeant(entry, one));
  if (names.some((one) => (entry.merged.get(one)?.value ?? null) !== null)) return false;
  broken.add(entry.key);
  // An alias that stands for nothing is null here, and told already.
  if (entry.file.meant === "all") return false;
  report({
    severity: "error",
    code: "missing-attribute",
    message: `${name} is required, so it can't be null`,
    hint: "give it a value, or remove the line",
    file: stated.layer.file,
    spot: { path: [...stated.layer.path, name], part: "value" },
    key: entry.key,
  });
  return false;
}
