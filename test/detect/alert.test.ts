import { describe, expect, it } from "vitest";
import { at, event, hit, pick, rule, runOn } from "./support.js";

const everything = rule("query", { query: "*:*" });
const alertOn = (
  source: Readonly<Record<string, unknown>>,
  given = everything,
  mappings?: Readonly<Record<string, unknown>>,
) =>
  runOn(
    [hit("a", event("11:58:00", source))],
    given,
    mappings === undefined ? {} : { mappings: { mappings: mappings as never } },
  ).alerts[0]!;

describe("what an alert takes over from its event", () => {
  it.each([
    [
      "an object where ECS has a value",
      { agent: { name: { first: "x" }, version: "1" } },
      { agent: { version: "1" } },
    ],
    ["a value where ECS has an object", { container: "x", "x.y": 1 }, { "x.y": 1 }],
    ["a key below a value of ECS", { "agent.name.first": "x", "agent.name": "n" }, { "agent.name": "n" }],
    [
      "what is no address",
      { client: { ip: ["::1", "nowhere"], bytes: 1 } },
      { client: { ip: ["::1"], bytes: 1 } },
    ],
    [
      "what is no date",
      { event: { created: ["2024-01-01", "soon", 5, true] } },
      { event: { created: ["2024-01-01", 5] } },
    ],
    [
      "what is no boolean",
      { dll: { code_signature: { valid: ["yes", "true", false] } } },
      { dll: { code_signature: { valid: ["true", false] } } },
    ],
    [
      "what is no whole number",
      { client: { port: ["x", "80", 443, 1e30] } },
      { client: { port: ["80", 443] } },
    ],
    ["lists of which nothing is left", { client: { ip: ["nowhere"] } }, { client: {} }],
  ])("leaves out %s", (_name, source, kept) => {
    const fields = Object.entries(alertOn(source)).filter(
      ([name]) => !/^kibana\.|^@timestamp|^event\.kind/.test(name),
    );
    expect(Object.fromEntries(fields)).toEqual(kept);
  });

  it("keeps what ECS does not know, points in any form, nulls and empty lists", () => {
    const source = {
      own: { a: { b: 1 } },
      client: { geo: { location: "here" } },
      tags: [],
      "user.name": null,
    };
    expect(alertOn(source)).toMatchObject(source);
  });

  it("does not change the event", () => {
    const source = Object.freeze({
      event: Object.freeze({ kind: "event", action: "x" }),
      client: Object.freeze({ ip: "nowhere" }),
    });
    expect(alertOn(source)["event"]).toEqual({ action: "x" });
    expect(source.event.kind).toBe("event");
  });

  it("adds what only the index knows: constants, aliases, and variants of fields that are keys with dots", () => {
    const mappings = {
      "@timestamp": "date",
      "data_stream.dataset": "constant_keyword = set",
      "event.dataset": "alias of data_stream.dataset",
      "own.name": "keyword, .caseless keyword (lowercase)",
      "deep.name": "keyword, .text text",
    };
    const alert = alertOn({ "own.name": "X", deep: { name: "Y" } }, everything, mappings);
    expect(
      pick(
        [alert],
        "data_stream",
        "event",
        "own.name",
        "own.name.caseless",
        "deep",
        "deep.name.text",
        "original_event.dataset",
      ),
    ).toEqual([
      {
        data_stream: { dataset: "set" },
        event: { dataset: "set" },
        "own.name": "X",
        "own.name.caseless": "x",
        deep: { name: "Y" },
        "deep.name.text": undefined,
        "original_event.dataset": undefined,
      },
    ]);
    expect(alert["kibana.alert.original_data_stream.dataset"]).toBe("set");
  });
});

describe("overrides", () => {
  const severity = (field: string, value: string, to: string) => ({
    field,
    operator: "equals",
    value,
    severity: to,
  });
  const mapped = (source: object, ...severity_mapping: readonly object[]) =>
    alertOn(source as never, { ...everything, severity_mapping })["kibana.alert.severity"];

  it("give the highest severity that a value is mapped to", () => {
    const map = [severity("s", "a", "high"), severity("s", "b", "critical"), severity("s", "1", "low")];
    expect(mapped({ s: ["b", "a"] }, ...map)).toBe("critical");
    expect(mapped({ s: "a" }, ...map)).toBe("high");
    expect(mapped({ s: 1 }, ...map)).toBe("low");
    expect(mapped({ s: [true, 1.5, "c"] }, severity("s", "true", "high"), severity("s", "1.5", "high"))).toBe(
      "medium",
    );
  });

  it("compare `event.severity` as whole numbers", () => {
    expect(mapped({ event: { severity: 23 } }, severity("event.severity", "23.9", "high"))).toBe("high");
    expect(mapped({ event: { severity: "23" } }, severity("event.severity", "23", "high"))).toBe("medium");
  });

  it("take the highest score from 0 to 100", () => {
    const scored = (risk: unknown) =>
      alertOn(
        { risk },
        {
          ...everything,
          risk_score_mapping: [{ field: "risk", operator: "equals", value: "", risk_score: 3 }],
        },
      )["kibana.alert.risk_score"];
    expect([
      scored([1, "99.5", 101, -1]),
      scored("x"),
      scored(undefined),
      scored(""),
      scored([true]),
    ]).toEqual([99.5, 47, 47, 0, 47]);
  });

  it("take a name that is one text, and say it in the reason", () => {
    const named = (name: unknown) =>
      pick(
        [alertOn({ "host.name": name }, { ...everything, rule_name_override: "host.name" })],
        "rule.name",
        "reason",
      );
    expect(named("h1")).toEqual([{ "rule.name": "h1", reason: "event on h1 created medium alert h1." }]);
    expect(named(["h1", "h2"])).toEqual([
      { "rule.name": "Rule", reason: "event on h1, h2 created medium alert Rule." },
    ]);
  });

  it("leave the rule's own severity and score beside them", () => {
    const alert = alertOn(
      { s: "a" },
      {
        ...everything,
        severity_mapping: [severity("s", "a", "high")],
      },
    );
    expect(pick([alert], "severity", "rule.severity", "rule.parameters")).toMatchObject([
      { severity: "high", "rule.severity": "medium", "rule.parameters": { severity: "medium" } },
    ]);
  });
});

it("a building block says so", () => {
  expect(
    alertOn({}, { ...everything, building_block_type: "default" })["kibana.alert.building_block_type"],
  ).toBe("default");
});

it.each([
  [{ source: { ip: "10.0.0.1" } }, "event with source 10.0.0.1 created medium alert Rule."],
  [
    {
      event: { category: ["network", "process"] },
      source: { ip: "10.0.0.1", port: 1 },
      destination: { address: "d", port: 2 },
      file: { name: "f" },
    },
    "network, process event with file f, source 10.0.0.1:1, destination d:2, created medium alert Rule.",
  ],
])("the reason for %o is %s", (source, reason) =>
  expect(alertOn(source as never)["kibana.alert.reason"]).toBe(reason),
);

it("alerts of the same run have the same execution, those of another one not", () => {
  const events = [event("11:57:00"), event("11:58:00")];
  const executions = (time: string) =>
    runOn(events, everything, { at: at(time) }).alerts.map(
      (alert) => alert["kibana.alert.rule.execution.uuid"],
    );
  const [one, two] = executions("12:00:00");
  expect(one).toBe(two);
  expect(executions("12:01:00")[0]).not.toBe(one);
});
