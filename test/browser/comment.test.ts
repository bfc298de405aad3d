// The comment in a pull request, as people see it at a desk and on a phone.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { desk, onPage, overflow, phone, quit } from "./browser.ts";
import { commentPage } from "./comment.ts";
import { shownIn } from "./picture.ts";
import { commentBody } from "./sample.ts";

const test = suite("browser: comment");
test.after(quit);

const body = await commentBody();

for (const [name, size] of Object.entries({ desk, phone })) {
  test(`it can be read on a ${name}`, () =>
    onPage(size, async (page) => {
      await page.setContent(commentPage(body));
      const said = ["3 to update", "moscow/courier", "(salary_from)", "Held", "somebody closed it", "Needed"];
      for (const text of said)
        assert.ok(await page.getByText(text, { exact: false }).first().isVisible(), text);
      assert.equal(await overflow(page), { by: 0, at: [] });
      assert.is(await page.locator("img, a, script, iframe").count(), 0);
    }));
}

test("a touch opens what changes in a vacancy", () =>
  onPage(phone, async (page) => {
    await page.setContent(commentPage(body));
    const closed = page.locator("details:not([open])").first();
    await closed.locator("summary").click();
    assert.ok(await page.locator("details[open] li").first().isVisible());
  }));

test("the picture in README is of this comment", async () => {
  assert.is(await shownIn(), body, "npm run picture makes it anew");
});

test.run();
