import { suite } from "uvu";
import * as assert from "uvu/assert";
import { hasContacts } from "../../src/emulator/contacts.ts";
import { exampleChanges } from "../../src/emulator/example.ts";
import type { Application, Job, JobAttributes } from "../../src/emulator/records.ts";
import { makePeople } from "../../src/emulator/world/people.ts";
import { clientOf, NOW } from "./client.ts";
import { filled, jobsOf, run, withFolder } from "./folder.ts";

const example = suite("emulator: the example account");

const people = [...makePeople(1).values()];
const changes = exampleChanges(NOW, people);
const jobs = changes.flatMap(({ table, record }) => (table === "job" ? [record as Job] : []));
const all = jobs.map(({ attributes }) => attributes);
const applications = changes.flatMap(({ table, record }) =>
  table === "application" ? [record as Application] : [],
);

/** How many jobs are so. */
const count = (is: (job: JobAttributes) => boolean) => all.filter(is).length;
const points = (text: string) => [...text].length;
const state = (job: Job) => {
  if (job.status === "closed") return "closed";
  if (job.expiresAt <= NOW) return "expired";
  return job.publication === "not_published" ? "hidden" : "active";
};

/** The sizes of the groups that share what `key` takes of a job, those of one left out, largest first. */
function groups(key: (job: Job) => unknown): number[] {
  const sizes = new Map<string, number>();
  for (const job of jobs) {
    const name = JSON.stringify(key(job));
    sizes.set(name, (sizes.get(name) ?? 0) + 1);
  }
  return [...sizes.values()].filter((size) => size > 1).sort((one, other) => other - one);
}

example("200 jobs from id 1001 on, in every state and publication", () => {
  assert.equal(
    jobs.map(({ id }) => id),
    Array.from({ length: 200 }, (_, at) => String(1001 + at)),
  );
  const inState = (name: string) => jobs.filter((job) => state(job) === name).length;
  assert.ok(Math.abs(inState("active") - 150) <= 5, `${inState("active")} active`);
  assert.ok(Math.abs(inState("expired") - 30) <= 3, `${inState("expired")} expired`);
  assert.ok(Math.abs(inState("closed") - 15) <= 2, `${inState("closed")} closed`);
  assert.is(inState("hidden"), 5);
  const published = (type: string) => jobs.filter(({ publication }) => publication === type).length;
  assert.ok(published("job_publish") > 150);
  assert.ok(published("super_job_publish") > 5);
  assert.ok(published("ultra_job_publish") > 3);
  const month = 30 * 24 * 60 * 60 * 1000;
  assert.ok(jobs.every((job) => Math.abs(job.expiresAt - NOW) <= month && job.createdAt <= NOW));
  assert.ok(jobs.every((job) => state(job) !== "expired" || job.attributes.auto_renew !== true));
  assert.ok(new Set(all.map(({ profession_id }) => profession_id)).size >= 12);
});

example("60 applications, about half unread, each to a job that is there", () => {
  assert.is(applications.length, 60);
  const unread = applications.filter(({ status }) => status === "unread");
  assert.ok(unread.length >= 25 && unread.length <= 32, `${unread.length} unread`);
  assert.ok(new Set(applications.map(({ status }) => status)).size >= 8);
  for (const { job_id, status, createdAt } of applications) {
    const job = jobs.find(({ id }) => id === job_id);
    assert.ok(job && createdAt < NOW);
    if (job.status === "closed") assert.is.not(status, "unread");
  }
});

const TITLES = ["NO", "ON", "12:30", "1e3", "007", "null", "true", "~", "- Курьер", "🔥", "🍞 Пекарь", "CON"];
for (const title of [
  ...TITLES,
  "Пекарь: ночная смена # срочно",
  "«Тёплый колос», пекарь",
  "ТРЕБУЕТСЯ КЛАДОВЩИК!!!",
  "Приёмщик заказов",
  "Приемщик заказов",
  "Пекарь/кондитер",
  "Пекарь (ночь)",
  "C++ разработчик",
  ".NET-разработчик",
  "Продавец..",
]) {
  example(`a title ${title}`, () =>
    assert.is(
      count((job) => job.title === title),
      1,
    ),
  );
}

