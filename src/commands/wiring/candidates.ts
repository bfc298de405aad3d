// Flags of vac candidates.
import type { Argv } from "yargs";
import type { CandidateFilter } from "../../board/vkrabota/candidates.ts";
import { UsageError } from "../../model/errors.ts";
import { listFlags, listOptions } from "./lists.ts";
import { idOf, maxCostOption } from "./options.ts";
import type { Run } from "./run.ts";

/** candidates search, buy, phone. */
export const wireCandidates = (y: Argv, run: Run): Argv =>
  y.command("candidates", "Résumés, and contacts of those who wrote them", (z) =>
    phone(buy(search(z, run), run), run)
      .example("$0 candidates search --address Москва --key-word пекарь", "who is there, with ids")
      .example("$0 candidates phone 31136", "the phone of one of them: the price first, then the question")
      .demandCommand(1, "which? vac candidates search, buy or phone"),
  );

const text = (describe: string) => ({ type: "string", requiresArg: true, describe }) as const;
const number = (describe: string) => ({ type: "number", requiresArg: true, describe }) as const;
const flag = (describe: string) => ({ type: "boolean", default: false, describe }) as const;

const candidateId = (text: string): string => idOf(text, "a candidate", "vac candidates search");

const licences = "A A1 B BE B1 C CE C1 C1E D DE D1 D1E M TM TB".split(" ");
const alike: Readonly<Record<string, string>> = { А: "A", В: "B", Е: "E", М: "M", С: "C", Т: "T" };

/** Categories as the board writes them, from small letters and from Russian ones that look the same. */
function licencesOf(given: readonly string[]): string[] {
  return given.map((text) => {
    const category = text.toUpperCase().replace(/[АВЕМСТ]/g, (letter) => alike[letter] ?? letter);
    if (licences.includes(category)) return category;
    throw new UsageError(`--driving-license-categories: there is no category ${text}`, {
      hint: `${licences.join(", ")}; several: give the flag several times`,
    });
  });
}

/** What the board's document says of numbers together; what isn't a number is told before. */
function checkNumbers({ lat, long, distanceTo, ageFrom, ageTo, ...args }: Numbers): void {
  const all = { lat, long, "distance-to": distanceTo, "month-of-experience": args.monthOfExperience };
  for (const [name, value] of Object.entries({ ...all, "age-from": ageFrom, "age-to": ageTo }))
    if (value !== undefined && !Number.isFinite(value)) throw new UsageError(`--${name} takes a number`);
  const isPoint = lat !== undefined || long !== undefined;
  if (isPoint && (lat === undefined || long === undefined || distanceTo === undefined))
    throw new UsageError("a point is --lat, --long and --distance-to together", {
      hint: "degrees and kilometres, such as --lat 55.75 --long 37.62 --distance-to 10",
    });
  if ((lat !== undefined && Math.abs(lat) > 90) || (long !== undefined && Math.abs(long) > 180))
    throw new UsageError("--lat takes degrees from -90 to 90, --long from -180 to 180");
  if ((distanceTo ?? 1) <= 0) throw new UsageError("--distance-to takes kilometres, more than 0");
  if ((args.monthOfExperience ?? 0) < 0)
    throw new UsageError("--month-of-experience takes a number from 0 on");
  for (const age of [ageFrom, ageTo])
    if (age !== undefined && (age < 14 || age > 99))
      throw new UsageError("--age-from and --age-to take a number from 14 to 99");
  if ((ageFrom ?? 14) > (ageTo ?? 99)) throw new UsageError("--age-from is above --age-to");
}

interface Numbers {
  readonly lat?: number | undefined;
  readonly long?: number | undefined;
  readonly distanceTo?: number | undefined;
  readonly monthOfExperience?: number | undefined;
  readonly ageFrom?: number | undefined;
  readonly ageTo?: number | undefined;
}

