// Codes of paid services under all names that the document has for them (document: Аббревиатуры, Company, пакеты).

interface Names {
  /** Other spellings of the code, as in packets. */
  readonly also?: readonly string[];
  /** The company's attributes that hold its one-time units. */
  readonly limits: readonly string[];
}

/** By the code that paid actions and publications are sent under. */
const names: Readonly<Record<string, Names>> = {
  job_publish: { also: ["job_publication"], limits: ["otvas_jobs_limit"] },
  super_job_publish: { limits: ["otvas_super_jobs_limit"] },
  ultra_job_publish: { limits: ["otvas_ultra_jobs_limit"] },
  job_refresh: { limits: ["otvas_refreshes_limit"] },
  job_highlight: { limits: ["otvas_highlights_limit"] },
  elevation_plus: {
    also: ["job_elevate_plus"],
    limits: ["otvas_elevations_plus_limit", "otvas_elevation_plus_limit"],
  },
  elevation_3d: {
    also: ["job_elevate_3d"],
    limits: ["otvas_elevations_3d_limit", "otvas_elevation_3d_limit"],
  },
  elevation_1d: {
    also: ["job_elevate_1d"],
    limits: ["otvas_elevations_1d_limit", "otvas_elevation_1d_limit"],
  },
  contact_view: { limits: ["otvas_views_limit", "views_limit"] },
};

const canonical = new Map(
  Object.entries(names).flatMap(([code, { also = [] }]) =>
    also.map((other): [string, string] => [other, code]),
  ),
);

/** The code as it is sent, of any spelling; a code that the document doesn't name stays as it is. */
export function codeOf(spelling: string): string {
  return canonical.get(spelling) ?? spelling;
}

/** Each code with the attributes that may hold its one-time units. */
export const limitNames: readonly (readonly [code: string, attributes: readonly string[]])[] = Object.entries(
  names,
).map(([code, { limits }]) => [code, limits]);
