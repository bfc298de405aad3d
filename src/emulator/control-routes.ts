import type { Control } from "./control.ts";
import { EmulatorError } from "./errors.ts";
import type { Fault } from "./faults.ts";
import type { HandApplication, HandEdit } from "./hand.ts";
import { type Answer, errorsAnswer, type Incoming, isObject, jsonObject, Refusal } from "./http.ts";
import { instant } from "./instant.ts";
import type { SettingsPatch } from "./options.ts";

/** Where the control endpoints live. */
export const CONTROL = "/__emulator/";

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function moveClock(control: Control, incoming: Incoming): Answer {
  const body = jsonObject(incoming);
  if (typeof body.advance_ms === "number") control.advance(body.advance_ms);
  else if (body.set !== undefined) control.setClock(instant(body.set));
  else if (body.freeze !== undefined) control.freeze(instant(body.freeze));
  else throw new EmulatorError('Emulator: give {"advance_ms": N}, {"set": ISO} or {"freeze": ISO}');
  return ok({ now: control.state().now });
}

function faultList(incoming: Incoming): Fault[] {
  const list: unknown = JSON.parse(incoming.raw.toString("utf8"));
  return (isObject(list) ? list.faults : list) as Fault[];
}

/** Every control endpoint: method and name to what it does. POST bodies are JSON. */
const ENDPOINTS: Record<string, (control: Control, incoming: Incoming) => Answer> = {
  "GET state": (control) => ok(control.state()),
  "GET requests": (control) => ok({ requests: control.requests() }),
  "DELETE requests": (control) => {
    control.clearRequests();
    return ok({ requests: [] });
  },
  "POST clock": moveClock,
  "POST faults": (control, incoming) => {
    const faults = faultList(incoming);
    control.setFaults(faults);
    return ok({ faults });
  },
  "POST options": (control, incoming) => {
    control.setOptions(jsonObject(incoming) as SettingsPatch);
    return ok(control.state().settings);
  },
  "POST funds": (control, incoming) => {
    control.setFunds(jsonObject(incoming));
    return ok(control.state().funds);
  },
  "POST applications": (control, incoming) =>
    ok({ id: control.putApplication(jsonObject(incoming) as unknown as HandApplication) }),
  "POST jobs": (control, incoming) => ok({ id: control.putJob(jsonObject(incoming) as HandEdit) }),
};

/**
 * Answers a request under `/__emulator/`: no token, no faults, no latency, not logged. Only for requests whose
 * Host is the loopback's own, so that no web page can reach it by another name. 422 for what can't be done.
 */
export function answerControl(control: Control, incoming: Incoming): Answer {
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(incoming.host)) {
    return errorsAnswer(403, "The emulator's control is for this machine only");
  }
  const endpoint = ENDPOINTS[`${incoming.method} ${incoming.path.slice(CONTROL.length)}`];
  if (!endpoint) return errorsAnswer(404, `No such control; there are ${Object.keys(ENDPOINTS).join(", ")}`);
  try {
    return endpoint(control, incoming);
  } catch (thrown) {
    if (thrown instanceof EmulatorError) throw new Refusal(422, thrown.message);
    if (thrown instanceof SyntaxError) throw new Refusal(400, thrown.message);
    throw thrown;
  }
}
