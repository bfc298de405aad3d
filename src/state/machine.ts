import { readFileSync } from "node:fs";
import { hostname, uptime } from "node:os";

/**
 * One word for this start of this operating system. What a process wrote survives its death, but not a power cut:
 * marks that were not synced are to be believed only within the same start.
 */
export function machineWord(): string {
  return `${hostname()}/${bootWord()}`;
}

function bootWord(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return String(Math.round((Date.now() / 1000 - uptime()) / 60));
  }
}
