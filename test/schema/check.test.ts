import { describe, expect, it } from "vitest";
import { check } from "../../src/schema/index.js";
import { parseDocument } from "../../src/yaml/index.js";
import { OTHER_ROWS } from "./rows-other.js";
import { RULE_ROWS } from "./rows-rule.js";
import { type Node, resolved, RULE_TYPES } from "./schemas.js";
import { brief, findingsOf, kindOf, MINIMAL, type Row, yamlOf } from "./support.js";

const document = (data: unknown) => parseDocument(JSON.stringify(data), "a.yml");

describe("accepts", () => {
  it.each(Object.keys(MINIMAL))("the least that a file has: %s", (of) => {
    expect(findingsOf(of, "").map(brief)).toEqual([]);
  });

  /** Every field with one of its examples, but one of each pair that exclude each other. */
  const full = (type: string, without: readonly string[], pick: (examples: unknown[]) => unknown) =>
    Object.fromEntries(
      Object.entries(RULE_TYPES.get(type)!["properties"] as Record<string, Node>)
        .filter(([name]) => !without.includes(name))
        .map(([name, node]) => [name, pick(resolved("rule.schema.json", node)["examples"] as unknown[])]),
    );
  const short = ["from", "threat", "note", "exceptions_list"];
  const raw = ["lookback", "attack", "guide", "exceptions"];

  it.each([...RULE_TYPES.keys()])("every field of %s rules", (type) => {
    for (const without of [short, raw])
      for (const pick of [(some: unknown[]) => some[0], (some: unknown[]) => some.at(-1)]) {
        const data = full(type, without, pick);
        expect(Object.keys(data).length).toBeGreaterThan(45);
        expect(check("rule", document(data)).map(brief)).toEqual([]);
      }
  });

  it.each<Row>([
    ["query", "threat: [{framework: MITRE ATLAS, tactic: {id: AML.TA0002, name: a, reference: b}}]"],
    ["query", "rule_id: any text at all"],
    ["query", "tags: []\nauthor: []\nactions: []\nindex: []"],
    ["query", "lookback: 0m"],
    ["query", "to: now-1h\nfrom: now-1d/d"],
    ["query", "risk_score: 0"],
    ["query", "risk_score: 100"],
    ["query", "filters: [{anything: goes}]"],
    ["query", "extra: {new_field: [1, {a: b}]}"],
    ["query", "actions: [{id: a, action_type_id: .cases, params: {}}]"],
    ["query", "actions: [{connector: a, params: {}, alerts_filter: {unknown_to_us: true}}]"],
    ["query", "response_actions: [{action_type_id: .endpoint, params: {command: suspend-process, config: {field: '', overwrite: true}}}]"],
    ["threshold", "threshold: {field: '', value: 1}"],
    ["threshold", "threshold: {field: [], value: 1, cardinality: []}"],
    ["threshold", "alert_suppression: {duration: {value: 5, unit: m}}"],
    ["eql", "language: eql"],
    ["esql", "language: esql"],
    ["machine_learning", "machine_learning_job_id: [a, b]"],
    ["exceptions", "type: rule_default\nnamespace_type: agnostic"],
    ["connector", "secrets: {webhookUrl: '${SLACK_URL}'}\nconfig: {anything: {goes: [1]}}"],
    ["config", "environments: {dev: {url: 'http://localhost:5601', username: '${U}', password: '${P}', spaces: [default]}}"],
    ["config", "environments: {dev: {url: 'https://${HOST}:5601/base', api_key: '${K}', spaces: [default]}}"],
  ])("%s: %s", (of, yaml) => {
    expect(findingsOf(of, yaml).map(brief)).toEqual([]);
  }); // prettier-ignore
});