for (const [name, is] of Object.entries<(job: JobAttributes) => boolean>({
  "a title of 150 characters": ({ title }) => points(title) === 150,
  "a title that mixes Latin and Cyrillic in a word": ({ title }) => /[a-z][а-я]|[а-я][a-z]/i.test(title),
  "a title with white space around it": ({ title }) => title !== title.trim(),
  "a description that is too long now": ({ description }) => points(description) > 200,
  "a description of 201": ({ description }) => points(description) === 201,
  "emoji exactly at the limit": ({ description }) => points(description) === 200 && /🥐$/u.test(description),
  "contacts in a description": ({ description }) => hasContacts(description),
  "a telephone in a description": ({ description }) => /\d{3}[ )]*\d{2} ?\d{2}/.test(description),
  "a site in a description": ({ description }) => description.includes("https://"),
  "a messenger in a description": ({ description }) => /телеграм/.test(description),
  "lines that end in LF": ({ description }) => /[^\r]\n/.test(description),
  "lines that end in CRLF": ({ description }) => description.includes("\r\n"),
  "trailing blanks and blank lines": ({ description }) => / +\r?\n/.test(description),
  "letters in NFD": ({ description }) => description !== description.normalize("NFC"),
  "straight quotes": ({ description }) => description.includes('"'),
  "angle quotes": ({ description }) => description.includes("«"),
  "a colon and a #": ({ description }) => description.includes(": ") && description.includes(" #"),
  "text that begins with - ": ({ description }) => description.startsWith("- "),
  "text that begins with *": ({ description }) => description.startsWith("*"),
  "text that begins with @": ({ description }) => description.startsWith("@"),
  "text that begins with %": ({ description }) => description.startsWith("%"),
  "text that begins with > ": ({ description }) => description.startsWith("> "),
  "white space around a description": ({ description }) => description !== description.trim(),
  "a tab": ({ description }) => description.includes("\t"),
  "a no-break space": ({ description }) => description.includes("\u00a0"),
  "an address without a city": ({ address }) => address === "ул. Ленина, 5",
  "an address by a metro station": ({ address }) => address === "Екатеринбург, метро Площадь 1905 года",
  "an address without a space": ({ address }) => address === "г.Казань,ул.Баумана,7",
  "an address in capitals": ({ address }) => address === "МОСКВА, тверская 14",
  "an address with a postcode": ({ address }) => /^Россия, \d{6}, /.test(address),
  "an address with double spaces": ({ address }) => address.includes("  "),
  "an address with a no-break space": ({ address }) => address.includes("\u00a0"),
  "pay from": (job) => Boolean(job.salary_from) && job.salary_to === null,
  "pay to": (job) => job.salary_from === null && Boolean(job.salary_to),
  "pay in a range": (job) => (job.salary_from ?? 0) > 0 && (job.salary_from ?? 0) < (job.salary_to ?? 0),
  "pay from more to less": (job) => job.salary_to !== null && (job.salary_from ?? 0) > job.salary_to,
  "no pay": (job) => job.salary_from === null && job.salary_to === null,
  "pay of nothing": (job) => job.salary_from === 0 || job.salary_to === 0,
  "pay without a period": (job) => job.salary_from !== null && job.salary_period === null,
  "hourly pay": (job) => job.salary_period === "hourly",
  "daily pay": (job) => job.salary_period === "daily",
  "monthly pay": (job) => job.salary_period === "monthly",
  "a contact phone": (job) => job.contact_phone !== null,
  "an auto-reply": (job) => job.has_autoreply === true && job.autoreply_text !== null,
  "auto-renewal": (job) => job.auto_renew === true,
  "remote work": (job) => job.remote === true,
  "no remote work": (job) => job.remote === false,
  "remote null": (job) => job.remote === null,
  "remote absent": (job) => !("remote" in job),
  "many digits": ({ lat }) => String(lat).length > 12,
  "whole degrees": ({ lat, long }) => Number.isInteger(lat) && Number.isInteger(long) && lat !== 0,
  "a pair swapped": ({ address, lat }) => address.startsWith("Москва") && lat < 40,
  "a pair of zeros": ({ lat, long }) => lat === 0 && long === 0,
})) {
  example(`somewhere: ${name}; not everywhere`, () => {
    const found = count(is);
    assert.ok(found > 0 && found < 200, `${found} of 200`);
  });
}

example("chains, real duplicates, and what differs in pay only", () => {
  const chains = groups(({ attributes: { title, description } }) => [title, description]);
  assert.equal(chains.slice(0, 6), [7, 6, 6, 5, 4, 4]);
  const twins = groups(({ attributes, status, publication, expiresAt }) => [
    attributes,
    status,
    publication,
    expiresAt,
  ]);
  assert.equal(twins, [2, 2]);
  const butForPay = groups(({ attributes: { salary_from, salary_to, salary_period, ...rest } }) => rest);
  assert.equal(butForPay, [3, 2, 2, 2]);
});

example("most descriptions would still be taken", () => {
  const refused = count(({ description }) => points(description) > 200 || hasContacts(description));
  assert.ok(refused >= 10 && refused <= 20, `${refused} refused`);
});

example("the same clock gives the same account, and reading it changes nothing", async () => {
  const options = { example: true, now: () => NOW };
  const states = await Promise.all([options, options].map((one) => run(one, async (e) => e.control.state())));
  assert.equal(states[0], states[1]);
  assert.equal(
    states[0]?.jobs.map(({ attributes }) => attributes),
    all,
  );
  assert.equal(states[0]?.ledger, []);
  assert.equal(exampleChanges(NOW, [...makePeople(1).values()]), changes);
});

example("the list serves all", () =>
  run({ example: true }, async (emulator) => {
    const { call } = await clientOf(emulator);
    const listed: string[] = [];
    for (const page of [1, 2, 3, 4, 5]) {
      const reply = await call("GET", `/jobs?page[number]=${page}`);
      assert.is(reply.status, 200);
      listed.push(...reply.json.data.map(({ id }: { id: string }) => id));
    }
    assert.equal(
      listed.reverse(),
      jobs.map(({ id }) => id),
    );
    assert.is((await call("GET", "/applications?page[number]=2")).json.data.length, 10);
  }),
);

example("a second start on its folder adds nothing, nor does a first one on a folder with jobs", async () => {
  await withFolder(async (dataDir) => {
    const first = await run({ dataDir, example: true }, async (emulator) => {
      assert.is(emulator.filled, true);
      emulator.control.putJob({ id: "1001", status: "closed" });
      return jobsOf(emulator);
    });
    await run({ dataDir, example: true }, async (emulator) => {
      assert.is(emulator.filled, false);
      assert.equal(jobsOf(emulator), first);
    });
  });
  await withFolder(async (dataDir) => {
    await filled(dataDir);
    await run({ dataDir, example: true }, async (emulator) => assert.is(jobsOf(emulator).length, 2));
  });
});

example("without the option a board starts empty", () =>
  run({}, async (emulator) => {
    assert.is(emulator.filled, false);
    assert.equal(jobsOf(emulator), []);
  }),
);

example.run();
