import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { fromPointer } from "../../src/diagnostics/index.js";
import { validate } from "../../src/lint/index.js";
import { compileProject, loadProject } from "../../src/project/index.js";
import { memoryHost } from "../support/memory-host.js";

/** A rule that gives every check something to look at. */
const RULE = {
  rule_id: "r-1",
  name: "A name",
  description: "What it finds.",
  type: "threat_match",
  severity: "low",
  risk_score: 21,
  interval: "5m",
  lookback: "4m",
  index: ["logs-*"],
  query: "a: b",
  threat_index: ["ti-*"],
  threat_query: "*",
  threat_mapping: [{ entries: [{ field: "a", type: "mapping", value: "b", negate: false }] }],
  concurrent_searches: 1,
  items_per_search: 1,
  alert_suppression: { group_by: ["a"], duration: { value: 1, unit: "h" } },
  attack: { "Initial Access": ["T1566.001 Spearphishing Attachment"] },
  tags: { domain: "Endpoint", os: ["Windows"] },
  guide: {
    overview: "o {{> gone}}",
    response: ["r", { text: "t", steps: ["s"] }, { osquery: { label: "l", query: "q" } }],
  },
  setup: "{{> loop}}",
  exceptions: ["a", { list_id: "b", type: "rule_default" }],
  actions: [
    {
      connector: "c",
      params: {},
      uuid: "u",
      frequency: { summary: true, notifyWhen: "onThrottleInterval", throttle: "1h" },
    },
  ],
  response_actions: [
    { action_type_id: ".endpoint", params: { command: "kill-process", config: { field: "f" } } },
  ],
  related_integrations: [{ package: "p", version: "^1.0.0" }],
  references: ["https://example.com"],
  extra: { brand_new: 1 },
  stack: ">=8.18",
  meta: { a: 1 },
};
const THREAT = {
  rule_id: "r-2",
  name: "Another name",
  description: "What it finds.",
  type: "threshold",
  severity: "low",
  risk_score: 21,
  query: "a: b",
  threshold: { field: ["a"], value: 1, cardinality: [{ field: "b", value: 1 }] },
  tags: ["Domain: Endpoint", "Tactic: Execution"],
  threat: [
    {
      framework: "MITRE ATT&CK",
      tactic: { id: "TA0002", name: "Execution", reference: "x" },
      technique: [
        {
          id: "T1059",
          name: "n",
          reference: "x",
          subtechnique: [{ id: "T1059.001", name: "n", reference: "x" }],
        },
      ],
    },
  ],
  exceptions_list: [{ id: "a", list_id: "a", type: "detection", namespace_type: "single" }],
  timeline_id: "a",
  timeline_title: "b",
};
const LIST = {
  list_id: "a",
  name: "n",
  description: "d",
  items: [
    {
      item_id: "i",
      name: "n",
      description: "d",
      entries: [{ field: "f", type: "match", operator: "included", value: "v" }],
    },
  ],
};

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Pointers to every value in a document. */
function paths(value: Json, path: readonly string[] = []): (readonly string[])[] {
  const inner =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, one]) => paths(one, [...path, key]))
      : [];
  return path.length === 0 ? inner : [path, ...inner];
}

function withValue(value: Json, path: readonly string[], to: Json): Json {
  if (path.length === 0) return to;
  if (typeof value !== "object" || value === null) return value;
  const [key = "", ...rest] = path;
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    return list.map((item, i) => (String(i) === key ? withValue(item, rest, to) : item));
  }
  const map = value as Readonly<Record<string, Json>>;
  return { ...map, [key]: withValue(map[key] ?? null, rest, to) };
}

/** A document with some of its values replaced by others. */
function mutated(document: Json): fc.Arbitrary<Json> {
  const places = fc.array(fc.tuple(fc.constantFrom(...paths(document)), fc.jsonValue({ maxDepth: 2 })), {
    minLength: 1,
    maxLength: 4,
  });
  return places.map((changes) =>
    changes.reduce((made, [path, to]) => withValue(made, path, to as Json), document),
  );
}

/** Few, to be quick; a longer run is one variable away. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 60);

describe("validate", () => {
  test.prop([mutated(RULE), mutated(THREAT), mutated(LIST)], { numRuns: RUNS })(
    "never fails, and names places of files that there are",
    (rule, threat, list) => {
      const files: Readonly<Record<string, string>> = {
        "rules/a.rule.yml": JSON.stringify(rule),
        "rules/b.rule.yml": JSON.stringify(threat),
        "rules/a.exceptions.yml": JSON.stringify(list),
        "rules/loop.fragment.md": "{{> loop}}",
      };
      const host = memoryHost(
        Object.fromEntries(Object.entries(files).map(([file, text]) => [`/p/${file}`, text])),
      );
      const project = loadProject(host, { cwd: "/p" });
      for (const { target, message, help } of validate(project).diagnostics) {
        expect(Object.keys(files)).toContain(target.file);
        expect(fromPointer(target.pointer ?? "").length).toBeLessThan(20);
        expect(`${message} ${help ?? ""}`).not.toMatch(/undefined|\[object/);
      }
      for (const { rule: compiled } of compileProject(project))
        expect(JSON.stringify(compiled)).toMatch(/"rule_id":/);
    },
  );
});
