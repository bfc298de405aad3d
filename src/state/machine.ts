import { readFileSync, readlinkSync } from "node:fs";
import { hostname, uptime } from "node:os";

/**
 * One word for this start of this operating system. What a process wrote survives its death, but not a power cut:
 * marks that were not synced are to be believed only within the same start.
 */
export function machineWord(): string {
  return `${hostname()}/${bootWord()}`;
}

function bootWord(): string {
  const id = fact(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"));
  // Else the nearest ten seconds, since clocks are set now and then. A miss only means that marks aren't believed.
  return id ?? String(Math.round((Date.now() / 1000 - uptime()) / 10));
}

/** One word for the processes that can see each other by their ids: containers may share all but these. */
export function processSpace(): string {
  return `${machineWord()}/${fact(() => readlinkSync("/proc/self/ns/pid")) ?? ""}`;
}

/** When a process was started, in a word: ids are used again, this is not. Undefined where the system doesn't tell. */
export function startOf(pid: number): string | undefined {
  const stat = fact(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The name comes second, in brackets, and may hold spaces; the start is the 22nd field.
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

function fact(read: () => string): string | undefined {
  try {
    return read().trim();
  } catch {
    return undefined;
  }
}
