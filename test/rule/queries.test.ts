import { describe, expect, it } from "vitest";
import { fieldsOf } from "../../src/fields/index.js";
import { compileRule } from "../../src/rule/index.js";
import { context, ruleSource } from "../support/rule.js";

const BASE = "rule_id: r-1\nname: n\ndescription: d\nseverity: low\nrisk_score: 1\n";
const compiled = (yaml: string, overrides: Parameters<typeof context>[0] = {}) =>
  compileRule(ruleSource(BASE + yaml), context(overrides));

describe("required_fields", () => {
  it.each([
    [
      "type: query\nquery: 'user.name: a and not process.pid > 3 and host*: x and acme.id: 1'",
      ["acme.id unknown", "process.pid long", "user.name keyword"],
    ],
    ["type: query\nlanguage: lucene\nquery: 'source.ip:10.0.0.1'", ["source.ip ip"]],
    [
      'type: eql\nquery: sequence by host.id [process where ?user.id == "a"] [file where true]',
      ["host.id keyword", "user.id keyword"],
    ],
    [
      "type: esql\nquery: FROM logs-* METADATA _id | EVAL l = LENGTH(user.name) | WHERE l > 3 | KEEP _id, user.name",
      ["user.name keyword"],
    ],
  ])("come from the query of %s", (yaml, fields) => {
    const { rule, provenance } = compiled(yaml);
    expect(rule.required_fields?.map(({ name, type }) => `${name} ${type}`)).toEqual(fields);
    expect(provenance.get("required_fields")).toEqual({
      kind: "derived",
      target: { file: "a.rule.yml", pointer: "/query" },
    });
  });

  it.each([
    ["the author's own stay", "type: query\nquery: 'a: b'\nrequired_fields: [{name: x, type: keyword}]", 1],
    ["none is none", "type: query\nquery: 'a: b'\nrequired_fields: []", 0],
    ["a broken query has none", "type: query\nquery: '(a: b'", undefined],
    ["a query without fields has none", "type: query\nquery: '*:*'", undefined],
    ["machine learning has none", "type: machine_learning\nmachine_learning_job_id: j", undefined],
  ])("%s", (_, yaml, count) => {
    expect(compiled(yaml).rule.required_fields?.length).toBe(count);
  });

  it("have the types of the rule's own indices", () => {
    const asked: unknown[] = [];
    const fieldsFor = (index: readonly string[] | undefined) => {
      asked.push(index);
      return fieldsOf({ "acme.id": "long" });
    };
    const types = (yaml: string) =>
      compiled(yaml, { fieldsFor }).rule.required_fields?.map(({ type }) => type);
    expect(types("type: query\nindex: [a-*]\nquery: 'acme.id: 1'")).toEqual(["long"]);
    expect(types("type: query\ndata_view_id: v\nindex: [a-*]\nquery: 'acme.id: 1'")).toEqual(["long"]);
    expect(types('type: esql\nquery: FROM b-*,"c::data", x:d-* | WHERE acme.id == 1')).toEqual(["long"]);
    expect(asked).toEqual([["a-*"], undefined, ["b-*", "c", "x:d-*"]]);
  });
});

it("reads the threat query in its own language", () => {
  const { queries } = compiled(
    "type: threat_match\nquery: 'a: b'\nthreat_query: 'c:d AND e:f'\nthreat_language: lucene",
  );
  expect(queries.map(({ field, query }) => [field, query.language])).toEqual([
    ["query", "kuery"],
    ["threat_query", "lucene"],
  ]);
});
