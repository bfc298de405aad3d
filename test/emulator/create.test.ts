import { suite } from "uvu";
import * as assert from "uvu/assert";
import { EXAMPLE, withClient } from "./client.ts";

const create = suite("emulator: create a job");

create("answers the document's example to the letter", () =>
  withClient({}, async ({ call, emulator }) => {
    emulator.control.freeze(Date.parse("2019-03-12T12:41:29.237+03:00"));
    const reply = await call("POST", "/jobs", EXAMPLE);
    assert.is(reply.status, 200);
    assert.is(
      reply.text,
      '{"data":{"id":"651","type":"job","attributes":{"title":"Тестовая вакансия","description":"Тестовое описание","lat":55.35,"long":37.55,"address":"Москва. Солянка ул., 9","salary_from":null,"salary_to":null,"salary_period":null,"expires_at":"2019-04-11T12:41:29.237+03:00","remote":true,"current_publication_type":"super_job_publish"}}}',
    );
    assert.is(reply.headers.get("content-type"), "application/json; charset=utf-8");
  }),
);

create("answers the document's example of an error to the letter", () =>
  withClient({}, async ({ call, emulator }) => {
    const reply = await call("POST", "/jobs", { job: { title: "test title" } });
    assert.is(reply.status, 422);
    assert.is(reply.text, `{"errors":[{"detail":"Возникли ошибки: Поле 'Адрес' не может быть пустым"}]}`);
    assert.equal(emulator.control.state().jobs, []);
    assert.equal(emulator.control.state().ledger, []);
  }),
);

const JOB = EXAMPLE.job;

