// Writing files so that a crash or a full disk leaves the last good one.
import { randomUUID } from "node:crypto";
import { chmod, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** The longest snapshot or plan that is read, bytes: some 200,000 vacancies, and about as much as a text can hold. */
export const largestFile = 500 * 1024 * 1024;

/** The longest log that is read, bytes: a run that publishes 200,000 vacancies may have been cut short at its end. */
export const largestLog = 1024 * 1024 * 1024;

/** That a file is longer than it may be, or would be. */
export const tooBig = (most: number): Error => new Error(`it is over ${most / 1024 / 1024} MiB`);

/** A file's bytes; an Error where there are more than `most` of them, also where it is a pipe and doesn't tell. */
export async function readUpTo(path: string, most: number): Promise<Buffer> {
  const handle = await open(path, "r");
  try {
    const parts: Buffer[] = [];
    let size = (await handle.stat()).size;
    for (let read = 0; size <= most; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(Math.max(65_536, size - read)));
      // Mostly it comes at once, and then it needn't be copied.
      if (bytesRead === 0) return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
      parts.push(buffer.subarray(0, bytesRead));
      read += bytesRead;
      size = Math.max(size, read);
    }
    throw tooBig(most);
  } finally {
    await handle.close();
  }
}

/** Makes what was renamed or created in a folder outlast a power cut; a system that can't is left at that. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r").catch(() => undefined);
  if (!handle) return;
  try {
    await handle.sync();
  } catch {
    // Some file systems refuse to sync a folder.
  } finally {
    await handle.close();
  }
}

/**
 * Takes a file or folder of ours, if it is there, from everybody but its owner: it holds personal data, and an older
 * version or a copy may have left it open. What isn't ours to mend is left as it is.
 */
export async function closeToOthers(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (!there || (there.mode & 0o077) === 0) return;
  await chmod(path, there.isDirectory() ? 0o700 : 0o600).catch(() => undefined);
}

/** Replaces a file whole or not at all. Without a mode it keeps the one it has; a new file gets 0600, a new folder 0700. */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | Iterable<string>,
  { mode, openFile = open }: { mode?: number; openFile?: typeof open } = {},
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  const before = await stat(path).catch(() => undefined);
  try {
    const handle = await openFile(draft, "wx", 0o600);
    try {
      const pieces = typeof content === "string" || content instanceof Uint8Array ? [content] : content;
      for (const piece of pieces) await handle.writeFile(piece);
      await handle.chmod(mode ?? (before ? before.mode & 0o777 : 0o600));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}
