// A workspace of n vacancies as employers keep them: a folder a shop, a file a position, in a repository.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Vacancies in a folder. */
const perFolder = 50;

const positions = ["Пекарь", "Продавец-кассир", "Кладовщик", "Курьер", "Бариста", "Уборщик", "Повар"];

/** Within the 200 characters that the board takes. */
const duties = [
  "Обучение с первого дня, форма и обеды за счёт компании.",
  "Смены 2/2 с восьми утра, выплаты дважды в месяц.",
  "Оформление по трудовому договору.",
];

const fileOf = (i: number): string => `shop-${Math.floor(i / perFolder)}/vacancy-${i}.yaml`;

/** The text of vacancy i; another `salary` makes it a changed one. */
function textOf(i: number, salary: number): string {
  return `title: ${positions[i % positions.length]} (магазин ${Math.floor(i / perFolder)})
description: >-
  ${duties.slice(i % 2).join("\n  ")}
  Место номер ${i}.
profession_id: 85
address: Москва, улица Еланского, ${i}
lat: ${(55 + (i % 1000) / 1000).toFixed(6)}
long: ${(37 + Math.floor(i / 1000) / 1000).toFixed(6)}
salary_from: ${salary}
salary_to: 90000
salary_period: monthly
contact_phone: "79990000000"
`;
}

export interface BenchWorkspace {
  /** The repository, and the workspace in it. */
  readonly root: string;
  readonly dir: string;
  /** Gives every hundredth vacancy, at least one, another salary; returns how many. */
  change(salary: number): number;
  /** The files as they were committed. */
  restore(): void;
  /** Forgets state and caches, or one of them. */
  forget(...what: readonly ("state" | "cache")[]): void;
}

/** Writes n vacancies below a folder and commits them. */
export function writeWorkspace(root: string, n: number): BenchWorkspace {
  const dir = join(root, "vacancies");
  const git = (...args: string[]): void =>
    void execFileSync("git", ["-C", root, ...args], { stdio: "ignore" });
  const write = (i: number, salary: number): void => writeFileSync(join(dir, fileOf(i)), textOf(i, salary));
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(root, ".gitignore"), ".vac/\n");
  writeFileSync(join(dir, "_config.yaml"), "board: emulator\ntimezone: Europe/Moscow\n");
  for (let i = 0; i < n; i += 1) {
    if (i % perFolder === 0) mkdirSync(dirname(join(dir, fileOf(i))), { recursive: true });
    write(i, 60_000);
  }
  git("init", "-q");
  git("add", "-A");
  git("-c", "user.name=bench", "-c", "user.email=bench@localhost", "commit", "-qm", "vacancies");
  const step = Math.min(n, 100);
  return {
    root,
    dir,
    change(salary) {
      let count = 0;
      for (let i = 0; i < n; i += step, count += 1) write(i, salary);
      return count;
    },
    restore() {
      for (let i = 0; i < n; i += step) write(i, 60_000);
    },
    forget(...what) {
      for (const each of what) rmSync(join(dir, ".vac", each), { recursive: true, force: true });
    },
  };
}