describe("finds each mistake once, where it is", () => {
  it.each([...RULE_ROWS, ...OTHER_ROWS])("%s: %s", (of, yaml, ...expected) => {
    expect([...findingsOf(of, yaml)].map(brief).sort()).toEqual([...expected].sort());
  });

  it("has nothing to say of a file without data", () => {
    expect(check("rule", parseDocument("", "a.yml"))).toEqual([]);
    expect(check("rule", parseDocument("- a\n", "a.yml"))).toEqual([]);
    expect(check("rule", parseDocument("a: 'b\n", "a.yml"))).toEqual([]);
  });

  it("finds all mistakes of a long file in one run", () => {
    const tags = Array.from({ length: 500 }, (_, i) => i);
    const actions = Array.from({ length: 500 }, () => ({ params: {}, grup: "default" }));
    const minimal = parseDocument(yamlOf("query", ""), "a.yml").data as object;
    const found = check("rule", document({ ...minimal, tags, actions }));
    expect(found.filter(({ code }) => code === "schema/wrong-type")).toHaveLength(500);
    expect(found.filter(({ code }) => code === "schema/missing-one-of")).toHaveLength(500);
    expect(found.filter(({ code }) => code === "schema/unknown-key")).toHaveLength(500);
  });

  it("takes names from JavaScript's own objects for nothing special", () => {
    for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"])
      expect(findingsOf("query", `${key}: 1`).map(brief)).toEqual([`unknown-key @/${key}`]);
  });
});

describe("says", () => {
  it.each<readonly [of: string, yaml: string, message: string, help: string | undefined]>([
    ["query", "querry: a", 'unknown key "querry"', 'did you mean "query"?'],
    ["query", "riskScore: 3", 'unknown key "riskScore"', 'did you mean "risk_score"?'],
    ["query", "zzz: 3", 'unknown key "zzz"', "a field of a newer Kibana goes under extra"],
    ["threshold", "alert_suppression: {duration: {value: 1, unit: h}, group_by: [a]}", 'unknown key "group_by"',
      "only duration is known here"],
    ["config", "defaults: {name: a}", 'unknown key "name"', "each rule sets its own name"],
    ["query", "anomaly_threshold: 5", 'query rules have no "anomaly_threshold"; it belongs to machine_learning rules',
      "take it out, or change the rule's type"],
    ["query", "created_at: a", '"created_at" is written by Kibana and cannot be set', "take it out"],
    ["query", "severity: High", '"High" is no value for "severity"',
      'did you mean "high"? It is one of low, medium, high, critical'],
    ["query", "severity: informational", '"informational" is no value for "severity"',
      'did you mean "low"? It is one of low, medium, high, critical'],
    ["query", "language: kql", '"kql" is no value for "language"', 'did you mean "kuery"? It is one of kuery, lucene'],
    ["query", "language: eql", '"eql" is no value for "language"', "for a rule in that language write type: eql"],
    ["eql", "language: kuery", '"kuery" is no value for "language"', "it can only be eql"],
    ["query", "type: indicator match", 'there is no rule type "indicator match"',
      'did you mean "threat_match"? It is one of query, saved_query, eql, esql, threshold, threat_match, machine_learning, new_terms'],
    ["eql", "-query", '"query" is missing', "every eql rule needs it"],
    ["query", "-name", '"name" is missing', undefined],
    ["query", "version: 1.10", '"version" must be a whole number, not a number with decimals',
      "write a number without decimals; YAML reads 1.10 as 1.1"],
    ["query", "stack: 9.10", '"stack" must be text, not a number with decimals',
      'put it in quotes: "9.10"; without them YAML reads 9.1'],
    ["query", "risk_score: '21'", '"risk_score" must be a whole number, not text', "take the quotes away: 21"],
    ["query", "enabled: yes", '"enabled" must be true or false, not text', "write true, without quotes"],
    ["query", "enabled: off", '"enabled" must be true or false, not text', "write false, without quotes"],
    ["query", "index: logs-*", '"index" must be a list, not text', "write a list, even for a single value: [logs-*]"],
    ["query", "index: 'a, b'", '"index" must be a list, not text', "write a list, even for a single value: ['a, b']"],
    ["query", "note:", '"note" must be text, not nothing', "give it a value, or take the key out"],
    ["query", "interval: 5 minutes", '"interval" must be a duration such as 30s, 5m, 1h or 1d', "write 5m"],
    ["query", "lookback: now-4m", '"lookback" must be a duration such as 30s, 5m, 1h or 1d', "write 4m"],
    ["query", "attack: {Execution: [t1059.1 PowerShell]}",
      '"attack.Execution[0]" must be a technique\'s id, such as T1059.001, with its name behind it if you like',
      "write T1059.001 PowerShell"],
    ["query", "risk_score: 101", '"risk_score" is 101; it must be at most 100', undefined],
    ["new_terms", "new_terms_fields: []", '"new_terms_fields" needs at least 1 entry', "add an entry, or take the key out"],
    ["new_terms", "new_terms_fields: [a, b, c, d]", '"new_terms_fields" takes 3 entries at most', "take entries out"],
    ["query", "from: now-9m\nlookback: 4m", '"from" cannot stand beside "lookback"', "keep one of them"],
    ["query", "actions: [{params: {}}]", '"actions[0]" needs "connector" or "id" with "action_type_id"', undefined],
    ["query", "actions: [{connector: a, id: b, action_type_id: c, params: {}}]",
      '"actions[0]" has both "connector" and "id" with "action_type_id"', "keep one of them"],
    ["config", "attack: 19.0", '"attack" must be text, not a whole number',
      'put it in quotes: "19.0"; without them YAML reads 19'],
    ["config", "lint: {a/b: false}", '"lint.a/b" must be text, not true or false',
      "it is one of error, warning, info, off"],
    ["config", "locale: zh_CN", '"locale" must be a locale such as en or zh-CN', "write zh-CN"],
    ["translation", "-name\n{}", "the file needs at least 1 entry", "add an entry, or take the key out"],
  ])("%s: %s", (of, yaml, message, help) => {
    const [found] = findingsOf(of, yaml);
    expect(found?.message).toBe(message);
    expect(found?.help).toBe(help);
  }); // prettier-ignore

  it("where the other of two keys stands", () => {
    const [found] = findingsOf("query", "from: now-9m\nlookback: 4m");
    expect(found?.related).toEqual([
      { message: '"lookback" stands here', target: { file: "a.yml", pointer: "/lookback", on: "key" } },
    ]);
  });
});

