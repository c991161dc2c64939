/** Rules of all types, with any of their fields, as Kibana of any version would show them: import and compile give them back. */
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { asStored } from "../../../src/kibana/defaults.js";
import { RULE_FIELDS, type RuleCreate } from "../../../src/kibana/rule.js";
import { decompileRule, normalise, RULE_ORDER } from "../../../src/rule/decompile/index.js";
import { compileRule } from "../../../src/rule/index.js";
import type { RuleDefaults } from "../../../src/schema/index.js";
import { parseDocument } from "../../../src/yaml/index.js";
import { arbitraryRule } from "../../support/arbitrary-rule.js";
import { context } from "../../support/rule.js";
import { decompileContext, type Fields, roundTrip } from "./support.js";

const RUNS = { numRuns: 100 };

/** What the API takes of a rule that a person could have written. */
const created: fc.Arbitrary<Fields> = arbitraryRule().map((authored) => {
  const document = parseDocument(JSON.stringify(authored), "a.rule.yml");
  const source = { file: "a.rule.yml", document, authored, translations: new Map() };
  const rule = compileRule(source, context()).rule as unknown as Fields & { actions?: Fields[] };
  if (rule.actions === undefined) return rule;
  // The connectors that it names are nowhere.
  const actions = rule.actions.map((action) => ({
    ...action,
    action_type_id: action["action_type_id"] || ".index",
  }));
  return { ...rule, actions };
});

/** Texts that a block of YAML, a quoted text and a newline at the end treat in different ways. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc
    .array(fc.constantFrom("a", " ", "\n", "\t", "\r", "# b", "- c", "é", "😀", "\u2028", "'", '"'), {
      maxLength: 12,
    })
    .map((parts) => parts.join("")),
);
const filled = text.filter((value) => value.trim() !== "");
const texts = fc.record(
  { name: filled, description: filled, note: text, setup: text, query: text, threat_query: text },
  { requiredKeys: [] },
);

/** The rule with other texts, in the fields that it has. */
const withTexts = fc
  .tuple(created, texts)
  .map(([rule, others]) =>
    Object.fromEntries(
      Object.entries({ ...rule, ...others }).filter(([field]) => field in rule || field === "note"),
    ),
  );

const serverFields = fc.constant({
  id: "0b1e1fd8-5b5a-4a6d-8f0a-1d7c7b6f2a11",
  immutable: false,
  rule_source: { type: "external", is_customized: true },
  revision: 3,
  created_at: "2024-01-01T00:00:00.000Z",
  created_by: "elastic",
  updated_at: "2024-01-01T00:00:00.000Z",
  updated_by: "elastic",
  execution_summary: { last_execution: { status: "succeeded" } },
});

/** As an export of today shows it: everything filled in. */
const exported = fc.tuple(withTexts, serverFields).map(([rule, server]): Fields => ({
  ...asStored(rule as unknown as RuleCreate),
  ...extraOf(rule),
  ...server,
}));

function extraOf(rule: Fields): Fields {
  return Object.fromEntries(Object.entries(rule).filter(([field]) => !(field in RULE_FIELDS)));
}

/** As an older version would show it. */
const legacy = fc
  .tuple(exported, fc.constantFrom("no_actions", "rule", "1h"), fc.boolean())
  .map(([rule, throttle, asText]): Fields => {
    const {
      investigation_fields: highlighted,
      threshold,
      actions,
      risk_score,
      ...rest
    } = rule as Fields & {
      investigation_fields?: { field_names: string[] };
      threshold?: { field: string[] };
      actions: Fields[];
    };
    return {
      ...rest,
      risk_score: asText ? String(risk_score) : risk_score,
      throttle,
      actions: actions.map(({ frequency: _, ...action }) => action),
      ...(highlighted === undefined ? {} : { investigation_fields: highlighted.field_names }),
      ...(threshold === undefined ? {} : { threshold: { ...threshold, field: threshold.field[0] ?? "" } }),
      status: "succeeded",
      last_success_at: "2021-01-01T00:00:00.000Z",
      license: rest["license"] ?? "",
      filters: rest["filters"] ?? [],
    };
  });

it.each([
  ["sent to Kibana", created],
  ["with any texts", withTexts],
  ["exported by Kibana", exported],
  ["exported by an older Kibana", legacy],
])("a rule as %s compiles back to itself", (_, rules) => {
  fc.assert(
    fc.property(rules, (source) => {
      const { authored, findings, rule } = roundTrip(source);
      expect(normalise(rule)).toEqual(normalise(source));
      expect(JSON.stringify(normalise(rule))).toBe(JSON.stringify(normalise(source)));
      expect(findings).toEqual([]);
      expect(Object.keys(authored)).toEqual(RULE_ORDER.filter((field) => field in authored));
    }),
    RUNS,
  );
});

it("what was imported decompiles to itself, and normalising twice is normalising once", () => {
  fc.assert(
    fc.property(exported, (source) => {
      const { authored, rule } = roundTrip(source);
      expect(decompileRule(rule, decompileContext()).authored).toEqual(authored);
      expect(normalise(normalise(source))).toEqual(normalise(source));
    }),
    RUNS,
  );
});

it("nothing is noted of a rule that has nothing odd", () => {
  const plain = created.filter(
    (rule) => rule["throttle"] === undefined && Object.keys(extraOf(rule)).length === 0,
  );
  fc.assert(
    fc.property(plain, (source) => {
      const notes = decompileRule(source, decompileContext()).notes.map(({ code }) => code);
      expect(notes.filter((code) => code !== "import/threat-kept")).toEqual([]);
    }),
    RUNS,
  );
});

it("whatever a rule holds, nothing is thrown", () => {
  const fields = fc.constantFrom(
    ...Object.keys(RULE_FIELDS),
    "_tags",
    "custom_highlighted_fields",
    "__proto__",
    "x",
  );
  const anything = fc.dictionary(fields, fc.jsonValue({ maxDepth: 3 }), {
    noNullPrototype: true,
    maxKeys: 30,
  });
  fc.assert(
    fc.property(fc.oneof(fc.constant({}), created), anything, (rule, others) => {
      const source = { ...rule, ...others };
      decompileRule(source, decompileContext());
      expect(normalise(normalise(source))).toEqual(normalise(source));
    }),
    RUNS,
  );
});

it("compiles to what a person wrote, whatever the project's defaults are", () => {
  const defaults = fc.record(
    {
      enabled: fc.boolean(),
      author: fc.constantFrom([], ["ACME"]),
      interval: fc.constantFrom("5m", "10m"),
      lookback: fc.constantFrom("1m", "4m"),
      max_signals: fc.constantFrom(100, 200),
      tags: fc.constantFrom(["a"], { domain: "Endpoint" }),
      attack: fc.constant({ Execution: [] }),
      exceptions: fc.constant([{ list_id: "everywhere", type: "detection" as const }]),
      setup: fc.constant("Set it up."),
      required_fields: fc.constant([{ name: "a", type: "keyword" }]),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(exported, defaults, (source, own) => {
      const given = { defaults: own as unknown as RuleDefaults };
      const { rule, notes } = roundTrip(source, given, given);
      expect(notes.filter(({ code }) => code === "import/default-applies")).toEqual([]);
      expect(normalise(rule)).toEqual(normalise(source));
    }),
    RUNS,
  );
});
