export type { ImportedItem, ImportResult, LeftJob } from "../generated/import.ts";
