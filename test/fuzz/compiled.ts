// What is promised of a compiled workspace, whatever its files hold.
import * as assert from "uvu/assert";
import { type Compiled, compileWorkspace, resolveProfessions, type Sources } from "../../src/config/index.ts";
import { hasErrors } from "../../src/model/diagnostic.ts";
import { diagnosticsText } from "../../src/view/diagnostics.ts";

/** Compiles, and holds what comes out against that. */
export function checkCompiled(sources: Sources): Compiled {
  const compiled = resolveProfessions(compileWorkspace(sources), [{ id: 3, title: "пекарь" }]);
  const texts = new Map(sources.files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]));
  for (const { file, line, column, code, message, hint, excerpt } of compiled.diagnostics) {
    const lines = (texts.get(file) ?? assert.unreachable(`${code} names ${file}`) ?? "").split("\n");
    assert.ok(line >= 1 && line <= lines.length, `${code} at line ${line} of ${lines.length}`);
    assert.ok(
      column >= 1 && column <= [...(lines[line - 1] ?? "")].length + 1,
      `${code} at column ${column}`,
    );
    assert.is(excerpt, (lines[line - 1] ?? "").replace(/\r$/, "").slice(0, 500));
    assert.match(code, /^[a-z]+(-[a-z0-9]+)*$/);
    assert.ok(message.length > 0 && message.length < 1000 && !message.includes("undefined") && hint, code);
  }
  for (const vacancy of compiled.vacancies) {
    for (const value of Object.values(vacancy.attributes)) {
      assert.ok(value === null || ["string", "number", "boolean"].includes(typeof value));
    }
  }
  const vacancyFiles = sources.files.some(({ name }) => !name.includes("_"));
  if (vacancyFiles && compiled.vacancies.length === 0) assert.ok(hasErrors(compiled.diagnostics));
  assert.type(diagnosticsText(compiled.diagnostics, { colour: false, width: 80, verbose: true }), "string");
  return compiled;
}
