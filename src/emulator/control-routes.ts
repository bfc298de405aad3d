import type { Control } from "./control.ts";
import { controlBody } from "./control-body.ts";
import { EmulatorError } from "./errors.ts";
import { type Answer, errorsAnswer, type Incoming, Refusal } from "./http.ts";
import { instant } from "./instant.ts";
import { HTML } from "./page/html.ts";
import { SCRIPT } from "./page/script.ts";
import { STYLE } from "./page/style.ts";

/** Where the control endpoints live. */
const CONTROL = "/__emulator";

/** Whether a path is the control's, not the API's. */
export const isControl = (path: string): boolean => path === CONTROL || path.startsWith(`${CONTROL}/`);

function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** A part of the page; it loads nothing from anywhere else. */
function file(body: string, type: string): Answer {
  const headers = {
    "Content-Type": `${type}; charset=utf-8`,
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
  };
  return { status: 200, body, headers };
}

function moveClock(control: Control, incoming: Incoming): Answer {
  const { advance_ms, set, freeze } = controlBody(incoming, "clock");
  if (advance_ms !== undefined) control.advance(advance_ms);
  else if (set !== undefined) control.setClock(instant(set));
  else control.freeze(instant(freeze));
  return ok({ now: control.state().now });
}

/** Every control endpoint: method and name to what it does. POST bodies are JSON. */
const ENDPOINTS: Record<string, (control: Control, incoming: Incoming) => Answer> = {
  "GET ": () => file(HTML, "text/html"),
  "GET script.js": () => file(SCRIPT, "text/javascript"),
  "GET style.css": () => file(STYLE, "text/css"),
  "GET state": (control) => ok(control.state()),
  "GET requests": (control) => ok({ requests: control.requests() }),
  "DELETE requests": (control) => {
    control.clearRequests();
    return ok({ requests: [] });
  },
  "POST clock": moveClock,
  "POST faults": (control, incoming) => {
    const faults = controlBody(incoming, "faults");
    control.setFaults(faults);
    return ok({ faults });
  },
  "POST options": (control, incoming) => {
    control.setOptions(controlBody(incoming, "options"));
    return ok(control.state().settings);
  },
  "POST funds": (control, incoming) => {
    control.setFunds(controlBody(incoming, "funds"));
    return ok(control.state().funds);
  },
  "POST applications": (control, incoming) =>
    ok({ id: control.putApplication(controlBody(incoming, "applications")) }),
  "POST jobs": (control, incoming) => ok({ id: control.putJob(controlBody(incoming, "jobs")) }),
};

/**
 * Answers a request under `/__emulator/`: no token, no faults, no latency, not logged. Only for requests whose
 * Host is the loopback's own and that no page of another origin sent, so that no web page can reach it. 422 for what can't be done.
 */
export function answerControl(control: Control, incoming: Incoming): Answer {
  const { host, origin = `http://${host}` } = incoming;
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host) || origin !== `http://${host}`) {
    return errorsAnswer(403, "The emulator's control is for this machine only");
  }
  const endpoint = ENDPOINTS[`${incoming.method} ${incoming.path.slice(CONTROL.length + 1)}`];
  if (!endpoint) return errorsAnswer(404, `No such control; there are ${Object.keys(ENDPOINTS).join(", ")}`);
  try {
    return endpoint(control, incoming);
  } catch (thrown) {
    if (thrown instanceof EmulatorError) throw new Refusal(422, thrown.message);
    throw thrown;
  }
}
