// Names of files and folders for jobs that had none.
import { addTo } from "../../model/groups.ts";
import { citiesOf, placeOf } from "./address.ts";
/** Turns a text into Latin words with hyphens. */
export type Slugify = (text: string) => string;

/** What a job's file is named after. */
export interface Named {
  readonly id: string;
  readonly title: string;
  readonly address: string;
}

/** Characters of a name, at a word's end where there is one. */
const longest = 50;
/** Names that some systems keep for themselves. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
/** Where the city can't be told, and where nothing can be made of a title. */
const elsewhere = "other";
const untitled = "vacancy";
/** Where jobs go that the defaults of their city's folder would change. */
const apart = "imported";

/**
 * A file for each job, relative to `into`'s workspace, without two that differ only in case: the city as the folder,
 * the title as the name, the street behind it where several would have one name, and a number where that isn't enough.
 * `folders` are those that cities have already, by the city's word; `taken` are names that are not to be had.
 */
export function nameFiles(
  jobs: readonly Named[],
  options: {
    readonly slugify: Slugify;
    readonly into: string;
    readonly folders: ReadonlyMap<string, string>;
    /** Folders whose defaults would change a job. */
    readonly isAvoided: (folder: string) => boolean;
    readonly taken: ReadonlySet<string>;
  },
): Map<string, string> {
  const taken = new Set([...options.taken].map((name) => stemOf(name)));
  const known = citiesOf(jobs.map(({ address }) => address));
  const groups = new Map<string, { job: Named; street: string }[]>();
  for (const job of [...jobs].sort(byId)) {
    const { city, street } = placeOf(job.address, known);
    const word = city === undefined ? elsewhere : slug(city, options.slugify) || elsewhere;
    const folder = folderFor(word, options);
    const stem = `${folder === "" ? "" : `${folder}/`}${slug(job.title, options.slugify) || untitled}`;
    addTo(groups, stem, { job, street: slug(street, options.slugify) });
  }
  const names = new Map<string, string>();
  const take = (wanted: string): string => {
    let stem = wanted;
    for (let number = 2; taken.has(stem.toLowerCase()); number += 1) stem = `${wanted}-${number}`;
    taken.add(stem.toLowerCase());
    return `${stem}.yaml`;
  };
  for (const [stem, group] of groups) {
    const alone = group.length === 1 && !taken.has(stem.toLowerCase());
    for (const { job, street } of group)
      names.set(job.id, take(alone || street === "" ? stem : `${stem}-${street}`));
  }
  return names;
}

function folderFor(
  word: string,
  { into, folders, isAvoided }: Pick<Parameters<typeof nameFiles>[1], "into" | "folders" | "isAvoided">,
): string {
  if (into !== "") return `${into}/${word}`;
  const folder = folders.get(word) ?? word;
  return isAvoided(folder) && !isAvoided(apart) ? `${apart}/${word}` : folder;
}

/** One word for a city, by which its folder is found. */
export function cityWord(address: string, slugify: Slugify): string | undefined {
  const { city } = placeOf(address);
  return city === undefined ? undefined : slug(city, slugify) || undefined;
}

const stemOf = (file: string): string => file.replace(/\.ya?ml$/i, "").toLowerCase();

const byId = (a: Named, b: Named): number => a.id.length - b.id.length || (a.id < b.id ? -1 : 1);

function slug(text: string, slugify: Slugify): string {
  const plain = slugify(text.normalize("NFC"))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const cut = plain.length <= longest ? plain : plain.slice(0, longest + 1).replace(/-?[^-]*$/, "");
  const short = cut === "" ? plain.slice(0, longest) : cut;
  return reserved.test(short) ? `${short}-${untitled}` : short;
}
