import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { EDITOR_KEYWORDS } from "../../scripts/generate/schemas.js";
import { parseDocument } from "../../src/yaml/index.js";
import { AUTHORED, type Node, nodesOf, resolved, RULE_TYPES, SCHEMAS } from "./schemas.js";

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function validator(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    discriminator: true,
    allErrors: true,
  });
  ajv.addVocabulary(EDITOR_KEYWORDS);
  ajv.addFormat("date-time", DATE_TIME);
  ajv.addSchema(AUTHORED.map(([, schema]) => schema));
  return ajv;
}

describe.each([...SCHEMAS])("%s", (file, schema) => {
  it("says where it is published", () => {
    expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(schema["$id"]).toBe(`https://unpkg.com/kibana-detections-as-code/schemas/${file}`);
    const { files } = JSON.parse(
      readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
    ) as Node;
    expect(files).toContain(file.startsWith("output/") ? "schemas/output" : "schemas/*.json");
  });

  it("is valid by the draft that it names", () => {
    expect(new Ajv2020().validateSchema(schema)).toBe(true);
  });

  it("has a title, a description and refers to what is there", () => {
    expect(schema["title"]).toMatch(/^[A-Z]/);
    expect(schema["description"]).toMatch(/\.$/);
    for (const { node } of nodesOf(schema)) expect(resolved(file, node)).toBeTypeOf("object");
  });
});

describe.each(AUTHORED)("%s", (file, schema) => {
  const nodes = [...nodesOf(schema)];
  const properties = nodes.filter(({ isProperty }) => isProperty);
  let ajv: Ajv2020;
  beforeAll(() => {
    ajv = validator();
  });

  it("compiles in ajv's strict mode", () => {
    expect(ajv.getSchema(String(schema["$id"]))).toBeTypeOf("function");
  });

  it("explains every property in a sentence, with an example", () => {
    expect(properties.length).toBeGreaterThan(4);
    for (const { pointer, node } of properties) {
      const { description, examples } = resolved(file, node) as {
        description?: string;
        examples?: unknown[];
      };
      expect.soft(description, pointer).toMatch(/^\p{Lu}.{7,}[.%]$|^\p{Lu}.{7,}…"\.?$/su);
      expect.soft(examples?.length ?? 0, pointer).toBeGreaterThan(0);
    }
  });

  it("explains each value of every list of values", () => {
    for (const { pointer, node } of nodes.filter(({ node }) => Array.isArray(node["enum"])))
      expect.soft(node["markdownEnumDescriptions"], pointer).toHaveLength((node["enum"] as unknown[]).length);
  });

  it("gives examples that are valid", () => {
    for (const { pointer, node } of nodes.filter(({ node }) => Array.isArray(node["examples"]))) {
      const $ref = `${String(schema["$id"])}#${pointer}`;
      const validate = ajv.compile({ $ref });
      for (const example of node["examples"] as unknown[])
        expect
          .soft(validate(example) ? [] : validate.errors, `${pointer}: ${JSON.stringify(example)}`)
          .toEqual([]);
    }
  });

  it("offers snippets that are YAML as an editor writes them: plain, without quotes of its own", () => {
    for (const { node, pointer } of nodes.filter(({ node }) => "defaultSnippets" in node))
      for (const text of textsOf(
        (node["defaultSnippets"] as { body: unknown }[]).map(({ body }) => filled(body)),
      ))
        expect
          .soft(parseDocument(`a: ${text}\n`, "a.yml").data, `${pointer}: ${text}`)
          .toEqual({ a: expect.any(String) });
  });

  it("refuses unknown keys wherever it names keys, and asks only for keys that it names", () => {
    for (const { pointer, node } of nodes.filter(({ node }) => "properties" in node)) {
      const free = /alerts_filter(\/properties\/(query|timeframe))?$/.test(pointer);
      expect.soft(node["additionalProperties"], pointer).toBe(free);
      for (const key of (node["required"] ?? []) as string[])
        expect.soft(Object.keys(node["properties"] as Node), pointer).toContain(key);
    }
  });

  it("gives each part with a title a name of its own, for its type", () => {
    const titles = AUTHORED.flatMap(([, each]) => [...nodesOf(each)]).flatMap(
      ({ node }) => node["title"] ?? [],
    );
    for (const { node } of nodes.filter(({ node }) => "title" in node))
      expect.soft(titles.filter((title) => title === node["title"])).toHaveLength(1);
  });
});

describe("the rule schema", () => {
  const rule = SCHEMAS.get("rule.schema.json")!;
  const fieldsOf = (type: string) => RULE_TYPES.get(type)!["properties"] as Record<string, Node>;

  it("tells its eight forms apart by type, and lists the field early", () => {
    expect(rule["discriminator"]).toEqual({ propertyName: "type" });
    expect([...RULE_TYPES.keys()]).toEqual([
      "query", "saved_query", "eql", "esql", "threshold", "threat_match", "machine_learning", "new_terms",
    ]); // prettier-ignore
    for (const type of RULE_TYPES.keys()) expect(Object.keys(fieldsOf(type)).indexOf("type")).toBe(3);
  });

  it("lets no field that all types have differ between them, but for the suppression of thresholds", () => {
    const everywhere = Object.keys(fieldsOf("query")).filter((name) =>
      [...RULE_TYPES.keys()].every((type) => name in fieldsOf(type)),
    );
    const differing = everywhere.filter(
      (name) => new Set([...RULE_TYPES.keys()].map((type) => JSON.stringify(fieldsOf(type)[name]))).size > 1,
    );
    expect(differing).toEqual(["type", "alert_suppression"]);
  });

  it("keeps one order of fields in every form", () => {
    const [first, ...others] = [...RULE_TYPES.keys()].map((type) => Object.keys(fieldsOf(type)));
    for (const other of others) {
      const shared = other.filter(
        (name) => first!.includes(name) && !["saved_id", "query", "language"].includes(name),
      );
      expect(shared).toEqual(first!.filter((name) => shared.includes(name)));
    }
  });

  it("offers a start for each type, that is valid once it is filled in", () => {
    const validate = validator().getSchema(String(rule["$id"]))!;
    const snippets = rule["defaultSnippets"] as { label: string; body: object }[];
    expect(snippets.map(({ label }) => label)).toEqual([...RULE_TYPES.keys()].map((type) => `${type} rule`));
    for (const { body, label } of snippets)
      expect.soft(validate(filled(body)) ? [] : validate.errors, label).toEqual([]);
  });
});

/** The texts in some data, keys left out. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** A snippet as an editor inserts it: each placeholder with what it proposes, `"^…"` as a bare value. */
function filled(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body)
      .replace(/\$\{\d+\|([^,|]+)[^|]*\|\}/g, "$1")
      .replace(/\$\{\d+:((?:[^{}]|\{[^{}]*\})*)\}/g, "$1")
      .replace(/"\^([^"]*)"/g, "$1"),
  );
}
