// The files of a new workspace.
import type { Answers } from "./answers.ts";

/** Settings to begin with. */
export function configFile({ workspace, board, state }: Answers): string {
  const isEmulator = board === "emulator";
  return `${schemaLine("config", workspace)}
# The settings of this workspace.

${
  isEmulator
    ? `# The embedded board, for rehearsals: nothing is really published or paid. The real one is its address, https://…;
# its login and password are only ever in the environment: VAC_LOGIN and VAC_PASSWORD.
board: emulator`
    : `# Login and password are only ever in the environment: VAC_LOGIN and VAC_PASSWORD.
board: ${JSON.stringify(board)}`
}
timezone: Europe/Moscow

# A plan that closes more than this share of the active vacancies is refused, unless somebody allows it.
guards:
  close_percent: 30

# What may be spent: roubles of the wallet, or units of what the account has (job_publish: 20).
budget:
  per_month:
    wallet: 30000
${
  state === "git"
    ? `
# What was applied last is kept on a branch of its own, where a pipeline finds it again. It holds contact phones: who
# may read the repository may read them.
state:
  backend: git
  remote: origin
  ref: refs/heads/vac-state
`
    : ""
}`;
}

/** One vacancy; on a real board it is not to be published by accident, since that is paid. */
export function exampleFile({ workspace, board }: Answers): string {
  const isReal = board !== "emulator";
  return `${schemaLine("vacancy", workspace, 1)}
${isReal ? "# An example: make it your own, then say status: active to publish it, which the board charges.\n" : ""}title: Пекарь
description: >-
  Печём хлеб по сменам 2/2, учим с нуля, форма и питание за счёт компании.
profession: пекарь
address: Москва, улица Еланского, 2
lat: 55.7346276065292
long: 37.5734168663621
salary_from: 60000
salary_to: 80000
salary_period: monthly
contact_phone: "79990000000"
${isReal ? "\nstatus: closed\n" : ""}`;
}

/** What editors read to know a file's schema; `depth` is how many folders below the workspace the file lies. */
function schemaLine(name: string, workspace: string, depth = 0): string {
  const up = workspace === "" ? depth : workspace.split("/").length + depth;
  return `# yaml-language-server: $schema=${"../".repeat(up) || "./"}schemas/${name}.schema.json`;
}
