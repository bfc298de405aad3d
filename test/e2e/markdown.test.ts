// Results as markdown: what a pull request, a wiki or a chat shows of them.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { onStage, vacancyFile } from "./harness.ts";

const tests = suite("markdown");
tests("validate, plan, a kept plan, apply and drift, each as a page; nothing else is on stdout", async () => {
  await onStage({ "moscow/baker.yaml": vacancyFile() }, async (stage) => {
    const page = async (...args: string[]): Promise<string> => {
      const { code, out, err } = await stage.run(...args, "--format", "markdown");
      assert.is(code, 0, err);
      return out;
    };
    assert.match(
      await page("validate"),
      /^### vac validate: <code>vacancies<\/code>\n\n\*\*1 file, 1 vacancy/,
    );
    const kept = `${stage.dir}/../plan.json`;
    const plan = await page("plan", "--out", kept);
    assert.match(
      plan,
      /^### vac plan: <code>vacancies<\/code>\n\n\*\*Plan: 1 to create; 0 unchanged\.\*\* It takes/,
    );
    assert.match(
      plan,
      /\| &#43; \| <code>moscow\/baker<\/code><br>Пекарь \| create: new; buys 1 × job_publish/,
    );
    assert.match(plan, /\| job_publish \| 1 \|/);
    assert.match(plan, /- \*\*address\*\*: "Москва, улица Еланского, 2"/);
    assert.is(await page("show", kept), plan);
    const applied = await page("apply", "--auto-approve");
    assert.match(applied, /^### vac apply: <code>vacancies<\/code>\n\n\*\*Applied: 1 created\.\*\* It took/);
    assert.match(
      applied,
      /<details><summary>What was done \(1\)<\/summary>\n\n- &#43; <code>moscow\/baker<\/code>/,
    );
    assert.match(await page("drift"), /\n\n\*\*No drift: /);
    const [job] = stage.jobs();
    stage.board.control.putJob({ id: job?.id ?? "", attributes: { title: "Пекарь @all" } });
    assert.match(await page("drift"), /- \*\*title\*\*: "Пекарь" → "Пекарь @\u200ball"\n\n- To accept: /);
    assert.match(await page("plan"), /on the board "Пекарь @\u200ball" → "Пекарь"/);
  });
});
tests("a key that was copied out of a page is found", async () => {
  const files = { "baker.yaml": vacancyFile({ locations: { north: {} } }) };
  await onStage(files, async (stage) => {
    const { code, out, err } = await stage.run("plan", "--target", "baker@\u200bnorth");
    assert.is(code, 0, err);
    assert.match(out, /baker@north/);
  });
});
tests("a command that prints no markdown says so", async () => {
  await onStage({ "baker.yaml": vacancyFile() }, async (stage) => {
    const { code, err } = await stage.run("explain", "baker", "--format", "markdown");
    assert.is(code, 1);
    assert.match(err, /"markdown" isn't one of text, json$/m);
  });
});
tests.run();
