import type { Context, Handler } from "./handler.ts";
import { type Answer, type Incoming, Refusal } from "./http.ts";
import { API } from "./paths.ts";
import { listApplications, proceedApplication } from "./resources/applications.ts";
import { deleteBackground, putBackground } from "./resources/background.ts";
import { searchCandidates, showPhone } from "./resources/candidates.ts";
import { showCompany } from "./resources/company.ts";
import {
  listCategories,
  listCities,
  listNationalities,
  listProfessions,
  listRegions,
} from "./resources/dictionaries.ts";
import { closeJob, createJob, listJobs, reviveJob, showJob, updateJob } from "./resources/jobs.ts";
import { listPackets, showCategoriesBalance } from "./resources/packets.ts";
import { applyPaidActions } from "./resources/paid-actions.ts";
import { openSession } from "./resources/session.ts";
import { listTransactions } from "./resources/transactions.ts";
import { isAuthorized } from "./token.ts";

interface Route {
  method: string;
  path: string;
  handle: Handler;
  /** Callable without a token. */
  open?: true;
}

/** Every endpoint; a new resource is a module under resources/ and its rows here. */
export const ROUTES: readonly Route[] = [
  { method: "POST", path: "/session", handle: openSession, open: true },
  { method: "GET", path: "/jobs", handle: listJobs },
  { method: "POST", path: "/jobs", handle: createJob },
  { method: "GET", path: "/jobs/:id", handle: showJob },
  { method: "PUT", path: "/jobs/:id", handle: updateJob },
  { method: "POST", path: "/jobs/:id/close", handle: closeJob },
  { method: "POST", path: "/jobs/:id/revive", handle: reviveJob },
  { method: "GET", path: "/applications", handle: listApplications },
  { method: "POST", path: "/applications/:id/proceed", handle: proceedApplication },
  { method: "GET", path: "/candidates", handle: searchCandidates },
  { method: "GET", path: "/candidates/:id/phone", handle: showPhone },
  { method: "GET", path: "/categories", handle: listCategories, open: true },
  { method: "GET", path: "/professions", handle: listProfessions },
  { method: "GET", path: "/regions", handle: listRegions },
  { method: "GET", path: "/cities", handle: listCities },
  { method: "GET", path: "/nationalities", handle: listNationalities },
  { method: "GET", path: "/company", handle: showCompany },
  { method: "GET", path: "/vas_transactions", handle: listTransactions },
  { method: "GET", path: "/packets", handle: listPackets },
  { method: "GET", path: "/packets/categories_balance", handle: showCategoriesBalance },
  { method: "POST", path: "/paid_actions", handle: applyPaidActions },
  { method: "PUT", path: "/background", handle: putBackground },
  { method: "DELETE", path: "/background", handle: deleteBackground },
];

const PATTERNS = ROUTES.map((route) => ({
  ...route,
  pattern: new RegExp(`^${API}${route.path.replace(":id", "([^/]+)")}$`),
}));

/**
 * Finds the endpoint, checks the token and has the call answered. Refuses with 404 for an unknown path, 405 for
 * another method of a known one, 401 "Invalid JWT Token" ("Использование сессионных токенов").
 */
export function dispatch(context: Context, incoming: Incoming): Answer {
  const here = PATTERNS.filter(({ pattern }) => pattern.test(incoming.path));
  if (here.length === 0) throw new Refusal(404, "Страница не найдена");
  const route = here.find(({ method }) => method === incoming.method);
  if (!route) {
    const allow = here.map(({ method }) => method).join(", ");
    throw new Refusal(405, "Метод не поддерживается", { Allow: allow });
  }
  const { board } = context;
  if (!route.open && !isAuthorized(board.store.board(), incoming.authorization, board.now())) {
    throw new Refusal(401, "Invalid JWT Token");
  }
  return route.handle(context, incoming, route.pattern.exec(incoming.path)?.[1] ?? "");
}
