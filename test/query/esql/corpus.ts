/** The ES|QL queries of the conformance folder. */
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { conformanceFiles, conformanceFolder } from "../../support/conformance.js";

/** The queries of rules that others wrote. */
export function ruleQueries(): { name: string; query: string }[] {
  return conformanceFiles(join(conformanceFolder, "rules"), ".toml").flatMap(({ name, text }) => {
    const { rule } = parseToml(text) as { rule: { type?: string; query?: string } };
    return rule.type === "esql" && rule.query !== undefined ? [{ name, query: rule.query }] : [];
  });
}

/** The queries of a file in csv-spec: a name, a query up to `;`, results up to a line of `;`. */
export function specQueries(text: string): { name: string; query: string }[] {
  const cases: { name: string; query: string }[] = [];
  const lines = text.split("\n").filter((line) => !line.startsWith("//"));
  let at = 0;
  const nextBlock = (isLast: (line: string) => boolean): string[] => {
    const start = at;
    while (at < lines.length && !isLast(lines[at]!)) at++;
    return lines.slice(start, ++at);
  };
  for (;;) {
    while (at < lines.length && lines[at]!.trim() === "") at++;
    if (at >= lines.length) return cases;
    const name = lines[at++]!;
    const query = nextBlock((line) => line.trimEnd().endsWith(";"))
      .join("\n")
      .trimEnd()
      .slice(0, -1);
    nextBlock((line) => line.trim() === ";");
    cases.push({ name, query });
  }
}

/** The example queries in the definitions of commands, functions and operators. */
export function exampleQueries(definitions: unknown): string[] {
  if (typeof definitions !== "object" || definitions === null) return [];
  return Object.entries(definitions).flatMap(([key, value]) =>
    key === "examples" ? (value as string[]) : exampleQueries(value),
  );
}
