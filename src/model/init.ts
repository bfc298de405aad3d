export type { InitFile, InitResult } from "../generated/init.ts";
