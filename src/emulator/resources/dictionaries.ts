// Dictionaries, each in one answer without pages ("Получение списка категорий профессий" and on).
import { CATEGORIES } from "../dictionary/categories.ts";
import { CITIES } from "../dictionary/cities.ts";
import { NATIONALITIES } from "../dictionary/nationalities.ts";
import { REGIONS } from "../dictionary/regions.ts";
import type { Handler } from "../handler.ts";
import { PROFESSIONS } from "../professions.ts";

const PICTURES = "https://hb.bizmrg.com/worki-production/uploads/category/icon_image";

/** GET categories: open to all. */
export const listCategories: Handler = () => ({
  status: 200,
  body: {
    data: CATEGORIES.map(({ resource, ...attributes }) => ({
      id: resource,
      type: "category",
      attributes: {
        ...attributes,
        icon_image_url: `${PICTURES}/${resource}/${attributes.transliterated_name}.png`,
        alternative_icon_image_url: null,
      },
    })),
  },
});

/** GET professions: under its own name, without `data`. */
export const listProfessions: Handler = () => ({ status: 200, body: { professions: PROFESSIONS } });

/** GET regions: under its own name, without `data`, with FIAS ids alone. */
export const listRegions: Handler = () => ({
  status: 200,
  body: { regions: REGIONS.map(({ name, fias_id }) => ({ name, fias_id })) },
});

/** GET cities: by name, as in the example. */
export const listCities: Handler = () => ({
  status: 200,
  body: {
    data: [...CITIES]
      .sort((one, other) => one.name.localeCompare(other.name, "ru"))
      .map(({ id, region_id, name }) => ({
        id: String(id),
        type: "city",
        attributes: { id, region_id, name },
      })),
  },
});

/** GET nationalities: with links to a first and a last page, which are one, on another host. */
export const listNationalities: Handler = () => {
  const page = "http://api.staging.iconjob.co/api/external/v1/nationalities?page%5Bnumber%5D=1";
  return {
    status: 200,
    body: {
      data: NATIONALITIES.map(([id, name]) => ({
        id: String(id),
        type: "nationality",
        attributes: { id, name },
      })),
      links: { first: page, last: page },
    },
  };
};
