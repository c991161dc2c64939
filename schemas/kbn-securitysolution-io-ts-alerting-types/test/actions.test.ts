import { isLeft } from "fp-ts/lib/Either.js";
import { describe, expect, it } from "vitest";
import {
  RuleAction,
  RuleActionAlertsFilter,
  RuleActionArray,
  RuleActionArrayCamel,
  RuleActionCamel,
  RuleActionFrequency,
  RuleActionNotifyWhen,
  RuleActionThrottle,
  RuleActionUuid,
} from "../src/index.js";
import { type Accepted, expectAccepted, expectRejected, type Rejected, supplied } from "./harness.js";

const action = { group: "default", id: "1", action_type_id: ".slack", params: {} };
const camel = { group: "default", id: "1", actionTypeId: ".slack", params: {} };
const frequency = { summary: true, notifyWhen: "onActiveAlert", throttle: null };
const timeframe = { timezone: "UTC", days: [1, 7], hours: { start: "08:00", end: "17:00" } };

const filterOf = (element: unknown): object => ({ query: { kql: "", filters: [element] } });

describe("RuleAction", () => {
  it.each<Accepted>([
    [action],
    [{ ...action, group: "", id: "", action_type_id: "" }],
    [{ ...action, extra: 1 }, action],
    [{ ...action, uuid: undefined }],
    [{ ...action, frequency: undefined }],
    [{ ...action, uuid: "u", frequency, alerts_filter: {} }],
    // The frequency is not exact, so its unknown key stays.
    [{ ...action, frequency: { ...frequency, e: 1 } }],
    [{ ...action, alerts_filter: { timeframe, query: { kql: "a: b", filters: [] } } }],
  ])("accepts %j", (...row) => {
    expectAccepted(RuleAction, row);
  });

  it.each<Rejected>([
    [{ ...action, uuid: "" }, supplied("", "uuid")],
    [{ ...action, frequency: null }, supplied("null", "frequency")],
    [{ ...action, params: [] }, supplied("[]", "params")],
    [
      {},
      supplied("undefined", "group"),
      supplied("undefined", "id"),
      supplied("undefined", "action_type_id"),
      supplied("undefined", "params"),
    ],
  ])("rejects %j", (...row) => {
    expectRejected(RuleAction, row);
  });

  it("comes in lists, which may be empty but not null", () => {
    expectAccepted(RuleActionArray, [[]]);
    expectAccepted(RuleActionArray, [[action, action]]);
    expectRejected(RuleActionArray, [null, supplied("null", RuleActionArray.name)]);
  });
});

describe("RuleActionCamel", () => {
  it("has the stored form's names", () => {
    expectAccepted(RuleActionCamel, [
      { ...camel, uuid: "u", frequency, alertsFilter: {}, alerts_filter: 5 },
      { ...camel, uuid: "u", frequency, alertsFilter: {} },
    ]);
    expectRejected(RuleActionCamel, [action, supplied("undefined", "actionTypeId")]);
  });

  it("comes in lists", () => {
    expectAccepted(RuleActionArrayCamel, [[camel]]);
    expectRejected(RuleActionArrayCamel, [null, supplied("null", RuleActionArrayCamel.name)]);
  });
});

describe("RuleActionAlertsFilter", () => {
  it.each<Accepted>([
    [{}],
    [{ query: { kql: "", filters: [] }, z: 1 }],
    [{ query: undefined, timeframe: undefined }],
    [{ query: { kql: "a: b", filters: [], dsl: "{}" } }],
    // The half of the intersection that holds `dsl` is not exact and carries the unknown key over.
    [{ query: { kql: "", filters: [], z: 1 } }],
    [filterOf({ meta: { foo: 1 }, bar: 2 })],
    [filterOf({ meta: { alias: null, negate: true } })],
    [filterOf({ meta: {}, $state: {} }), filterOf({ meta: {}, $state: { store: undefined } })],
    [filterOf({ meta: {}, query: [] })],
    [{ timeframe: { ...timeframe, hours: { ...timeframe.hours, q: 1 }, q: 2 } }, { timeframe }],
    [{ timeframe: { ...timeframe, days: [] } }],
  ])("accepts %j", (...row) => {
    expectAccepted(RuleActionAlertsFilter, row);
  });

  it.each<readonly [unknown]>([
    [undefined],
    [{ query: null }],
    [{ timeframe: null }],
    [filterOf({})],
    [{ timeframe: { ...timeframe, days: [0] } }],
    [{ timeframe: { ...timeframe, days: [8] } }],
    [{ timeframe: { ...timeframe, days: ["1"] } }],
  ])("rejects %j", (input) => {
    expect(isLeft(RuleActionAlertsFilter.decode(input))).toBe(true);
  });

  it("names what a query lacks", () => {
    expectRejected(RuleActionAlertsFilter, [
      { query: { kql: "" } },
      supplied('{"kql":""}', "query"),
      supplied("undefined", "query,filters"),
    ]);
  });
});

describe("RuleActionFrequency", () => {
  it.each<Accepted>([
    [frequency],
    [{ ...frequency, throttle: "1h", notifyWhen: "onThrottleInterval" }],
    [{ ...frequency, notifyWhen: "onActionGroupChange", extra: 1 }],
  ])("accepts %j", (...row) => {
    expectAccepted(RuleActionFrequency, row);
  });

  it("requires its three keys", () => {
    const { throttle: _throttle, ...rest } = frequency;
    expectRejected(RuleActionFrequency, [rest, supplied("undefined", "throttle")]);
    expectRejected(RuleActionFrequency, [
      { ...frequency, notifyWhen: "never" },
      supplied("never", "notifyWhen"),
    ]);
    expectRejected(RuleActionFrequency, [{ ...frequency, summary: "yes" }, supplied("yes", "summary")]);
  });

  it("knows three times to notify", () => {
    expect(RuleActionNotifyWhen.name).toBe(
      '("onActionGroupChange" | "onActiveAlert" | "onThrottleInterval")',
    );
  });
});

describe("RuleActionThrottle", () => {
  const NAME = '("no_actions" | "rule" | TimeDuration)';

  it.each(["no_actions", "rule", "1h", "5m", "30s", "7d"])("accepts %j", (value) => {
    expectAccepted(RuleActionThrottle, [value]);
  });

  it.each(["1w", "0h", "-1h", "1.5h", "h", "5", "", " ", null, undefined, 5])("rejects %j", (value) => {
    expectRejected(RuleActionThrottle, [value, supplied(String(value), NAME)]);
  });
});

describe("RuleActionUuid", () => {
  it("is any text that is not blank", () => {
    expectAccepted(RuleActionUuid, ["1"]);
    expectRejected(RuleActionUuid, [" ", supplied(" ", "NonEmptyString")]);
  });
});
