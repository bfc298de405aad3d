// Many equal changes as one line, so that a plan of thousands stays readable.
import { type PlanChange, type Step, steps } from "../model/plan.ts";
import { changeText, reasonText } from "./change.ts";
import { cleanLine } from "./clean.ts";
import type { FieldStyle } from "./fields.ts";
import { chargeText } from "./money.ts";
import { placesText } from "./places.ts";
import { cut, wrap } from "./table.ts";
import { shownAll, type Titles } from "./values.ts";

/** Keys that are named before "and n more". */
const named = 3;
/** Closes of one kind that are all named, and how many are where there are more. */
const mostCloses = 100;
const namedCloses = 10;
/** More kinds of change than this are told by what is changed, without the values. */
const mostKinds = 40;
/** Columns that a value gets. */
const most = 40;

interface Group {
  readonly first: PlanChange;
  readonly changes: PlanChange[];
}

const closes = ({ steps }: PlanChange): boolean => steps.some(({ step }) => step === "close");

/**
 * One line for each kind of change, most frequent first, with the first keys. What must not be overlooked isn't
 * shortened: a close names every key, and a change with a warning is shown whole.
 */
export function groupedLines(changes: readonly PlanChange[], style: FieldStyle): string {
  const plain = changes.filter(({ warnings }) => warnings.length === 0);
  const lines = groupsOf(plain, style.titles).map((one) => groupText(one, style));
  const whole = changes
    .filter(({ warnings }) => warnings.length > 0)
    .map((change) => changeText(change, style));
  const note = style.paint("dim", "  (equal changes are shown together; --verbose shows each)");
  return [[...lines, note].join("\n"), ...whole].join("\n\n");
}

/** Changes of one kind, told in one line. */
export interface Kind {
  /** The step that they are called by. */
  readonly step: Step["step"];
  readonly text: string;
  /** A close, of which no key may be overlooked. */
  readonly closes: boolean;
  readonly count: number;
}

/** The kinds of change, most frequent first. */
export function groupsOf(plain: readonly PlanChange[], titles: Titles): Kind[] {
  const equal = group(plain, (change) => sameness(change));
  const [often, seldom] = [equal.filter(isOften), equal.filter((one) => !isOften(one))];
  const alike = group(
    seldom.flatMap((one) => one.changes),
    (change) => sameness(change, "names"),
  );
  const groups = equal.length > mostKinds ? [...often, ...alike] : equal;
  return [...groups].sort((a, b) => b.changes.length - a.changes.length).map((one) => tellGroup(one, titles));
}

/** Whether a kind of change is frequent enough to be told with its values, however many kinds there are. */
const isOften = ({ changes }: Group): boolean => changes.length > named;

function group(changes: readonly PlanChange[], wordOf: (change: PlanChange) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const change of changes) {
    const word = wordOf(change);
    const known = groups.get(word);
    if (known) known.changes.push(change);
    else groups.set(word, { first: change, changes: [change] });
  }
  return [...groups.values()];
}

/**
 * Two changes of one sameness are told in one line: the whole of what they do, but for what each has of its own, or only
 * the names of what is changed.
 */
function sameness({ steps }: PlanChange, by: "values" | "names" = "values"): string {
  const own = steps.map(({ expires_at: _, from: __, ...step }) => ({
    ...step,
    reason: step.step === "move" ? "" : step.reason,
    fields:
      step.step === "create"
        ? []
        : isSent(step) || by === "names"
          ? step.fields?.map(({ name }) => name)
          : step.fields,
  }));
  return JSON.stringify(own);
}

/** An update that sends what an adopted job doesn't show. */
const isSent = ({ step, reason }: Step): boolean => step === "update" && reason === "not shown by the board";

function groupText({ step, text, closes }: Kind, style: FieldStyle): string {
  const { sign, colour } = steps[step];
  const lines = closes ? wrap(text, Math.max(30, style.width - 6)) : [text];
  return `  ${style.paint(colour, sign)} ${lines.join(`\n${" ".repeat(6)}`)}`;
}

function tellGroup({ first, changes }: Group, titles: Titles): Kind {
  const isMixed = changes.some((change) => sameness(change) !== sameness(first));
  const word = first.steps.map((step) => wordOf(step, changes.length, isMixed, titles)).join("; ");
  const count = changes.length === 1 ? "1 vacancy" : `${changes.length} vacancies`;
  const isClose = closes(first);
  const all = isClose && changes.length <= mostCloses;
  const names = changes.map(nameOf);
  const places = (count: number): string =>
    placesText(
      changes.map(({ key }) => key),
      count,
      (index) => names[index] ?? "",
    );
  const keys = all ? names.join(", ") : places(isClose ? namedCloses : named);
  return {
    step: first.steps[0]?.step ?? "record",
    text: `${word} in ${count}: ${keys}`,
    closes: isClose,
    count: changes.length,
  };
}

function nameOf({ key, steps }: PlanChange): string {
  const from = steps.find(({ step }) => step === "move")?.from;
  return cleanLine(from === undefined ? key : `${key} (was ${from})`);
}

function wordOf(step: Step, times: number, isMixed: boolean, titles: Titles): string {
  if (step.step === "move") return "move";
  const cost = (step.cost ?? []).map((charge) => chargeText(multiplied(charge, times))).join(", ");
  const buys = cost === "" ? "" : `, buys ${cleanLine(cost)}`;
  const fields = step.step === "create" ? [] : (step.fields ?? []);
  const told = fields.map(({ name, prior, desired, live }) => {
    if (isSent(step)) return cleanLine(name);
    const [from, to] = shownAll(name, [live === undefined ? prior : live, desired] as const, titles);
    const [a, b] = [cut(from, most), cut(to, most)];
    const told = a === b ? `${cleanLine(name)} (its text)` : `${cleanLine(name)} ${a} → ${b}`;
    return isMixed ? `${cleanLine(name)} (each its own, such as ${a === b ? a : `${a} → ${b}`})` : told;
  });
  return `${step.step}, ${reasonText(step)}${buys}${told.length > 0 ? `: ${told.join(", ")}` : ""}`;
}

type Charge = NonNullable<Step["cost"]>[number];

function multiplied({ code, units, wallet }: Charge, times: number): Charge {
  const all =
    wallet === null || typeof wallet === "number"
      ? wallet && wallet * times
      : { min: wallet.min * times, max: wallet.max * times };
  return { code, units: units * times, wallet: all };
}
