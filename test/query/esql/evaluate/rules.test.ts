/** ES|QL rules that others wrote, on real telemetry: each runs, and what comes out is what the checks say of its columns. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { columnsOf, type Document, indicesOf, load, parse, run } from "../../../../src/query/esql/index.js";
import { conformanceFiles, conformanceFolder, describeConformance } from "../../../support/conformance.js";
import { ruleQueries } from "../corpus.js";
import { NOW } from "./support.js";

describeConformance("real ES|QL rules run", "rules", () => {
  const rules = ruleQueries();
  const events = conformanceFiles(join(conformanceFolder, "events"), ".ndjson").flatMap(({ text }) =>
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Document),
  );
  const patterns = new Set(rules.flatMap(({ query }) => indicesOf(parse(query).ast) ?? []));
  const aliases = Object.fromEntries([...patterns].map((pattern) => [pattern, "events"]));
  const data = load({ indices: { events }, aliases });

  it("has rules and events", () => {
    expect(rules.length).toBeGreaterThan(20);
    expect(events.length).toBeGreaterThan(100);
  });

  it.each(rules)("$name", ({ query }) => {
    const result = run(query, {
      data,
      now: NOW,
      completions: { "*": "verdict=TP confidence=0.9 summary=x" },
    });
    expect(result).not.toHaveProperty("notRun");
    const { ast } = parse(query);
    const last = ast.commands.findLast(({ kind }) => kind === "keep");
    const names = "columns" in result ? result.columns.map(({ name }) => name) : [];
    if (last?.kind === "keep" && last.columns.every(({ kind }) => kind === "column"))
      expect(names).toEqual(columnsOf(ast).map(({ name }) => name));
  });
});
