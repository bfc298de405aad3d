import { moscowTime } from "../clock.ts";
import type { Job } from "../records.ts";
import { refreshableAt, statusOf } from "../services.ts";

function timeOrNull(at: number | null): string | null {
  return at === null ? null : moscowTime(at);
}

/** A link of six capital letters as in the example, always the same for a job. */
function publicLink({ id }: Job): string {
  let rest = Number(id) * 7919 + 26 ** 5;
  let letters = "";
  for (let place = 0; place < 6; place += 1) {
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
    rest = Math.floor(rest / 26);
  }
  return `https://worki.ru/vacancy/${letters}`;
}

/**
 * The job in the answer to a paid action ("Применение VAS'ов"): another shape than everywhere else, and the only
 * place that shows what is refreshed and highlighted. The job of the day shows nowhere.
 */
export function paidJobResource(job: Job, now: number): unknown {
  const given = job.attributes;
  const status = statusOf(job, now);
  const until = refreshableAt(job);
  const highlighted = status === "active" && job.highlightedTill !== null && job.highlightedTill > now;
  const attributes = {
    title: given.title,
    description: given.description,
    status,
    lat: given.lat,
    long: given.long,
    address: given.address,
    expires_at: moscowTime(job.expiresAt),
    salary_from: given.salary_from,
    salary_to: given.salary_to,
    salary_period: given.salary_period,
    contact_phone: given.contact_phone,
    call_only: false,
    auto_renew: given.auto_renew,
    refreshed_at: timeOrNull(job.refreshedAt),
    refreshable: status === "active" && (until === null || until <= now),
    refreshable_at: timeOrNull(until),
    today_views_count: 0,
    external_id: null,
    revivable: true,
    published_at: timeOrNull(job.publishedAt),
    highlighted,
    highlighted_till: highlighted ? timeOrNull(job.highlightedTill) : null,
    parttime: false,
    watch: false,
    no_experience: false,
    disabilities: false,
    public_link: publicLink(job),
  };
  const profession = { data: { id: String(given.profession_id), type: "profession" } };
  return { id: job.id, type: "job", attributes, relationships: { profession } };
}
