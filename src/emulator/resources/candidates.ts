import type { Context, Handler } from "../handler.ts";
import { Refusal } from "../http.ts";
import type { Person } from "../world/people.ts";
import { matching } from "./candidate-filters.ts";
import { found, referred } from "./person.ts";

const PAGE_SIZE = 50;

function whole(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new Refusal(422, `Возникли ошибки: Поле '${name}' имеет недопустимое значение`);
  return Number(text);
}

/** Whether the search knows that a contact was bought. */
function isKnownBought({ board }: Context, { id }: Person): boolean {
  const contact = board.store.contact(id);
  return contact !== undefined && contact.at + board.settings.readings.contactLagMs <= board.now();
}

/**
 * GET candidates ("Поиск кандидатов"): a page of `per_page`, those who were there last first, with how many there are. The
 * document's filters combine with AND; without a place 422.
 */
export const searchCandidates: Handler = (context, { query }) => {
  const { people, board } = context;
  const [page, size] = [whole(query, "page", 1), whole(query, "per_page", PAGE_SIZE)];
  if (size > PAGE_SIZE) throw new Refusal(422, "Возникли ошибки: Поле 'per_page' должно быть от 1 до 50");
  const now = board.now();
  const isBought = (person: Person): boolean => isKnownBought(context, person);
  const wanted = matching(query, now, isBought);
  const all = [...people.values()]
    .filter(wanted)
    .sort((one, other) => other.onlineAt - one.onlineAt || Number(one.id) - Number(other.id));
  const shown = all.slice((page - 1) * size, page * size);
  return {
    status: 200,
    body: {
      data: shown.map((person) => found(person, isBought(person), now)),
      included: referred(shown, { professions: true }),
      meta: { total: all.length, total_all_time: all.length },
    },
  };
};

/**
 * GET candidates/ID/phone ("Просмотр контакта"): the phone; a contact that isn't bought is bought by it. Refuses with 404
 * for nobody, 422 for want of money.
 */
export const showPhone: Handler = ({ board, people }, _incoming, id) => {
  const person = people.get(id);
  if (!person) throw new Refusal(404, "Кандидат не найден");
  const isBought = board.store.contact(id) !== undefined;
  const charge = isBought ? null : board.openContact(person, "company", "phone");
  if (typeof charge === "string") throw new Refusal(422, `Возникли ошибки: ${charge}`);
  return {
    status: 200,
    body: {
      data: {
        id,
        type: "user",
        attributes: {
          phone: person.phone,
          contact_bought: charge !== null,
          already_contacted: isBought,
          spent_counts: {
            count_for_packets: charge?.source === "packet" ? 1 : 0,
            count_for_subscription: 0,
            count_for_company: 0,
            count_for_bonus: 0,
            count_for_services: charge?.source === "otvas" ? 1 : 0,
          },
          packet_used: charge?.source === "packet",
          contact_used: charge !== null,
          subscription: null,
        },
      },
    },
  };
};
