/** Runs an emulator on the folder given as the argument; writes its address and waits to be killed. */
import { startEmulator } from "../../src/emulator/index.ts";

const dataDir = process.argv[2] ?? "";
const { url } = await startEmulator({ dataDir });
process.stdout.write(`${url}\n`);
