import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as assert from "uvu/assert";
import {
  type Emulator,
  EmulatorError,
  type EmulatorOptions,
  type EmulatorState,
  type JobState,
  startEmulator,
} from "../../src/emulator/index.ts";
import { clientOf, EXAMPLE, NOW } from "./client.ts";

/** Runs `work` with a fresh folder for a board's data, removed after. */
export async function withFolder(work: (dataDir: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "vac-board-"));
  try {
    await work(join(root, "deep", ".board"));
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Runs `work` with an emulator started with the options, and closes it. */
export async function run<T>(options: EmulatorOptions, work: (emulator: Emulator) => Promise<T>): Promise<T> {
  const emulator = await startEmulator(options);
  try {
    return await work(emulator);
  } finally {
    await emulator.close();
  }
}

/** A board with two jobs, one closed, in the folder; returns its state at the close. */
export function filled(dataDir: string): Promise<EmulatorState> {
  return run({ dataDir }, async (emulator) => {
    emulator.control.freeze(NOW);
    const { call } = await clientOf(emulator);
    await call("POST", "/jobs", EXAMPLE);
    await call("POST", "/jobs", EXAMPLE);
    await call("POST", "/jobs/651/close");
    return emulator.control.state();
  });
}

/** The message of the error that a start on the folder fails with. */
export async function startFails(dataDir: string): Promise<string> {
  try {
    await (await startEmulator({ dataDir })).close();
  } catch (thrown) {
    assert.instance(thrown, EmulatorError);
    return (thrown as Error).message;
  }
  return assert.unreachable("the start should fail") as never;
}

/** All jobs of the board, oldest first. */
export const jobsOf = (emulator: Emulator): JobState[] => emulator.control.state().jobs;
