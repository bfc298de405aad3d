// Rules about values that have to go together in one vacancy, after defaults and locations are merged.
import type { Entry } from "../assemble.ts";
import { isTable, type Stated } from "../layers.ts";
import type { Problem, Report } from "../problem.ts";
import { isMeant } from "./missing.ts";

/** Checks one vacancy; true if nothing in it is an error. */
export function checkVacancy(entry: Entry, report: Report): boolean {
  let sound = true;
  for (const rule of rules) {
    const found = rule(entry);
    if (found === undefined) continue;
    if (found.severity === "error") sound = false;
    report({ ...found, key: entry.key });
  }
  return sound;
}

type Rule = (entry: Entry) => Problem | undefined;

const rules: readonly Rule[] = [salaryOrder, salaryPeriod, autoreply, autoRenew, swapped, background];

/** A problem at the nearest of these values. */
function at(
  values: readonly Stated[],
  name: (stated: Stated) => string,
  said: Said,
  part: "key" | "value",
): Problem {
  const [nearest] = [...values].sort((a, b) => b.layer.rank - a.layer.rank);
  const { file, path } = (nearest as Stated).layer;
  return { severity: "error", ...said, file, spot: { path: [...path, name(nearest as Stated)], part } };
}

type Said = Pick<Problem, "code" | "message" | "hint"> & { severity?: "warning" };

function salaryOrder({ merged }: Entry): Problem | undefined {
  const [from, to] = [merged.get("salary_from"), merged.get("salary_to")];
  if (typeof from?.value !== "number" || typeof to?.value !== "number" || from.value <= to.value)
    return undefined;
  const said = {
    code: "salary-order",
    message: `salary_from ${from.value} is more than salary_to ${to.value}`,
    hint: "swap them, or correct one",
  };
  return at([from, to], (stated) => (stated === from ? "salary_from" : "salary_to"), said, "value");
}

function salaryPeriod(entry: Entry): Problem | undefined {
  const { merged } = entry;
  const salary = (["salary_from", "salary_to"] as const).find(
    (name) => Number.isInteger(merged.get(name)?.value) && Number(merged.get(name)?.value) >= 0,
  );
  const stated = salary && merged.get(salary);
  if (!stated || (merged.get("salary_period")?.value ?? null) !== null || isMeant(entry, "salary_period")) {
    return undefined;
  }
  const said: Said = {
    severity: "warning",
    code: "salary-period",
    message: `${salary} is stated without salary_period`,
    hint: "add salary_period: hourly, daily or monthly",
  };
  return at([stated], () => salary, said, "key");
}

function autoreply(entry: Entry): Problem | undefined {
  const flag = entry.merged.get("has_autoreply");
  const text = entry.merged.get("autoreply_text")?.value ?? null;
  if (flag?.value !== true || text !== null || isMeant(entry, "autoreply_text")) return undefined;
  const said = {
    code: "autoreply-text",
    message: "has_autoreply is true, but there is no autoreply_text",
    hint: "add autoreply_text, or write has_autoreply: false",
  };
  return at([flag], () => "has_autoreply", said, "key");
}

function autoRenew(entry: Entry): Problem | undefined {
  const flag = entry.merged.get("auto_renew");
  const renew = entry.merged.get("renew");
  if (flag?.value !== true || renew?.value === "never" || isMeant(entry, "renew")) return undefined;
  const said = {
    code: "auto-renew",
    message: "auto_renew is true while renew isn't never, so a renewal could be paid twice",
    hint: "add renew: never to leave renewals to the board, or remove auto_renew",
  };
  return at(
    renew ? [flag, renew] : [flag],
    (stated) => (stated === flag ? "auto_renew" : "renew"),
    said,
    "key",
  );
}

/** Degrees between which Russia lies; its east beyond 180° is left out. */
const russia = { south: 41, north: 82, west: 19, east: 180 } as const;

const inRussia = (lat: number, long: number): boolean =>
  lat >= russia.south && lat <= russia.north && long >= russia.west && long <= russia.east;

function swapped({ merged }: Entry): Problem | undefined {
  const [lat, long] = [merged.get("lat"), merged.get("long")];
  if (typeof lat?.value !== "number" || typeof long?.value !== "number") return undefined;
  // Out of range altogether is the schema's business.
  if (Math.abs(lat.value) > 90 || Math.abs(long.value) > 180) return undefined;
  if (inRussia(lat.value, long.value) || !inRussia(long.value, lat.value)) return undefined;
  const said: Said = {
    severity: "warning",
    code: "coordinates-swapped",
    message: `lat ${lat.value} and long ${long.value} are likely swapped`,
    hint: `write lat: ${long.value} and long: ${lat.value} if the place is in Russia`,
  };
  return at([lat, long], (stated) => (stated === lat ? "lat" : "long"), said, "key");
}

const cropNames = ["x", "y", "w", "h"];

function background({ merged }: Entry): Problem | undefined {
  const stated = merged.get("background");
  if (!stated || !isTable(stated.value)) return undefined;
  const { crop } = stated.value;
  // Under a name that isn't known the part may be there.
  if (Object.keys(stated.value).some((name) => name !== "file" && name !== "crop")) return undefined;
  const lacks = [
    ...(stated.value.file === undefined ? ["file"] : []),
    // Without a crop the whole picture is shown.
    ...(isTable(crop) ? cropNames.filter((name) => crop[name] === undefined) : []).map(
      (name) => `crop.${name}`,
    ),
  ];
  if (lacks.length === 0) return undefined;
  const said = {
    code: "background-incomplete",
    message: `background lacks ${lacks.join(", ")}`,
    hint: "add it here, or in the defaults that it is merged over",
  };
  return at([stated], () => "background", said, "key");
}
