// What no tool on Node can be faster than: read the files, parse each once, fetch the board's pages, parse their JSON.
// Nothing is checked, compared or shown. Takes its task as JSON: { dir, url?, pages?, passes?, concurrency? }.
import { readdirSync, readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { parse } from "yaml";

const { dir, url, pages = 0, passes = 1, concurrency = 1 } = JSON.parse(process.argv[2] ?? "{}");
const agent = new Agent({ keepAlive: true, maxSockets: concurrency });

function ask(method, path, token) {
  return new Promise((resolve, reject) => {
    const headers = { accept: "application/json", ...(token && { authorization: `Worki ${token}` }) };
    const sent = request(`${url}/api/external/v1${path}`, { method, agent, headers }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        if (answer.statusCode >= 300) reject(new Error(`${method} ${path}: ${answer.statusCode}`));
        else resolve(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

const values = [];
if (dir) {
  for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
    if (name.endsWith(".yaml")) values.push(parse(readFileSync(join(dir, name), "utf8")));
  }
}
if (url) {
  const { VAC_LOGIN: login, VAC_PASSWORD: password } = process.env;
  const { token } = await ask("POST", `/session?${new URLSearchParams({ login, password })}`);
  await ask("GET", "/company", token);
  for (let pass = 0; pass < passes; pass += 1) {
    let next = 1;
    const work = async () => {
      for (let page = next++; page <= pages; page = next++) {
        values.push(await ask("GET", `/jobs?page[number]=${page}&page[size]=50`, token));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
  }
}
agent.destroy();
