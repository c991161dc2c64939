import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findings } from "../../scripts/generate/findings.js";
import { generateTypes } from "../../scripts/generate/types.js";
import { mergedDefinitions } from "../../scripts/generate/validators.js";
import { FIELDS_BY_TYPE, REQUIRED_FIELDS_BY_TYPE, RULE_TYPES, SERVER_FIELDS } from "../../src/kibana/rule.js";
import type {
  AuthoredAction,
  AuthoredRule,
  ExceptionsFile,
  Guide,
  ProjectConfig,
  TypedTags,
} from "../../src/schema/index.js";
import { definitions } from "../../src/schema/generated/validators.js";
import { AUTHORED, type Node, nodesOf, RULE_TYPES as SCHEMA_TYPES } from "./schemas.js";
import { findingsOf } from "./support.js";

/** What the schema has beyond the API's own fields. */
const SHORT_FORMS = ["lookback", "attack", "guide", "exceptions", "extra", "stack"];

const at = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("generated files are what the schemas make of them", () => {
  it("types", async () => {
    expect(await generateTypes()).toBe(at("src/schema/types.generated.ts"));
  });

  it("and the findings page what the registry makes of it: npm run generate", () => {
    const { path, text } = findings();
    expect(at(path)).toBe(text);
  });

  it("validators, which npm run generate makes", () => {
    expect(definitions).toEqual(mergedDefinitions());
  });
});

describe.each([...RULE_TYPES])("%s rules have the fields that Kibana's create form has", (type) => {
  const form = SCHEMA_TYPES.get(type)!;

  it("all of them, and the short forms", () => {
    expect(Object.keys(form["properties"] as Node).sort()).toEqual(
      [...FIELDS_BY_TYPE[type], ...SHORT_FORMS].sort(),
    );
  });

  it("of which the same are required, with rule_id and without a language that the type implies", () => {
    const required = [...REQUIRED_FIELDS_BY_TYPE[type]].filter((field) => field !== "language");
    expect([...(form["required"] as string[])].sort()).toEqual(["rule_id", ...required].sort());
  });

  it("and none of those that only answers have", () => {
    for (const field of SERVER_FIELDS)
      expect(findingsOf(type, `${field}: a`).map(({ code }) => code)).toEqual(["schema/response-only-field"]);
  });
});

describe("findings keep up with the schemas", () => {
  const keywords = new Set(
    AUTHORED.flatMap(([, schema]) => [...nodesOf(schema)].flatMap(({ node }) => Object.keys(node))),
  );

  it("know every keyword that can fail", () => {
    const silent = [
      "$schema", "$id", "$ref", "$defs", "title", "description", "examples", "deprecated", "properties", "items",
      "markdownDescription", "markdownEnumDescriptions", "defaultSnippets", "deprecationMessage",
      "patternErrorMessage",
    ]; // prettier-ignore
    const reported = [
      "additionalProperties", "required", "dependentRequired", "dependentSchemas", "propertyNames", "type", "enum", "const",
      "discriminator", "pattern", "format", "minimum", "maximum", "minItems", "maxItems", "minProperties", "oneOf", "anyOf",
    ]; // prettier-ignore
    expect([...keywords].sort()).toEqual([...silent, ...reported].sort());
  });

  it("say in words what each pattern asks for", () => {
    for (const { node, pointer } of AUTHORED.flatMap(([, schema]) => [...nodesOf(schema)]))
      if ("pattern" in node)
        expect.soft(node["patternErrorMessage"], pointer).toMatch(/^Must (?:be|name|not be) \S/);
  });
});

/** What the types have to say; a change that breaks one of these does not compile. */
describe("types", () => {
  it("tell rules apart by their type, actions by their form", () => {
    const rule: AuthoredRule = {
      rule_id: "r", name: "n", description: "d", type: "threshold", severity: "low", risk_score: 1, query: "*",
      threshold: { field: ["host.id"], value: 1 }, alert_suppression: { duration: { value: 1, unit: "h" } },
      tags: { os: "Windows", data_source: ["Sysmon"] }, attack: { Execution: ["T1059"] },
      guide: { investigation_steps: ["a", { text: "b", steps: ["c"] }, { osquery: { label: "d", query: "e" } }] },
    }; // prettier-ignore
    // @ts-expect-error a query rule has no threshold
    const wrong: AuthoredRule = { ...rule, type: "query" };
    const suppression = rule.type === "threshold" ? rule.alert_suppression?.duration.unit : undefined;
    const actions: AuthoredAction[] = [
      { connector: "a", params: {} },
      { id: "a", action_type_id: ".slack", params: {} },
      // @ts-expect-error an id without its type
      { id: "a", params: {} },
    ];
    const names = actions.map((action) => ("connector" in action ? action.connector : action.action_type_id));
    expect([wrong.type, suppression, names.length]).toEqual(["query", "h", 3]);
  });

  it("name the parts", () => {
    const tags: TypedTags = { domain: "Endpoint" };
    const guide: Guide = { sections: [{ heading: "a", body: "b" }] };
    // @ts-expect-error a match entry has one value
    const list: ExceptionsFile = { list_id: "l", name: "n", description: "d", items: [{ item_id: "i", name: "n", description: "d", entries: [{ field: "f", type: "match", operator: "included", value: ["a"] }] }] }; // prettier-ignore
    const config: ProjectConfig = {
      name: "p",
      environments: { prod: { url: "u", spaces: ["a", { id: "b" }] } },
    };
    expect([
      tags.domain,
      guide.sections?.length,
      list.items.length,
      config.environments?.["prod"]?.spaces.length,
    ]).toEqual(["Endpoint", 1, 1, 2]);
  });
});
