// The workflows of this repository, as they are elsewhere.
import { stringify } from "yaml";
import { workflows } from "../generated/workflows.ts";
import type { Answers } from "./answers.ts";

/** What is of this repository alone, from its mark to the mark of its end. */
const own = /^ *# own: .*\n([\s\S]*?)^ *# end\n/gm;

/** The line that names the branches whose pushes start a run. */
const branches = /^( {4}branches: ).*$/m;

/** File names and texts. Elsewhere the tool is installed by name and version, and `_config.yaml` says where the state is. */
export function githubWorkflows(
  { workspace, branch }: Pick<Answers, "workspace" | "branch">,
  tool: string,
): Record<string, string> {
  const install = `      - name: Install\n        run: npm install --global --ignore-scripts ${tool}\n`;
  const isUsual = branch === undefined || branch === "main" || branch === "master";
  const folder = stringify(workspace === "" ? "." : workspace).trim();
  return Object.fromEntries(
    Object.entries(workflows).map(([name, text]) => [
      name,
      text
        .replace(own, (_block, lines: string) => (lines.includes("name: Install") ? install : ""))
        .replace(/^( {2}VAC_WORKSPACE: ).*$/m, (_line, key: string) => key + folder)
        .replace(branches, (line, key: string) => (isUsual ? line : `${key}[${JSON.stringify(branch)}]`)),
    ]),
  );
}

/** A workflow with the branches that the one which is there names: a repository may rename its default branch. */
export function withBranches(text: string, there: string | undefined): string {
  const line = branches.exec(there ?? "")?.[0];
  return line === undefined ? text : text.replace(branches, () => line);
}
