// Rules about one value, wherever it is stated: each layer is looked at once, however many vacancies it serves.
import { normalText } from "../../model/equality.ts";
import { contactsIn } from "../contacts.ts";
import { readDate } from "../dates.ts";
import { durationMs, showDuration } from "../durations.ts";
import { dateHint, emptyHint } from "../hints.ts";
import { isTable, type Layer } from "../layers.ts";
import { fromFile } from "../paths.ts";
import type { Path, Problem, Report } from "../problem.ts";
import { show } from "../wording.ts";

/** Code points that the board takes as a description. */
const descriptionLimit = 200;

/** Least time between two services of one kind, in milliseconds, by the service's name. */
export type Gaps = Readonly<Record<string, number>>;

/** Checks the values of one layer. What isn't of its schema's type is passed over: that is told already. */
export function checkValues(layer: Layer, gaps: Gaps, report: Report): void {
  const { values } = layer;
  const say: Say = (path, said) =>
    report({
      severity: "error",
      ...said,
      file: layer.file,
      spot: { path: [...layer.path, ...path], part: said.part ?? "value" },
    });
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "string" && value !== "" && texts.has(name) && value.trim() === "") {
      say([name], {
        code: "empty-text",
        message: `${name} is an empty text`,
        hint: emptyHint(name),
      });
    }
  }
  description(values.description, say);
  date(values.publish_until, ["publish_until"], say);
  duration(values.renew, ["renew"], say);
  if (isGiven(values.profession) && isGiven(values.profession_id)) {
    say(["profession_id"], {
      code: "profession-twice",
      message: "both profession and profession_id are stated",
      hint: "keep one of them",
      part: "key",
    });
  }
  if (isTable(values.background)) picture(layer.file, values.background, ["background"], say);
  if (Array.isArray(values.promote)) {
    for (const [index, item] of values.promote.entries()) {
      if (isTable(item)) promotion(item, ["promote", String(index)], gaps, say);
    }
  }
}

type Said = Pick<Problem, "code" | "message" | "hint"> & { severity?: "warning"; part?: "key" };
type Say = (path: Path, said: Said) => void;

const texts = new Set(["title", "description", "profession", "address", "autoreply_text"]);

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function description(value: unknown, say: Say): void {
  if (typeof value !== "string") return;
  const text = normalText(value);
  // No text has more code points than UTF-16 units.
  const length = text.length > descriptionLimit ? [...text].length : text.length;
  if (length > descriptionLimit) {
    say(["description"], {
      code: "description-too-long",
      message: `description has ${length} characters, ${length - descriptionLimit} more than the board takes`,
      hint: `shorten it to ${descriptionLimit}`,
    });
  }
  const contacts = contactsIn(text);
  if (contacts.length > 0) {
    say(["description"], {
      code: "description-contact",
      message: `description holds ${contacts.slice(0, 3).map(show).join(", ")}, and the board allows no contacts in it`,
      hint: "take it out; a phone belongs into contact_phone",
    });
  }
}

function date(value: unknown, path: Path, say: Say): void {
  if (typeof value !== "string" || value === "" || readDate(value)) return;
  say(path, {
    code: "bad-date",
    message: `${path.at(-1)} ${show(value)} is no date`,
    hint: dateHint(value),
  });
}

function duration(value: unknown, path: Path, say: Say): void {
  if (typeof value !== "string" || !/^[1-9]\d*[mhdw]$/.test(value) || durationMs(value) !== undefined) return;
  say(path, {
    code: "bad-duration",
    message: `${path.at(-1)} can't be as long as ${show(value)}`,
    hint: "write ten years at most",
  });
}

/** Checks that a picture lies in the workspace. */
export function picture(
  file: string,
  value: Readonly<Record<string, unknown>>,
  path: Path,
  say: (path: Path, said: Said) => void,
): void {
  if (typeof value.file !== "string" || value.file === "" || fromFile(file, value.file) !== undefined) return;
  say([...path, "file"], {
    code: "picture-outside",
    message: `the picture ${show(value.file)} isn't in the workspace`,
    hint: "copy it into the workspace, and name it relative to this file, with /",
  });
}

function promotion(item: Readonly<Record<string, unknown>>, path: Path, gaps: Gaps, say: Say): void {
  date(item.at, [...path, "at"], say);
  date(item.until, [...path, "until"], say);
  duration(item.every, [...path, "every"], say);
  const { action, every } = item;
  if (typeof action !== "string" || typeof every !== "string") return;
  const [gap, ms] = [Object.hasOwn(gaps, action) ? gaps[action] : undefined, durationMs(every)];
  if (gap === undefined || ms === undefined || ms >= gap) return;
  say([...path, "every"], {
    severity: "warning",
    code: "promotion-too-often",
    message: `every ${every} is more often than the board allows ${action}`,
    hint: `it is bought every ${showDuration(gap)}; write that to make it plain`,
  });
}
