import { describe, expect, it } from "vitest";
import { defaultLists, listFacts, repeatedLists } from "../../src/lint/checks/lists.js";
import { sharedDefaultLists } from "../../src/lint/default-lists.js";
import { exceptionItems } from "../../src/lint/exception-items.js";
import { viewOf } from "../../src/lint/check.js";
import { loadAttack } from "../../src/attack/index.js";
import type { ExceptionsFile } from "../../src/schema/index.js";
import { parseDocument } from "../../src/yaml/index.js";
import { testCheck } from "../support/check-tester.js";
import { BASE, compiled, ruleSource } from "../support/rule.js";

const DEFAULT = "{list_id: a, type: rule_default}";
const raw = (list_id: string, type = "detection", namespace = "single"): string =>
  `{id: x, list_id: ${list_id}, type: ${type}, namespace_type: ${namespace}}`;

testCheck(defaultLists, ["reference/several-default-lists"], {
  valid: ["", `exceptions: [${DEFAULT}, {list_id: b, type: detection}]`, `exceptions_list: [${raw("a")}]`],
  invalid: [
    {
      rule: `exceptions:\n  - ${DEFAULT}\n  - {list_id: b}\n  - {list_id: c, type: rule_default}`,
      findings: [{ code: "reference/several-default-lists", at: "4:5" }],
    },
    {
      rule: `exceptions_list:\n  - ${raw("a", "rule_default")}\n  - ${raw("b", "rule_default")}`,
      findings: [{ code: "reference/several-default-lists", at: "3:5" }],
    },
  ],
});

testCheck(repeatedLists, ["reference/repeated-exception-list"], {
  valid: [
    "exceptions: [{list_id: a}, {list_id: b}]",
    "exceptions: [{list_id: a}, {list_id: a, namespace_type: agnostic}]",
  ],
  invalid: [
    {
      rule: "exceptions: [{list_id: a}, {list_id: b}, {list_id: a, type: detection}]",
      findings: [
        {
          code: "reference/repeated-exception-list",
          at: "1:42",
          message: 'the exception list "a" is named twice',
        },
      ],
    },
  ],
});

describe("listFacts", () => {
  const lists = new Map([["hosts", { type: "detection", namespace_type: "agnostic" as const }]]);
  const found = (text: string) => {
    const rule = compiled(`${BASE}${text}\n`, { exceptionLists: lists });
    const attack = loadAttack("19.0");
    const view = viewOf(rule, { attack, stack: "9.5", tags: {}, complete: true, exceptionLists: lists });
    return [...listFacts(view)].map(({ message, target }) => [target.pointer, message]);
  };

  it.each([
    "exceptions: [hosts]",
    "exceptions: [{list_id: hosts}]",
    "exceptions: [{list_id: far, type: endpoint}]",
    `exceptions_list: [${raw("hosts", "detection", "agnostic")}]`,
  ])("takes %s", (text) => expect(found(text)).toEqual([]));

  it("finds what contradicts the list's own file", () => {
    expect(found("exceptions: [{list_id: hosts, type: endpoint, namespace_type: single}]")).toEqual([
      ["/exceptions/0/type", 'the exception list "hosts" has the type "detection", not "endpoint"'],
      [
        "/exceptions/0/namespace_type",
        'the exception list "hosts" has the namespace_type "agnostic", not "single"',
      ],
    ]);
    expect(found(`exceptions_list: [${raw("hosts")}]`).map(([pointer]) => pointer)).toEqual([
      "/exceptions_list/0/namespace_type",
    ]);
  });
});

const ruleOf = (id: string, list: string) =>
  ruleSource(`${BASE.replace("r-1", id)}exceptions: [{list_id: other}, ${list}]\n`);
