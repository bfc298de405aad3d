// One issue for what a nightly run finds, in sections: each report writes its own and leaves the others.
import type { Asked, GitHub } from "./client.ts";
import { createOnce, ownPages, type Page, type Repository } from "./pages.ts";

const label = "vac";
/** What a section begins with. */
const opening = "\n\n<!-- vac-section ";

export interface Issue {
  readonly title: string;
  /** What the issue begins with, hidden. */
  readonly mark: string;
  /** The name of the section, of letters. */
  readonly section: string;
  /** What it holds; undefined where there is nothing to tell any more. */
  readonly text: string | undefined;
}

/** Opens, updates or closes the issue. An issue that somebody has closed stays closed; the next trouble opens another. */
export async function putIssue(
  github: GitHub,
  { owner, repo }: Repository,
  issue: Issue,
): Promise<"opened" | "updated" | "closed" | "none"> {
  const asked = (repeats: boolean): Asked => ({
    what: "the issue can't be written",
    permission: "issues: write",
    repeats,
  });
  const list = "GET /repos/{owner}/{repo}/issues";
  const find = async (): Promise<Page[]> => {
    const of = (values: object): Promise<Page[]> =>
      ownPages(github, list, { owner, repo, state: "open", ...values }, asked(true), issue.mark);
    const labelled = await of({ labels: label });
    // Somebody may have taken the label away, or the token may not give one.
    return labelled.length > 0 ? labelled : of({});
  };
  const [own] = await find();
  const body = withSection(own?.body ?? issue.mark, issue);
  if (!own) {
    if (issue.text === undefined) return "none";
    const values = { owner, repo, title: issue.title, body, labels: [label] };
    const create = async () =>
      void (await github.send("POST /repos/{owner}/{repo}/issues", values, asked(false)));
    await createOnce(create, find, github);
    return "opened";
  }
  const isOver = !body.includes(opening);
  const values = {
    owner,
    repo,
    number: own.id,
    ...(isOver ? { state: "closed", state_reason: "completed" } : { body }),
  };
  await github.send("PATCH /repos/{owner}/{repo}/issues/{number}", values, asked(true));
  return isOver ? "closed" : "updated";
}

/** The body with one section put in the place of the one that it had. Data can't hold such marks: its `<` is escaped. */
function withSection(body: string, { section, text }: Issue): string {
  const [head = "", ...sections] = body.replaceAll("\r\n", "\n").split(opening);
  const others = sections.filter((one) => !one.startsWith(`${section} -->`));
  const own = text === undefined ? [] : [`${section} -->\n${text}`];
  return [head, ...[...others, ...own].sort()].join(opening);
}
