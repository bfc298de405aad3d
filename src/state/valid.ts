// What events must look like, on their way into the log and out of it.
import validate from "../generated/validators/state.cjs";
import { emptyState, type State } from "../model/state.ts";
import type { StateEvent } from "./events.ts";

/** Which properties of each event are texts. What an event holds of a state is checked as a part of one. */
const texts: Readonly<Record<StateEvent["event"], readonly string[]>> = {
  begin: ["lineage", "board", "account"],
  base: ["lineage"],
  put: ["key"],
  drop: ["key"],
  background: [],
  rename: ["from", "to"],
  planned: [],
  orphaned: ["plan"],
  intent: [],
  sent: ["id"],
  unclear: ["id", "cause"],
  done: ["id", "key"],
  refused: ["id"],
  contact: ["id"],
  "contact-settled": ["id", "as"],
  ledger: [],
  plan: ["id"],
};

/** Whether this version knows an event of that name. */
export function isKnown(name: unknown): name is StateEvent["event"] {
  return typeof name === "string" && Object.hasOwn(texts, name);
}

/** What is wrong with a value that should be an event; undefined if it is one. */
export function faultOfEvent(value: Readonly<Record<string, unknown>>): string | undefined {
  if (!isKnown(value.event)) return "an unknown event";
  const missing = texts[value.event].find((name) => typeof value[name] !== "string");
  if (missing !== undefined) return `${missing} is no text`;
  if (value.event === "base" && !Number.isSafeInteger(value.serial)) return "serial is no integer";
  const state = emptyState("", "", "-");
  if (value.event === "put" || (value.event === "done" && value.entry !== null))
    return faultOfState({ ...state, entries: { entry: value.entry } });
  if (value.event === "ledger") {
    if (!Number.isSafeInteger(value.since)) return "since is no integer";
    return faultOfState({ ...state, ledgerSince: value.since, ledger: value.charges ?? null });
  }
  if (value.event === "contact") return faultOfState({ ...state, contacts: { contact: value.contact } });
  if (value.event === "background") return faultOfState({ ...state, background: value.background ?? null });
  if (value.event === "orphaned" && !Number.isSafeInteger(value.at)) return "at is no integer";
  if (value.event === "intent" || value.event === "planned")
    return faultOfState({ ...state, intents: { intent: value.intent } });
  return undefined;
}

/** What is wrong with a value that should be a state; undefined if it is one. */
export function faultOfState(value: unknown): string | undefined {
  if (validate(value)) return undefined;
  const first = validate.errors?.[0];
  return first ? `${first.instancePath || "the top level"} ${first.message ?? ""}` : "not a state";
}

/** What makes an event impossible after a state: an entry or an intent would be lost by it. */
export function contradiction(state: State, event: StateEvent): string | undefined {
  if (event.event === "rename") {
    const isOpen = Object.values(state.intents).some(({ key }) => key === event.from);
    if (!state.entries[event.from] && !isOpen) return `there is no entry ${event.from}`;
    if (state.entries[event.to]) return `there is an entry ${event.to} already`;
  }
  if (event.event === "intent" || event.event === "planned") {
    const there = state.intents[event.intent.id];
    const isNext = event.event === "intent" && there?.planned;
    if (there && !isNext) return `there is an intent ${event.intent.id} already`;
  }
  if (event.event === "begin" || event.event === "base") return "only a log's first line is one";
  return undefined;
}
