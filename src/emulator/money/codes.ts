/** Code of a paid service, in the spelling that the emulator keeps it in. */
export type Code =
  | "job_publish"
  | "super_job_publish"
  | "ultra_job_publish"
  | "job_refresh"
  | "job_highlight"
  | "contact_view"
  | "elevation_plus"
  | "elevation_1d"
  | "elevation_3d";

/** A paid service ("Аббревиатуры", VAS) and its names in the several sections of the document. */
interface Service {
  code: Code;
  /** Its name in packets ("Получение списка пакетов"). */
  packet: string;
  /** A further spelling ("Аббревиатуры" against everything else). */
  alias?: string;
  /** The attribute of the company that counts its one-time units. */
  limit: string;
  /** What sentences call it ("Получение списка транзакций VAS'ов"). */
  title: string;
  /** Kopecks from the wallet unless set. The document's one price is 1500, of a contact view. */
  price: number;
}

function service(code: Code, limit: string, title: string, price: number, packet: string = code): Service {
  return { code, packet, limit, title, price };
}

/** Every service, in the order that packets list them. */
export const SERVICES: readonly Service[] = [
  { ...service("job_publish", "otvas_jobs_limit", "Размещение вакансии", 1500), alias: "job_publication" },
  service("super_job_publish", "otvas_super_jobs_limit", "Продвинутое размещение вакансии", 3000),
  service("ultra_job_publish", "otvas_ultra_jobs_limit", "Премиум размещение вакансии", 4500),
  service("job_refresh", "otvas_refreshes_limit", "Поднятие вакансии", 300),
  service("job_highlight", "otvas_highlights_limit", "Выделение вакансии", 500),
  service("contact_view", "otvas_views_limit", "Просмотр контакта", 1500),
  service(
    "elevation_plus",
    "otvas_elevations_plus_limit",
    "Вакансия дня на 7 дней",
    5000,
    "job_elevate_plus",
  ),
  service("elevation_1d", "otvas_elevations_1d_limit", "Вакансия дня на 1 день", 1000, "job_elevate_1d"),
  service("elevation_3d", "otvas_elevations_3d_limit", "Вакансия дня на 3 дня", 2500, "job_elevate_3d"),
];

/** The code behind any spelling that the document has, or undefined. */
export function codeOf(spelling: unknown): Code | undefined {
  return SERVICES.find(({ code, packet, alias }) => [code, packet, alias].includes(String(spelling)))?.code;
}

/** What sentences call a service. */
export function titleOf(code: Code): string {
  return SERVICES.find((service) => service.code === code)?.title ?? code;
}
