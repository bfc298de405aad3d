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

/** What is said above guards that commits lift. */
export const liftedHead = "Guards are lifted by commits:";

const isLifted = ({ code }: Plan["diagnostics"][number]): boolean => code === "allowed";

/** A line for each; like settings they come first, since they change what the rest means. */
export const liftedLines = ({ diagnostics }: Plan): string[] =>
  diagnostics.filter(isLifted).map(({ message, hint = "" }) => cleanLine(`${message}; ${hint}`));

/** Problems that aren't told above all. */
export const otherProblems = ({ diagnostics }: Plan): Plan["diagnostics"] =>
  diagnostics.filter((one) => !isLifted(one));
