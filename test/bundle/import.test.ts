/** What the bundle is for: an import that works, into a Kibana that has nothing. */
import * as fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import { type Bundle, exportBundle, splitBundle } from "../../src/bundle/index.js";
import { importRules, type ImportOptions } from "../../src/kibana/endpoints/index.js";
import { bundleConnectors, bundleLists, bundleRules, rulesOf } from "../../src/project/index.js";
import { compileRule } from "../../src/rule/index.js";
import { embedded } from "../deploy/embedded.js";
import { detections } from "../rules/project.js";
import { arbitraryRule } from "../support/arbitrary-rule.js";
import { context, ruleSource } from "../support/rule.js";
import { linesOf } from "./support.js";

interface Answer {
  readonly errors: readonly { readonly error: { readonly message: string } }[];
  readonly action_connectors_warnings: readonly { readonly message: string }[];
}

async function imported(
  client: ReturnType<ReturnType<typeof embedded>["client"]>,
  { text }: Bundle,
  options: ImportOptions = {},
): Promise<Answer> {
  return (await importRules(client, "default", text, options)) as unknown as Answer;
}

/** What an import says when it took all of a bundle. */
const all = ({ summary }: Bundle) => ({
  success: true,
  success_count: summary.exported_rules_count,
  rules_count: summary.exported_rules_count,
  errors: [],
  exceptions_success: true,
  exceptions_success_count: summary.exported_exception_list_count,
  exceptions_errors: [],
  action_connectors_success: true,
  action_connectors_success_count: summary.exported_action_connector_count,
  action_connectors_errors: [],
});

describe("the bundle of this repository's rules", () => {
  const project = detections();
  const input = {
    rules: bundleRules(rulesOf(project, undefined)),
    lists: bundleLists(project),
    connectors: bundleConnectors(project),
  };
  const bundle = exportBundle(input);

  it("is imported whole, and asks for the secrets that it does not carry", async () => {
    expect(bundle.diagnostics).toEqual([]);
    const answer = await imported(embedded().client(), bundle);
    expect(answer).toMatchObject(all(bundle));
    const secret = input.connectors.filter(({ needsSecrets }) => needsSecrets).length;
    expect(secret).toBeGreaterThan(0);
    expect(answer.action_connectors_warnings[0]!.message).toMatch(new RegExp(`^${secret} connectors? ha`));
  });

  it("overwrites what an earlier import made", async () => {
    const client = embedded().client();
    await imported(client, bundle);
    const again = { overwrite: true, overwriteExceptions: true, overwriteConnectors: true };
    expect(await imported(client, bundle, again)).toMatchObject(all(bundle));
  });

  it("comes out again as it went in", async () => {
    const space = embedded();
    await imported(space.client(), bundle);
    const response = await space.kibana.fetch(
      new Request("http://kibana.test/api/detection_engine/rules/_export", {
        method: "POST",
        headers: { authorization: `ApiKey ${space.kibana.apiKey}`, "kbn-xsrf": "true" },
      }),
    );
    const exported = linesOf(await response.text());
    expect(exported.at(-1)).toEqual(bundle.summary);
    const byRuleId = new Map(exported.map((line) => [line["rule_id"], line]));
    for (const { rule } of input.rules) {
      // Kibana fills in references and required fields, and keeps the job of an anomaly rule as a list.
      const { exceptions_list: _, actions: __, required_fields: ___, ...rest } = rule;
      const stored: Record<string, unknown> = { ...rest };
      if ("machine_learning_job_id" in rest)
        stored["machine_learning_job_id"] = [rest.machine_learning_job_id].flat();
      expect(byRuleId.get(rule.rule_id)).toMatchObject(stored);
    }
  });

  it.each([
    ["in order", 0],
    ["in reverse", 1],
  ] as const)("is imported in parts, %s", async (_, reverse) => {
    const parts = splitBundle(input, { bytes: 60_000, rules: 9_999 });
    expect(parts.length).toBeGreaterThan(3);
    const client = embedded().client();
    for (const part of reverse ? parts.toReversed() : parts) {
      const { success, success_count, rules_count, errors } = all(part);
      expect(await imported(client, part)).toMatchObject({ success, success_count, rules_count, errors });
    }
  });
});

it("carries all that a rule refers to, whatever the rule", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryRule(), async (authored) => {
      const { rule } = compileRule(ruleSource(dump(authored)), context());
      const identities = new Map((rule.exceptions_list ?? []).map((one) => [one.list_id, one]));
      const bundle = exportBundle({
        rules: [{ file: "a.rule.yml", rule: { ...rule, exceptions_list: [...identities.values()] } }],
        lists: [...identities.values()].map(({ list_id, type, namespace_type }) => ({
          list: { list_id, type, namespace_type, name: "A", description: "d" },
          items: [],
        })),
        connectors: (rule.actions ?? []).map(({ id, action_type_id }) => ({
          id,
          name: "A",
          connector_type_id: action_type_id,
          config: {},
          needsSecrets: false,
        })),
      });
      const answer = await imported(embedded().client(), bundle);
      const { success: _, success_count: __, errors: ___, ...carried } = all(bundle);
      expect(answer).toMatchObject(carried);
      // Kibana may refuse what is in the rule, but never for what it refers to.
      for (const { error } of answer.errors)
        expect(error.message).not.toMatch(/missing action IDs|non existent exception list|rule_id: Required/);
    }),
    { numRuns: 60 },
  );
});
