// The comment that README shows: what this repository's own vacancies would become after a few edits.
import { cp, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { onStage, type Stage } from "../e2e/harness.ts";
import { applyInside } from "../e2e/inside.ts";

const root = new URL("../../", import.meta.url);

/** Its markdown; the same every time. */
export async function commentBody(): Promise<string> {
  let body = "";
  const now = (): number => Date.UTC(2026, 11, 1, 9);
  await onStage(
    {},
    async (stage) => {
      await cp(fileURLToPath(new URL("vacancies/", root)), stage.dir, { recursive: true });
      // One after the other, so that each gets the same job every time.
      await stage.edit("_config.yaml", "concurrency: 4", "concurrency: 1\nprices: { job_publish: 1200 }");
      await applyInside(stage);
      await edits(stage);
      const { code, out, err } = await stage.run("plan", "--format", "markdown");
      if (code !== 0) throw new Error(err);
      body = out.replace(/http:(\u200b?)\/\/127\.0\.0\.1:\d+/g, "https:$1//board.example");
    },
    { now },
  );
  return body;
}

async function edits(stage: Stage): Promise<void> {
  await stage.edit("moscow/baker.yaml", "salary_from: 75000", "salary_from: 80000");
  const courier = await readFile(`${stage.dir}/moscow/courier.yaml`, "utf8");
  await stage.write("moscow/courier.yaml", courier.replace(/(description: >-\n {2})/, "$1Дождевик выдаём. "));
  await stage.remove("kazan/cleaner.yaml");
  const waiter = await readFile(`${stage.dir}/saint-petersburg/waiter.yaml`, "utf8");
  await stage.write(
    "moscow/waiter.yaml",
    waiter.replace(
      /^locations:[\s\S]*/m,
      "address: Москва, Тверская улица, 14\nlat: 55.763437\nlong: 37.606944\n",
    ),
  );
  const byTitle = (title: string) =>
    stage.jobs().find(({ attributes }) => attributes.title === title)?.id ?? "";
  stage.board.control.putJob({ id: byTitle("Кондитер"), attributes: { title: "Кондитер срочно" } });
  stage.board.control.putJob({ id: byTitle("Кладовщик на производство"), status: "closed" });
}
