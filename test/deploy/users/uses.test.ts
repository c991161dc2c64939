import { describe, expect, it } from "vitest";
import { ruleUses, type Used } from "../../../src/deploy/users/uses.js";

const single: Used = { kind: "exception-list", list_id: "l", namespace_type: "single", id: "live" };
const values: Used = { kind: "value-list", id: "hosts" };
const match = { type: "threat_match", index: ["logs-*"], threat_query: "*:*" };

describe("a rule uses", () => {
  it.each<[string, boolean, Readonly<Record<string, unknown>>]>([
    ["a list that it names", true, { list_id: "l", namespace_type: "single", id: "other" }],
    ["a list that it has the id of", true, { list_id: "m", namespace_type: "single", id: "live" }],
    ["no other list", false, { list_id: "m", namespace_type: "single", id: "other" }],
    [
      "no list of another kind of the same name",
      false,
      { list_id: "l", namespace_type: "agnostic", id: "x" },
    ],
  ])("%s", (_, is, reference) => {
    expect(ruleUses({ exceptions_list: [reference] }, single, "default")).toBe(is);
    const { id: _id, ...nameless } = single;
    if (reference["id"] === undefined)
      expect(ruleUses({ exceptions_list: [reference] }, nameless, "x")).toBe(is);
  });

  it("no list by an id that neither has", () => {
    const bare = { kind: "exception-list", list_id: "l", namespace_type: "single" } as const;
    const reference = { list_id: "m", namespace_type: "single" };
    expect(ruleUses({ exceptions_list: [reference] }, bare, "default")).toBe(false);
  });

  it("the connectors of its actions", () => {
    const rule = { actions: [{ id: "a" }, { id: "b" }] };
    expect(ruleUses(rule, { kind: "connector", id: "b" }, "default")).toBe(true);
    expect(ruleUses(rule, { kind: "connector", id: "c" }, "default")).toBe(false);
    expect(ruleUses({}, { kind: "connector", id: "c" }, "default")).toBe(false);
  });

  it.each<[string, boolean, Readonly<Record<string, unknown>>]>([
    ["the values of its space", true, { ...match, threat_index: [".items-default"] }],
    ["those of a pattern that covers them", true, { ...match, threat_index: [".it*"] }],
    ["their backing indices", true, { ...match, threat_index: [".ds-.items-default-*"] }],
    ["any backing index", true, { ...match, threat_index: [".ds*"] }],
    ["no backing index of another", false, { ...match, threat_index: [".ds-.items-emea-*"] }],
    ["nothing of a part of its name", false, { ...match, threat_index: [".items"] }],
    ["those of a remote cluster's pattern", true, { ...match, threat_index: ["one:.items-default"] }],
    ["those that it searches itself", true, { type: "query", index: [".items-*"], query: "value: x" }],
    ["those that an ES|QL query names", true, { type: "esql", query: "FROM .items-default" }],
    [
      "those of the list that its query names",
      true,
      { ...match, threat_index: [".items-default"], threat_query: 'list_id: "hosts"' },
    ],
    [
      "those of lists by a pattern",
      true,
      { ...match, threat_index: [".items-default"], threat_query: "list_id: ho*" },
    ],
    [
      "those of the list that its filter names",
      true,
      {
        ...match,
        threat_index: [".items-default"],
        threat_query: "",
        threat_filters: [{ query: { term: { list_id: "hosts" } } }],
      },
    ],
    [
      "not those of another list",
      false,
      { ...match, threat_index: [".items-default"], threat_query: 'list_id: "others"' },
    ],
    ["not those of another space", false, { ...match, threat_index: [".items-emea"] }],
    ["not those of a longer name", false, { ...match, threat_index: [".items-default-2"] }],
    ["nothing hidden by a pattern without a dot", false, { ...match, threat_index: ["*"] }],
    ["nothing that a pattern takes out", false, { ...match, threat_index: ["-.items-default"] }],
    [
      "nothing by a query that only mentions it",
      false,
      { type: "query", index: ["logs-*"], query: ".items-default" },
    ],
    ["nothing by patterns that are none", false, { ...match, threat_index: [1] }],
  ])("%s", (_, is, rule) => expect(ruleUses(rule, values, "default")).toBe(is));
});
