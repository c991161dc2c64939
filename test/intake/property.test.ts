import * as fc from "fast-check";
import { expect, it } from "vitest";
import { compileContext, compileProject, loadProject } from "../../src/project/index.js";
import { normalise } from "../../src/rule/decompile/index.js";
import { compileRule, type KnownConnector } from "../../src/rule/index.js";
import { arbitraryRule } from "../support/arbitrary-rule.js";
import { memoryHost } from "../support/memory-host.js";
import { context } from "../support/rule.js";
import { emit, parseDocument } from "../../src/yaml/index.js";
import { importInto, line, ROOT } from "./support.js";

type Json = Record<string, unknown>;

/** Every connector that an action names exists. */
class AnyConnector extends Map<string, KnownConnector> {
  override get(name: string): KnownConnector {
    return { id: `id of ${name}`, connector_type_id: ".index" };
  }
}

/** A rule of any type as Kibana would have it. */
const kibanaRule = arbitraryRule().map((authored): Json => {
  const document = parseDocument(emit(authored), "a.rule.yml");
  const { rule } = compileRule(
    { file: "a.rule.yml", document, authored, translations: new Map() },
    context({ connectors: new AnyConnector() }),
  );
  return JSON.parse(JSON.stringify(rule)) as Json;
});

it("any rule comes back from its file as it went in", async () => {
  await fc.assert(
    fc.asyncProperty(kibanaRule, async (rule) => {
      const first = await importInto({}, [line("rule", rule)]);
      const loaded = loadProject(memoryHost(first.disk), { cwd: ROOT });
      const { fieldsFor } = compileContext(loaded);
      const options = { fieldsFor: (index?: readonly string[]) => fieldsFor(index) };
      const [compiled] = compileProject(loaded);
      expect(normalise(compiled!.rule as unknown as Json, options)).toEqual(normalise(rule, options));
      const second = await importInto(first.disk, [line("rule", rule)], { force: true });
      expect(second.report.files.unchanged).toBe(1);
    }),
    { numRuns: 60 },
  );
});

it("merging one rule into the file of another gives the rule that was imported", async () => {
  await fc.assert(
    fc.asyncProperty(kibanaRule, kibanaRule, async (before, after) => {
      const rule = { ...after, rule_id: before["rule_id"] };
      const { disk } = await importInto({}, [line("rule", before)]);
      const merged = await importInto(disk, [line("rule", rule)], { force: true });
      fc.pre(merged.codes.every((code) => code !== "error import/target-broken"));
      expect(merged.report.files.refused).toBe(0);
      const again = await importInto(merged.disk, [line("rule", rule)]);
      expect(again.report.files.unchanged).toBe(1);
    }),
    { numRuns: 60 },
  );
});
