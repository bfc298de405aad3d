// The desired side: a workspace's files to vacancies, settings and diagnostics.
export { type Compiled, type Context, compileWorkspace, readConfig } from "./compile.ts";
export { explainVacancy } from "./explain.ts";
export { formatText } from "./format/format.ts";
export { formatSources } from "./format/sources.ts";
export { type Edit, patchText } from "./patch/patch.ts";
export { writeVacancy } from "./patch/write.ts";
export { resolveProfessions } from "./professions.ts";
export type { FileKind } from "./shapes.ts";
export { readSources, type Sources } from "./sources.ts";
export { nearest } from "./wording.ts";
