export type { Costs, CostsCompared, CostsRow, CostsUnmatched } from "../generated/costs.ts";
