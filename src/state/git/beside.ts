// The embedded board's data beside its state: a pipeline that rehearses finds the board as the last run has left it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Branch } from "../../git/branch.ts";
import { LockError } from "../../model/errors.ts";
import { writeWhole } from "../files.ts";
import type { Names, Part } from "./part.ts";

/** Files of a folder that belong together. */
export interface Beside {
  readonly names: readonly string[];
  read(): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Replaces them all; throws where somebody uses them. */
  write(files: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

const fileIn = (copies: string): string => join(copies, "beside.json");

/** The blobs of theirs that a part has, in a word. */
const wordOf = ({ beside }: Names, blobs: Part["blobs"]): string =>
  JSON.stringify(beside.map((name) => blobs.get(name) ?? null));

const known = async (copies: string): Promise<string> =>
  (await readFile(fileIn(copies), "utf8").catch(() => "")).trim();

const isThere = ({ beside }: Names, blobs: Part["blobs"]): boolean => beside.some((name) => blobs.has(name));

/** Notes that what lies here continues what the branch has. */
export async function keepBeside(copies: string, names: Names, blobs: Part["blobs"]): Promise<void> {
  await writeWhole(fileIn(copies), `${wordOf(names, blobs)}\n`, { mode: 0o600 });
}

/** Brings them here where the branch has others than those that were here last. */
export async function restoreBeside(
  beside: Beside,
  branch: Branch,
  names: Names,
  { blobs }: Part,
  copies: string,
): Promise<void> {
  if (!isThere(names, blobs)) return;
  const isHere = (await beside.read()).size > 0;
  if (isHere && (await known(copies)) === wordOf(names, blobs)) return;
  const files = new Map<string, Uint8Array>();
  for (const [index, name] of names.beside.entries()) {
    const id = blobs.get(name);
    if (id !== undefined) files.set(beside.names[index] ?? name, await branch.read(id));
  }
  await beside.write(files);
  await keepBeside(copies, names, blobs);
}

/** A run must not go on from a board that another run has changed since it was brought here. */
export async function checkBeside(names: Names, { blobs }: Part, copies: string): Promise<void> {
  if (!isThere(names, blobs) || (await known(copies)) === wordOf(names, blobs)) return;
  throw new LockError("another run has used the embedded board meanwhile", { hint: "run it again" });
}

/** What is here, by the names of the branch. */
export async function besideNow(beside: Beside, names: Names): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await beside.read();
  return new Map(
    names.beside.flatMap((name, index) => {
      const bytes = files.get(beside.names[index] ?? "");
      return bytes ? [[name, bytes] as const] : [];
    }),
  );
}
