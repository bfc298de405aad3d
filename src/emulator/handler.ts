// What every endpoint is: a function from a request and the board to an answer.
import type { Board } from "./board.ts";
import type { Answer, Incoming } from "./http.ts";
import type { Person } from "./world/people.ts";

/** Who may log in, and as what. */
interface Account {
  login: string;
  password: string;
  companyId: string;
  /** Life of a session token, ms of the emulator's time. */
  tokenLifeMs: number;
}

/** What a handler works on. */
export interface Context {
  board: Board;
  account: Account;
  /** Candidates with a résumé, by id. */
  readonly people: ReadonlyMap<string, Person>;
}

/** Answers one call; `id` is what stands for `:id` in the path, else "". Throws `Refusal` for a wrong request. */
export type Handler = (context: Context, incoming: Incoming, id: string) => Answer;
