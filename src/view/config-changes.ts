import type { ConfigChange, Plan } from "../model/plan.ts";
import { cleanLine } from "./clean.ts";

/** What is said above changed settings. */
export const configHead = "This branch changes the workspace's settings:";

/** A line for each, and which side this plan is made with. */
export function configLines({ config_changes = [], base }: Plan): string[] {
  return config_changes.map(({ name, base: from, branch, counts }) => {
    const which = counts === "base" ? `; here that of ${base?.ref ?? "the base"} still counts` : "";
    return cleanLine(`${name}: ${shown(from)} → ${shown(branch)}${which}`);
  });
}

const shown = (value: ConfigChange["base"]): string => (value === null ? "(not set)" : String(value));
