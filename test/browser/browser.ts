// Debian's Chromium for tests: nothing is downloaded, and nothing but this machine is reached.
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

let browser: Browser | undefined;

/** Widths at which pages are looked at: a phone, and a desk. */
export const phone = { width: 390, height: 844 };
export const desk = { width: 920, height: 900 };

/** Runs a task with a page of this size. Requests to anywhere but this machine fail the test. */
export async function onPage<T>(
  size: { readonly width: number; readonly height: number },
  task: (page: Page) => Promise<T>,
): Promise<T> {
  browser ??= await launch();
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: 2, locale: "ru-RU" });
  const strangers: string[] = [];
  try {
    const page = await context.newPage();
    page.on("request", (request) => {
      const url = new URL(request.url());
      const isHere =
        !url.protocol.startsWith("http") || /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname);
      if (!isHere) strangers.push(request.url());
    });
    const result = await task(page);
    if (strangers.length > 0) throw new Error(`the page asked others: ${strangers.join(", ")}`);
    return result;
  } finally {
    await context.close();
  }
}

async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? places.find(existsSync);
  if (executablePath === undefined) {
    throw new Error(
      "there is no Chromium: apt-get install --no-install-recommends chromium fonts-dejavu-core, or say where it is in CHROMIUM",
    );
  }
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
  });
}

/** Ends the browser; for a suite's `after`. */
export async function quit(): Promise<void> {
  await browser?.close();
  browser = undefined;
}

/** How far a page is wider than its window, in pixels, and what sticks out. What scrolls in itself doesn't count. */
export function overflow(page: Page): Promise<{ readonly by: number; readonly at: readonly string[] }> {
  // As text, since these types know no document.
  return page.evaluate(`(() => {
    const wide = document.documentElement.clientWidth;
    const scrolls = (one) => one !== document.body && (getComputedStyle(one).overflowX === "auto" || (one.parentElement && scrolls(one.parentElement)));
    const at = [...document.body.querySelectorAll("*")]
      .filter((one) => one.getBoundingClientRect().right > wide + 1 && !scrolls(one.parentElement ?? one))
      .map((one) => one.tagName + " " + (one.textContent ?? "").slice(0, 60));
    return { by: document.documentElement.scrollWidth - wide, at };
  })()`);
}
