/**
 * The page's script, for the browser as it stands: asks for state and requests every two seconds while the page is
 * looked at, and moves the clock. Everything from the board is set as text.
 */
export const SCRIPT = `"use strict";
const element = (id) => document.getElementById(id);
const shown = { jobs: 500, ledger: 200, requests: 200 };
let state;

const short = (iso) => (iso ? iso.slice(0, 16).replace("T", " ") : "");
const roubles = (kopecks) => (kopecks / 100).toLocaleString("en", { minimumFractionDigits: 2 });

function row(cells) {
  const line = document.createElement("tr");
  for (const cell of cells) {
    const [text, name] = Array.isArray(cell) ? cell : [cell, ""];
    const field = document.createElement("td");
    field.textContent = text === null || text === undefined ? "" : String(text);
    field.title = field.textContent;
    field.className = name;
    line.append(field);
  }
  return line;
}

function fill(name, items, cells) {
  element(name).replaceChildren(...items.slice(0, shown[name]).map((item) => row(cells(item))));
  const more = items.length > shown[name] ? ", the last " + shown[name] + " are shown" : "";
  element(name + "-count").textContent = items.length + more;
}

function servicesOf(job) {
  const services = [];
  if (job.highlighted_till) services.push("highlighted till " + short(job.highlighted_till));
  if (job.elevated_till) services.push("job of the day till " + short(job.elevated_till));
  return services.join(", ");
}

function showJobs() {
  const asked = element("find").value.trim().toLowerCase();
  const words = (job) => [job.id, job.attributes.title, job.attributes.address, job.status].join(" ").toLowerCase();
  const jobs = state.jobs.filter((job) => !job.gone && words(job).includes(asked)).reverse();
  fill("jobs", jobs, (job) => [
    job.id,
    job.attributes.title,
    [job.status, job.status],
    job.publication,
    short(job.expires_at),
    servicesOf(job),
    job.attributes.address,
  ]);
}

function showFunds(funds) {
  const units = Object.entries(funds.otvas).filter(([, left]) => left > 0);
  const once = units.map(([code, left]) => code + " " + left).join(", ");
  element("funds").textContent = [
    "Wallet " + roubles(funds.balance) + " roubles" + (funds.overdraft ? ", may go below zero" : ""),
    "bonus " + roubles(funds.bonus),
    "one-time units: " + (once || "none"),
    "packets: " + funds.packets.length,
  ].join("; ");
}

function show(requests) {
  element("now").textContent = short(state.now) + " UTC";
  element("now").dateTime = state.now;
  element("pace").textContent = state.clock.frozen ? "(stopped)" : "";
  element("pause").textContent = state.clock.frozen ? "let the clock run" : "stop the clock";
  showFunds(state.funds);
  showJobs();
  fill("ledger", [...state.ledger].reverse(), (charge) => [
    short(charge.at),
    charge.code,
    charge.job_id,
    charge.source,
    charge.kopecks ? roubles(charge.kopecks) : charge.units + (charge.units === 1 ? " unit" : " units"),
  ]);
  fill("requests", [...requests].reverse(), (request) => [
    short(request.at),
    request.method + " " + request.path,
    [request.status === null ? "none" : request.status, request.status < 400 && request.status ? "ok" : "wrong"],
    request.fault,
  ]);
}

async function ask(path, body) {
  const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch("/__emulator/" + path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.errors.map((error) => error.detail).join("; "));
  return answer;
}

async function refresh() {
  const [now, { requests }] = await Promise.all([ask("state"), ask("requests")]);
  state = now;
  show(requests);
}

async function attempt(task) {
  try {
    await task();
    element("trouble").textContent = "";
  } catch (error) {
    element("trouble").textContent =
      error instanceof TypeError ? "The board doesn't answer: has it been ended?" : error.message;
  }
}

const move = (body) =>
  attempt(async () => {
    await ask("clock", body);
    await refresh();
  });

for (const button of document.querySelectorAll("[data-ms]")) {
  button.addEventListener("click", () => move({ advance_ms: Number(button.dataset.ms) }));
}
element("pause").addEventListener("click", () =>
  move(state.clock.frozen ? { set: state.now } : { freeze: state.now }),
);
element("setting").addEventListener("submit", (event) => {
  event.preventDefault();
  move({ [state.clock.frozen ? "freeze" : "set"]: element("at").value + "Z" });
});
element("find").addEventListener("input", () => state && showJobs());

async function watch() {
  if (!document.hidden) await attempt(refresh);
  setTimeout(watch, 2000);
}
watch();
`;