/** What is put into `job`, what beside it, and what the answer must name (null: the job is created). */
const CASES: [string, Record<string, unknown>, Record<string, unknown>, RegExp | null][] = [
  ["no address", { address: undefined }, {}, /'Адрес' не может быть пустым/],
  ["a blank address", { address: " \n" }, {}, /'Адрес' не может быть пустым/],
  ["address null", { address: null }, {}, /'Адрес' не может быть пустым/],
  ["an address that is a number", { address: 9 }, {}, /'Адрес' должно быть строкой/],
  ["no title", { title: undefined }, {}, /'Заголовок' не может быть пустым/],
  ["an empty title", { title: "" }, {}, /'Заголовок' не может быть пустым/],
  ["a title of 5,000 characters", { title: "я".repeat(5000) }, {}, null],
  ["no description", { description: undefined }, {}, /'Описание' не может быть пустым/],
  ["a description of 200 code points", { description: "😀".repeat(200) }, {}, null],
  ["a description of 201", { description: "я".repeat(201) }, {}, /'Описание' не должно содержать более 200/],
  ["a phone in the description", { description: "Звоните 8 (999) 123-45-67" }, {}, /контактную информацию/],
  ["no lat", { lat: undefined }, {}, /'Широта' не может быть пустым/],
  ["lat 90", { lat: 90 }, {}, null],
  ["lat 90.1", { lat: 90.1 }, {}, /'Широта' должно быть числом от -90 до 90/],
  ["lat as a numeric string", { lat: "55.7" }, {}, null],
  ["lat as a word", { lat: "север" }, {}, /'Широта' должно быть числом/],
  ["lat as an empty string", { lat: "" }, {}, /'Широта' не может быть пустым/],
  ["long -180", { long: -180 }, {}, null],
  ["long -180.5", { long: -180.5 }, {}, /'Долгота' должно быть числом от -180 до 180/],
  ["long true", { long: true }, {}, /'Долгота' должно быть числом/],
  ["no profession", {}, { profession_id: undefined }, /'Профессия' не может быть пустым/],
  ["a profession inside the job", { profession_id: 85 }, { profession_id: undefined }, null],
  ["a profession as a string", {}, { profession_id: "85" }, null],
  ["an unknown profession", {}, { profession_id: 100000 }, /'Профессия' не найдено в справочнике/],
  ["an unknown profession inside the job", { profession_id: 0 }, { profession_id: undefined }, /'Профессия'/],
  ["salaries", { salary_from: 0, salary_to: 50000, salary_period: "monthly" }, {}, null],
  ["a salary from above to", { salary_from: 5, salary_to: 1 }, {}, null],
  ["a negative salary", { salary_from: -1 }, {}, /'Зарплата от' не может быть отрицательным/],
  ["a fractional salary", { salary_to: 1.5 }, {}, /'Зарплата до' должно быть целым числом/],
  ["a salary as a string", { salary_to: "много" }, {}, /'Зарплата до' должно быть целым числом/],
  ["an hourly salary", { salary_period: "hourly" }, {}, null],
  ["an unknown salary period", { salary_period: "weekly" }, {}, /'Тип оплаты' имеет недопустимое значение/],
  ["a contact phone", { contact_phone: "79990000000" }, {}, null],
  [
    "a phone with a plus",
    { contact_phone: "+79990000000" },
    {},
    /'Контактный телефон' должно быть в формате/,
  ],
  ["a phone as a number", { contact_phone: 79990000000 }, {}, /'Контактный телефон'/],
  ["remote as a word", { remote: "yes" }, {}, /'Удаленная работа' должно быть true или false/],
  ["an autoreply", { has_autoreply: true, autoreply_text: "Спасибо" }, {}, null],
  ["has_autoreply 1", { has_autoreply: 1 }, {}, /'Автоответ включен'/],
  ["autoreply_text 1", { autoreply_text: 1 }, {}, /'Текст автоответа'/],
  ["auto_renew as a string", { auto_renew: "true" }, {}, /'Автопродление'/],
  ["nulls for all optional", { salary_from: null, salary_period: null, contact_phone: null }, {}, null],
  ["unknown attributes", { colour: "red", id: 5, status: "closed" }, {}, null],
  ["an ultra publication", {}, { publication_type: "ultra_job_publish" }, null],
  ["an unknown publication", {}, { publication_type: "job_publication" }, /'Тип публикации'/],
];
for (const [name, job, beside, problem] of CASES) {
  create(`${problem ? "refuses" : "takes"} ${name}`, () =>
    withClient({}, async ({ call, emulator }) => {
      const reply = await call("POST", "/jobs", { ...EXAMPLE, job: { ...JOB, ...job }, ...beside });
      assert.is(reply.status, problem ? 422 : 200, reply.text);
      assert.is(emulator.control.state().jobs.length, problem ? 0 : 1);
      assert.is(emulator.control.state().ledger.length, problem ? 0 : 1);
      if (!problem) return;
      assert.match(reply.json.errors[0].detail, problem);
      assert.match(reply.json.errors[0].detail, /^Возникли ошибки: Поле '/);
      assert.is(reply.json.errors.length, 1);
    }),
  );
}

const BAD_BODIES: [string, string, string, number][] = [
  ["broken JSON", '{"job":', "application/json", 400],
  ["an array", "[]", "application/json", 400],
  ["a bare string", '"job"', "application/json", 400],
  ["an empty body", "", "application/json", 400],
  ["a form", "job[title]=x", "application/x-www-form-urlencoded", 400],
  ["no job", "{}", "application/json", 422],
  ["a job that is an array", '{"job":[]}', "application/json", 422],
  ["a job that is null", '{"job":null}', "application/json; charset=utf-8", 422],
];
for (const [name, body, type, status] of BAD_BODIES) {
  create(`answers ${status} with errors to ${name}`, () =>
    withClient({}, async ({ call }) => {
      const reply = await call("POST", "/jobs", body, { "Content-Type": type });
      assert.is(reply.status, status);
      assert.type(reply.json.errors[0].detail, "string");
    }),
  );
}

create("keeps what the API hides, gives growing ids and one charge a job", () =>
  withClient({}, async ({ call, emulator }) => {
    const hidden = {
      contact_phone: "79990000000",
      auto_renew: false,
      has_autoreply: true,
      autoreply_text: "Да",
    };
    const { remote: _remote, ...plain } = JOB;
    await call("POST", "/jobs", { job: { ...plain, ...hidden }, profession_id: 85 });
    const second = await call("POST", "/jobs", EXAMPLE);
    assert.is(second.json.data.id, "652");
    const { jobs, ledger } = emulator.control.state();
    assert.equal(jobs[0]?.attributes, {
      ...plain,
      ...hidden,
      profession_id: 85,
      salary_from: null,
      salary_to: null,
      salary_period: null,
    });
    assert.is(jobs[0]?.publication, "job_publish");
    const at = "2019-03-13T06:41:29.237Z";
    const common = { at, units: 1, by: "create", source: "packet", packet_id: "1", kopecks: 0 };
    assert.equal(ledger, [
      { id: "1", action: "job_publish", code: "job_publish", job_id: "651", ...common },
      {
        id: "2",
        action: "super_job_publish",
        code: "super_job_publish",
        job_id: "652",
        ...common,
      },
    ]);
    assert.not("remote" in (await call("GET", "/jobs/651")).json.data[0].attributes);
  }),
);

create.run();
