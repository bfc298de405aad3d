// What `vac init` writes: a workspace, what editors and git are told of it, and a pipeline.
import type { Answers } from "./answers.ts";
import { editorSettings } from "./editor.ts";
import { gitlabPipeline } from "./gitlab.ts";
import { ignoreLines } from "./ignore.ts";
import { githubWorkflows, withBranches } from "./workflows.ts";
import { configFile, exampleFile } from "./workspace.ts";

export interface StarterFile {
  /** From the repository's root, with `/`. */
  readonly path: string;
  /** Whose it is once it is there: `yours` is left alone without a word, `ours` is told where it differs. */
  readonly owner: "yours" | "ours";
  /** Whether `text` keeps what is there, so that it may be written over it. */
  readonly keeps?: true;
  /**
   * The text that is wanted, given the one that is there. What a person wrote there stays in it; undefined where that
   * can't be promised.
   */
  text(there: string | undefined): string | undefined;
}

/** Schemas that editors check files against, as `vac schema NAME` prints them. */
export type EditorSchemas = Readonly<Record<"vacancy" | "defaults" | "config", object>>;

/** Every file, in the order in which they are told. `tool` is the package as npm installs it: name@version. */
export function starterFiles(answers: Answers, tool: string, schemas: EditorSchemas): StarterFile[] {
  const at = (name: string): string => (answers.workspace === "" ? name : `${answers.workspace}/${name}`);
  const whole = (path: string, owner: StarterFile["owner"], text: string): StarterFile => ({
    path,
    owner,
    text: () => text,
  });
  return [
    whole(at("_config.yaml"), "yours", configFile(answers)),
    ...(answers.hasVacancies ? [] : [whole(at("moscow/baker.yaml"), "yours", exampleFile(answers))]),
    ...Object.entries(schemas).map(([name, schema]) =>
      whole(`schemas/${name}.schema.json`, "ours", `${JSON.stringify(schema, null, 2)}\n`),
    ),
    {
      path: ".vscode/settings.json",
      owner: "ours",
      keeps: true,
      text: (there) => editorSettings(answers, there),
    },
    { path: ".gitignore", owner: "ours", keeps: true, text: ignoreLines },
    ...(answers.ci === "github"
      ? Object.entries(githubWorkflows(answers, tool)).map(([name, text]) => ({
          path: `.github/workflows/${name}`,
          owner: "ours" as const,
          text: (there: string | undefined) => withBranches(text, there),
        }))
      : []),
    ...(answers.ci === "gitlab" ? [whole(".gitlab-ci.yml", "ours", gitlabPipeline(answers, tool))] : []),
  ];
}
