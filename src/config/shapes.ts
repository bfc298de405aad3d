// The names of the file formats in canonical order, for suggestions and `vac fmt`. A test holds them against schemas/.

/** What may stand in a map; under "*" what every other key, or every item of a list, holds. */
export interface Shape {
  readonly [name: string]: Shape;
}

/** The three kinds of files in a workspace. */
export type FileKind = "vacancy" | "defaults" | "config";

const leaf: Shape = {};
const leaves = (...names: string[]): Shape => Object.fromEntries(names.map((name) => [name, leaf]));

const picture: Shape = { file: leaf, crop: leaves("x", "y", "w", "h") };

/** Attributes that the board knows, by its names; profession stands for the id that its title has. */
const board = leaves(
  "title",
  "description",
  "profession",
  "profession_id",
  "address",
  "lat",
  "long",
  "salary_from",
  "salary_to",
  "salary_period",
  "contact_phone",
  "remote",
  "has_autoreply",
  "autoreply_text",
  "auto_renew",
);

const attributes: Shape = {
  ...board,
  ...leaves("status", "publish_until", "close_reason", "publication_type", "renew"),
  ...leaves("reopen_closed", "prevent_close", "on_delete"),
  background: picture,
  promote: { "*": leaves("action", "at", "every", "until", "account") },
};

/** Codes of what is paid for. */
const paid = [
  "job_publish",
  "super_job_publish",
  "ultra_job_publish",
  "job_refresh",
  "job_highlight",
  "elevation_plus",
  "elevation_3d",
  "elevation_1d",
  "contact_view",
] as const;
const limits = leaves("wallet", ...paid);
const limitsOf: Shape = { per_apply: limits, per_month: limits };

export const shapes: Readonly<Record<FileKind, Shape>> = {
  vacancy: { key: leaf, ...attributes, locations: { "*": attributes } },
  defaults: attributes,
  config: {
    ...leaves("board", "concurrency", "timezone"),
    guards: leaves("close_percent", "close_count"),
    budget: { ...limitsOf, folders: { "*": limitsOf } },
    prices: leaves(...paid),
    settle_after: leaf,
    ignore: { "*": leaf },
    state: leaves("backend", "remote", "ref"),
    background: picture,
    triage: { "*": { when: leaves("vacancy", "status", "older_than"), set: leaf } },
  },
};

/** Attributes that are sent to the board, in canonical order. */
export const sent: readonly string[] = Object.keys(board).filter((name) => name !== "profession");

/** Attributes of a vacancy, a location or a defaults file, in canonical order. */
export const attributeNames: readonly string[] = Object.keys(attributes);

/** Attributes without which the board makes no job; a profession counts by its id. */
export const required: readonly string[] = [
  "title",
  "description",
  "profession_id",
  "address",
  "lat",
  "long",
];

const top: Readonly<Record<FileKind, readonly string[]>> = {
  vacancy: Object.keys(shapes.vacancy),
  defaults: Object.keys(shapes.defaults),
  config: Object.keys(shapes.config),
};

/** Names that may stand in the map at `path`; empty where any may, or where no map belongs. */
export function namesAt(kind: FileKind, path: readonly string[]): readonly string[] {
  if (path.length === 0) return top[kind];
  const shape = shapeAt(shapes[kind], path);
  const names = Object.keys(shape);
  return names.includes("*") ? [] : names;
}

/** The shape of what stands at `path` below `shape`. */
export function shapeAt(shape: Shape, path: readonly string[]): Shape {
  return path.reduce((at, name) => inner(at, name), shape);
}

function inner(shape: Shape, name: string): Shape {
  return (Object.hasOwn(shape, name) ? shape[name] : shape["*"]) ?? leaf;
}

/** Which kind of file a path in the workspace names. */
export function kindOf(file: string): FileKind {
  const stem = file.slice(file.lastIndexOf("/") + 1).replace(/\.ya?ml$/i, "");
  return stem === "_config" ? "config" : stem === "_defaults" ? "defaults" : "vacancy";
}
