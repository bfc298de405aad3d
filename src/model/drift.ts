export type { DriftField, DriftItem, DriftResult } from "../generated/drift.ts";
