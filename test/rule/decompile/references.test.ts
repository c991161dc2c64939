import { describe, expect, it } from "vitest";
import { normalise } from "../../../src/rule/decompile/index.js";
import { type Fields, roundTrip, RULE } from "./support.js";

const FREQUENCY = { summary: true, notifyWhen: "onActiveAlert", throttle: null };
const ID = "7d1c9f60-4a2e-4f7b-9a55-2b6c1e8f3d14";

const KNOWN = {
  connectorName: (id: string) => (id === ID ? "soc-slack" : undefined),
  listReference: ({ list_id }: Fields) => (list_id === "hosts" ? "hosts" : undefined),
};
const COMPILING = {
  connectors: new Map([["soc-slack", { id: ID, connector_type_id: ".slack" }]]),
  exceptionLists: new Map([["hosts", { type: "detection", namespace_type: "agnostic" as const }]]),
};

function imported(fields: Fields) {
  const source = { ...RULE, ...fields };
  const made = roundTrip(source, KNOWN, COMPILING);
  expect(normalise(made.rule)).toEqual(normalise(source));
  expect(made.findings).toEqual([]);
  return made.authored;
}

describe("actions", () => {
  const known = { id: ID, action_type_id: ".slack", params: { message: "m" } };
  const other = { id: "x", action_type_id: ".email", params: {} };
  const hourly = { summary: false, notifyWhen: "onThrottleInterval", throttle: "1h" };
  it.each<[string, Fields, Fields]>([
    [
      "by the name of their connector",
      { ...known, group: "default" },
      { connector: "soc-slack", params: { message: "m" } },
    ],
    [
      "with what Kibana fills in left out",
      { ...known, group: "default", frequency: FREQUENCY, uuid: "u" },
      { connector: "soc-slack", uuid: "u", params: { message: "m" } },
    ],
    [
      "with another group and frequency",
      { ...known, group: "g", frequency: hourly },
      { connector: "soc-slack", group: "g", frequency: hourly, params: { message: "m" } },
    ],
    [
      "with another group and the usual frequency",
      { ...known, group: "g", frequency: FREQUENCY },
      { connector: "soc-slack", group: "g", params: { message: "m" } },
    ],
    ["as they are, with an unknown connector", { ...other, group: "default", frequency: FREQUENCY }, other],
    [
      "without what Kibana makes of a filter",
      { ...other, group: "default", alerts_filter: { query: { kql: "a: b", filters: [], dsl: "{}" } } },
      { ...other, alerts_filter: { query: { kql: "a: b", filters: [] } } },
    ],
    [
      "of the system, which have no group",
      { id: "system-connector-.cases", action_type_id: ".cases", params: {} },
      { id: "system-connector-.cases", action_type_id: ".cases", params: {} },
    ],
    [
      "of the system with what others have",
      { ...other, action_type_id: ".cases", frequency: FREQUENCY, group: "default" },
      { ...other, action_type_id: ".cases", frequency: FREQUENCY },
    ],
  ])("%s", (_, action, expected) => {
    expect(imported({ actions: [action] })["actions"]).toEqual([expected]);
  });

  it("keep their frequency where the project's defaults have a throttle", () => {
    const given = { defaults: { throttle: "1h" } };
    const source = { ...RULE, actions: [{ ...other, group: "default", frequency: FREQUENCY }] };
    const { authored, rule } = roundTrip(source, given, given);
    expect(authored["actions"]).toEqual([{ ...other, frequency: FREQUENCY }]);
    expect(normalise(rule)).toEqual(normalise(source));
  });
});

describe("exception lists", () => {
  it("by list_id where the project has them, and by type where it has not", () => {
    const lists = [
      { id: "o-1", list_id: "hosts", type: "detection", namespace_type: "agnostic" },
      { id: "o-2", list_id: "elsewhere", type: "rule_default", namespace_type: "single" },
      { list_id: "endpoint_list", type: "endpoint", namespace_type: "agnostic" },
    ];
    expect(imported({ exceptions_list: lists })["exceptions"]).toEqual([
      "hosts",
      { list_id: "elsewhere", type: "rule_default" },
      { list_id: "endpoint_list", type: "endpoint", namespace_type: "agnostic" },
    ]);
  });

  it.each([
    [
      "are kept where they say more than the short form can",
      [{ id: "a", list_id: "hosts", type: "detection", namespace_type: "single", x: 1 }],
    ],
    ["are kept where they are none", "hosts"],
  ])("%s", (_, lists) => {
    const { authored, rule } = roundTrip({ ...RULE, exceptions_list: lists }, KNOWN, COMPILING);
    expect(authored["exceptions_list"]).toEqual(lists);
    expect(rule["exceptions_list"]).toEqual(lists);
  });
});
