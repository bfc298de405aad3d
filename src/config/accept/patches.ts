// Where each value goes, and the texts that come of it.
import { normalText } from "../../model/equality.ts";
import { addTo } from "../../model/groups.ts";
import { assemble, type Entry } from "../assemble.ts";
import type { Layer } from "../layers.ts";
import { type Edit, patchText } from "../patch/patch.ts";
import type { Path } from "../problem.ts";
import { kindOf } from "../shapes.ts";
import type { Sources } from "../sources.ts";
import type { Left, Patch, Want } from "./want.ts";

/** The texts with every want worked in that has a place. */
/** Whether a file states a value already: then it stays where it is. */
function isSame(stated: unknown, value: Want["value"]): boolean {
  return (
    stated === value ||
    (typeof stated === "string" && typeof value === "string" && normalText(stated) === normalText(value))
  );
}

export function patchAll(
  sources: Sources,
  wants: readonly Want[],
): {
  texts: Map<string, string>;
  patches: Patch[];
  faults: Left[];
} {
  const { entries } = assemble(sources, () => {});
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const users = usersOf(entries);
  const faults: Left[] = [];
  const patches = new Map<string, Patch>();
  for (const want of wants) {
    const entry = byKey.get(want.key);
    if (!entry) continue;
    const patch = patchFor(want, entry, users, wants);
    const word = JSON.stringify([patch.file, patch.path]);
    const same = patches.get(word);
    patches.set(word, same ? { ...same, wants: [...same.wants, want] } : patch);
  }
  const texts = new Map<string, string>();
  const made: Patch[] = [];
  const bytes = new Map(sources.files.map((file) => [file.name, file.bytes]));
  for (const patch of patches.values()) {
    const text = texts.get(patch.file) ?? Buffer.from(bytes.get(patch.file) ?? []).toString("utf8");
    const next = patchText(text, kindOf(patch.file), patch.edits);
    if (next === undefined) {
      const why = `it can't be changed in ${patch.file} without touching something else (an anchor, an alias): edit ${patch.path.join(".")} by hand`;
      for (const want of patch.wants) faults.push({ want, why });
      continue;
    }
    if (next !== text) texts.set(patch.file, next);
    made.push(patch);
  }
  return { texts, patches: made, faults };
}

/** Names under which a value of the board is stated. */
const namesFor = (name: string): readonly string[] =>
  name === "profession_id" ? ["profession", "profession_id"] : [name];

type Users = ReadonlyMap<Layer, ReadonlyMap<string, readonly string[]>>;

/** Which vacancies have which value from which layer. */
function usersOf(entries: readonly Entry[]): Users {
  const users = new Map<Layer, Map<string, string[]>>();
  for (const { key, merged } of entries) {
    for (const [name, { layer }] of merged) {
      const names = users.get(layer) ?? new Map<string, string[]>();
      addTo(names, name, key);
      users.set(layer, names);
    }
  }
  return users;
}

function patchFor(want: Want, entry: Entry, users: Users, wants: readonly Want[]): Patch {
  const stated = namesFor(want.name).find((name) => entry.merged.get(name) !== undefined) ?? want.name;
  const layer = entry.merged.get(stated)?.layer;
  const shared = layer ? (users.get(layer)?.get(stated) ?? []) : [];
  const has = isSame(entry.merged.get(stated)?.value, want.value);
  const agree =
    has ||
    shared.every((key) =>
      wants.some((one) => one.key === key && one.name === want.name && one.value === want.value),
    );
  const own: Path = entry.location === undefined ? [] : ["locations", entry.location];
  const [file, above] = layer && agree ? [layer.file, layer.path] : [entry.file.name, own];
  const inPlace = layer !== undefined && agree;
  const path = [...above, want.name];
  if (want.name !== "profession_id")
    return { file, path, edits: [{ path, value: want.value }], stated: want.value, wants: [want] };
  if (want.title !== undefined) {
    const titled = [...above, "profession"];
    const removed: Edit[] = inPlace && stated === "profession_id" ? [{ path, remove: true }] : [];
    return {
      file,
      path: titled,
      edits: [...removed, { path: titled, value: want.title }],
      stated: want.title,
      wants: [want],
    };
  }
  const removed: Edit[] =
    inPlace && stated === "profession" ? [{ path: [...above, "profession"], remove: true }] : [];
  return { file, path, edits: [...removed, { path, value: want.value }], stated: want.value, wants: [want] };
}
