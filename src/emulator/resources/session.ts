import type { Handler } from "../handler.ts";
import { parameters, Refusal } from "../http.ts";
import { makeToken } from "../token.ts";

/**
 * POST session ("Получение сессионного токена"): `login` and `password` as a form (as in the example), as JSON
 * or in the query. 422 when one is lacking, 401 when they are wrong, else `{"token":…}`.
 */
export const openSession: Handler = ({ board, account }, incoming) => {
  const { login, password } = parameters(incoming);
  if (!login || !password) throw new Refusal(422, "Invalid Login");
  if (login !== account.login || password !== account.password) {
    throw new Refusal(401, "Invalid Auth params");
  }
  return { status: 200, body: { token: makeToken(board.store.board(), board.now() + account.tokenLifeMs) } };
};