const filters = <T>(y: Argv<T>) =>
  y
    .option("address", text("Near an address; within 15 km unless --distance-to says otherwise"))
    .option("city-id", text("In a city (vac dictionaries cities)"))
    .option("region-id", text("In a region, by its FIAS id (vac dictionaries regions)"))
    .option("lat", number("Near a point, degrees; with --long and --distance-to"))
    .option("long", number("Degrees"))
    .option("distance-to", number("Radius, kilometres"))
    .option("key-word", text("Words of the résumé"))
    .option("month-of-experience", number("At least so many months of experience"))
    .option("nationality-id", text("Citizens of a country (vac dictionaries nationalities)"))
    .option("sex", {
      choices: ["Male", "Female"] as const,
      requiresArg: true,
      describe: "Only men, or only women",
    })
    .option("age-from", number("At least so old, 14 to 99"))
    .option("age-to", number("At most so old, 14 to 99"))
    .option("driving-license-categories", {
      choices: licences,
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe: "With a driving licence of such a category",
    })
    .option("has-avatar", flag("Only with a photograph"))
    .option("medical-record", flag("Only with a medical record book"))
    .option("has-comment", flag("Only résumés with notes"))
    .option("show-bought", flag("Only contacts that are bought"));

const search = (y: Argv, run: Run): Argv =>
  y.command(
    "search",
    "Résumés near a place",
    (z) =>
      listOptions(filters(z))
        .check((args) => {
          const { address, cityId, regionId, lat } = args;
          checkNumbers(args);
          if (address === undefined && cityId === undefined && regionId === undefined && lat === undefined) {
            throw new UsageError("a search wants a place", {
              hint: "give --address, --city-id, --region-id, or --lat, --long and --distance-to",
            });
          }
          return true;
        })
        .example("$0 candidates search --address Москва --key-word пекарь", "within 15 km")
        .example(
          "$0 candidates search --city-id 286214595 --age-from 18 --driving-license-categories B",
          "drivers of one city",
        ),
    (args) =>
      run(args, async (io, flags) => {
        const filter: Record<string, unknown> = {
          address: args.address,
          city_id: args.cityId && idOf(args.cityId, "a city", "vac dictionaries cities --search NAME"),
          region_id: args.regionId,
          lat: args.lat,
          long: args.long,
          distance_to: args.distanceTo,
          key_word: args.keyWord,
          month_of_experience: args.monthOfExperience,
          nationality_id:
            args.nationalityId && idOf(args.nationalityId, "a country", "vac dictionaries nationalities"),
          sex: args.sex,
          age_from: args.ageFrom,
          age_to: args.ageTo,
          driving_license_categories: licencesOf(args.drivingLicenseCategories),
          has_avatar: args.hasAvatar,
          medical_record: args.medicalRecord,
          has_comment: args.hasComment,
          show_bought: args.showBought,
        };
        const given = Object.entries(filter).filter(([, value]) => value !== undefined);
        return (await import("../candidates.ts")).candidatesSearch(io, {
          ...flags,
          ...listFlags(flags, args),
          filter: Object.fromEntries(given) as CandidateFilter,
        });
      }),
  );

const buy = (y: Argv, run: Run): Argv =>
  y.command(
    "buy <id..>",
    "Buy contacts: paid, each at most once",
    (z) =>
      maxCostOption(z)
        .positional("id", {
          type: "string",
          array: true,
          demandOption: true,
          describe: "Ids of candidates (vac candidates search)",
        })
        .option("account", {
          choices: ["company", "bonus"] as const,
          default: "company" as const,
          requiresArg: true,
          describe: "What pays",
        })
        .option("contacts", flag("Show their phones and e-mails"))
        .example("$0 candidates buy 31136 5657", "show the price, ask, buy what isn't bought yet")
        .example("$0 candidates buy 31136 --max-cost 0", "in a pipeline: for units alone"),
    (args) =>
      run(args, async (io, flags) =>
        (await import("../buy.ts")).candidatesBuy(io, {
          ...flags,
          ids: args.id.map(candidateId),
          account: args.account,
          contacts: args.contacts,
          ...(args.maxCost !== undefined && { maxCost: Math.round(args.maxCost * 100) }),
        }),
      ),
  );

const phone = (y: Argv, run: Run): Argv =>
  y.command(
    "phone <id>",
    "The phone of a candidate: paid if the contact isn't bought (of who applied: vac applications list --contacts)",
    (z) =>
      maxCostOption(z)
        .positional("id", {
          type: "string",
          demandOption: true,
          describe: "Id of the candidate (vac candidates search)",
        })
        .example("$0 candidates phone 31136", "asks before it is charged")
        .example("$0 candidates phone 31136 --max-cost 15", "in a pipeline: for 15 roubles at most"),
    (args) =>
      run(args, async (io, flags) =>
        (await import("../phone.ts")).candidatesPhone(io, {
          ...flags,
          id: candidateId(args.id),
          ...(args.maxCost !== undefined && { maxCost: Math.round(args.maxCost * 100) }),
        }),
      ),
  );