describe("credentials", () => {
  const SECRET = "hunter2";
  it.each<readonly [of: string, yaml: string]>([
    ["connector", `secrets: {webhookUrl: ${SECRET}}`],
    ["connector", `secrets: {webhookUrl: [${SECRET}]}`],
    ["connector", `secrets: {webhookUrl: {deeper: ${SECRET}}}`],
    ["connector", `secrets: ${SECRET}`],
    ["connector", `secret: {webhookUrl: ${SECRET}}`],
    ["connector", `password: ${SECRET}`],
    ["config", `api_key: ${SECRET}`],
    ["config", `environment: {prod: {url: '\${U}', api_key: ${SECRET}, spaces: [a]}}`],
    ["config", `environments: ${SECRET}`],
    ["config", `environments: {prod: 'https://elastic:${SECRET}@kibana'}`],
    ["config", `environments: {prod: {url: '\${U}', apikey: ${SECRET}, spaces: [a]}}`],
    [
      "config",
      `environments: {prod: {url: '\${U}', api_key: '\${K}', headers: {Authorization: ${SECRET}}, spaces: [a]}}`,
    ],
    [
      "config",
      `environments: {prod: {url: {a: 'https://elastic:${SECRET}@b'}, api_key: '\${K}', spaces: [a]}}`,
    ],
    ["connector", `secrets: [${SECRET}]`],
    ["config", `environments: {prod: {url: '\${U}', api_key: ${SECRET}, spaces: [a]}}`],
    ["config", `environments: {prod: {url: '\${U}', username: '\${U}', password: ${SECRET}, spaces: [a]}}`],
    [
      "config",
      `environments: {prod: {url: 'https://elastic:${SECRET}@kibana', api_key: '\${K}', spaces: [a]}}`,
    ],
  ])("are not repeated, and marked: %s %s", (of, yaml) => {
    const found = check(kindOf(of), parseDocument(yamlOf(of, yaml), "a.yml"));
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain(SECRET);
    expect(found[0]?.target).toMatchObject({ secret: true });
    expect(found[0]?.target.on).not.toBe("key");
  });
});