const listOf = (file: string, items: string) => ({
  file,
  authored: parseDocument(`list_id: x\nitems: ${items}\n`, file).data as ExceptionsFile,
});
const entryOf = (type: string): string => `{field: f, type: ${type}, operator: included}`;
const itemOf = (id: string, ...types: string[]): string =>
  `{item_id: ${id}, name: n, description: d, entries: [${types.map(entryOf).join(", ")}]}`;

describe("sharedDefaultLists", () => {
  const declared = new Map([["c", { type: "rule_default", namespace_type: "single" as const }]]);
  const found = (...rules: [id: string, list: string][]) => [
    ...sharedDefaultLists(
      rules.map(([id, list]) => ruleOf(id, list)),
      declared,
    ),
  ];

  it.each([
    ["{list_id: a, type: rule_default}", "{list_id: a, type: rule_default}"],
    ["c", "{list_id: c}"],
  ])("finds a second rule with the same default list, and shows the first: %s, %s", (one, two) => {
    expect(found(["r-1", one], ["r-2", "{list_id: b, type: rule_default}"], ["r-3", two])).toMatchObject([
      {
        code: "reference/shared-default-list",
        message: expect.stringMatching(/the list "[ac]" is the default list of another rule/) as string,
        target: { pointer: "/exceptions/1" },
        related: [{ message: "first named here" }],
      },
    ]);
  });

  it("takes shared lists, and one rule that was loaded twice: that has a finding of its own", () => {
    expect(found(["r-1", "a"], ["r-2", "a"])).toEqual([]);
    expect(found(["r-1", "c"], ["r-1", "c"])).toEqual([]);
  });
});

describe("exceptionItems", () => {
  it("takes ids that differ and value lists by themselves", () => {
    const lists = [
      listOf("a.exceptions.yml", `[${itemOf("a", "match", "exists")}, ${itemOf("b", "list", "list")}]`),
      listOf("b.exceptions.yml", `[${itemOf("c", "match")}, {name: pruned}]`),
      { file: "c.exceptions.yml", authored: {} as ExceptionsFile },
    ];
    expect([...exceptionItems(lists)]).toEqual([]);
  });

  it("finds an id in two lists, and a value list beside another entry", () => {
    const lists = [
      listOf("a.exceptions.yml", `[${itemOf("a", "match")}]`),
      listOf("b.exceptions.yml", `[${itemOf("b", "list", "match")}, ${itemOf("a", "exists")}]`),
    ];
    expect([...exceptionItems(lists)]).toMatchObject([
      {
        code: "reference/mixed-value-list",
        target: { file: "b.exceptions.yml", pointer: "/items/0/entries/1" },
      },
      {
        code: "reference/duplicate-item-id",
        message: 'the item_id "a" is taken',
        target: { file: "b.exceptions.yml", pointer: "/items/1/item_id" },
        related: [{ target: { file: "a.exceptions.yml", pointer: "/items/0/item_id" } }],
      },
    ]);
  });

  it("finds what expired, by the clock that it is given", () => {
    const ending = (id: string, time: string): string =>
      `{item_id: ${id}, name: ${id}, expire_time: "${time}", entries: [{type: exists}]}`;
    const lists = [
      listOf(
        "a.exceptions.yml",
        `[${ending("over", "2026-06-30T22:00:00.000+02:00")}, ${ending("later", "2026-06-30T22:00:00.000Z")}, ${ending("broken", "soon")}]`,
      ),
    ];
    expect([...exceptionItems(lists)]).toEqual([]);
    expect([...exceptionItems(lists, new Date("2026-06-30T19:59:59.999Z"))]).toEqual([]);
    expect([...exceptionItems(lists, new Date("2026-06-30T20:00:00.000Z"))]).toMatchObject([
      {
        code: "exception/expired",
        severity: "warning",
        message: 'the exception "over" holds no longer: it expired at 2026-06-30T22:00:00.000+02:00',
        target: { file: "a.exceptions.yml", pointer: "/items/0/expire_time" },
      },
    ]);
  });
});
