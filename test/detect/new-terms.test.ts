import { describe, expect, it } from "vitest";
import { createDetector } from "../../src/detect/index.js";
import { at, event, hit, pick, rule, runOn, sources } from "./support.js";

const newTerms = (fields: readonly string[], more: Readonly<Record<string, unknown>> = {}) =>
  rule("new_terms", { query: "*:*", new_terms_fields: fields, history_window_start: "now-1h", ...more });
const user = (time: string, name: unknown, host?: string) =>
  event(time, { "user.name": name, ...(host === undefined ? {} : { "host.name": host }) });

describe("a new terms rule", () => {
  it("alerts once on each value that the history does not have, from its earliest event", () => {
    const { alerts } = runOn(
      [
        hit("known", user("11:30:00", "bob")),
        hit("again", user("11:58:00", "bob")),
        hit("later", user("11:59:00", "eve")),
        hit("first", user("11:57:00", "eve")),
        hit("new", user("11:58:00", "ann")),
      ],
      newTerms(["user.name"]),
    );
    expect(sources(alerts)).toEqual(["new", "first"]);
    expect(pick(alerts, "new_terms", "rule.category")).toEqual([
      { new_terms: ["ann"], "rule.category": "New Terms Rule" },
      { new_terms: ["eve"], "rule.category": "New Terms Rule" },
    ]);
  });

  it("looks no further back than the history, and counts what is at the window's start as known", () => {
    const { alerts } = runOn(
      [
        hit("older", user("10:59:59", "bob")),
        hit("start", user("11:54:00", "eve")),
        hit("eve", user("11:58:00", "eve")),
        hit("bob", user("11:58:00", "bob")),
      ],
      newTerms(["user.name"]),
    );
    expect(sources(alerts)).toEqual(["bob"]);
  });

  it("combines up to three fields, each value of a list by itself; a document that lacks one is left out", () => {
    const { alerts } = runOn(
      [
        user("11:30:00", ["bob", "eve"], "h1"),
        hit("a", user("11:58:00", ["bob", "ann"], "h1")),
        hit("b", user("11:58:00", "eve", "h2")),
        hit("c", user("11:58:00", "zoe")),
      ],
      newTerms(["user.name", "host.name"]),
    );
    expect(pick(alerts, "new_terms")).toEqual([{ new_terms: ["ann", "h1"] }, { new_terms: ["eve", "h2"] }]);
  });

  it("knows no history that the query or an exception leaves out", () => {
    const events = [user("11:30:00", "bob", "h1"), hit("a", user("11:58:00", "bob", "h2"))];
    expect(sources(runOn(events, newTerms(["user.name"], { query: "host.name: h2" })).alerts)).toEqual(["a"]);
    const entries = [
      { field: "host.name", operator: "included" as const, type: "match" as const, value: "h1" },
    ];
    expect(sources(runOn(events, newTerms(["user.name"]), { exceptionItems: [{ entries }] }).alerts)).toEqual(
      ["a"],
    );
    expect(runOn(events, newTerms(["user.name"])).alerts).toEqual([]);
  });

  it("does not alert twice on a value in overlapping windows", () => {
    const detector = createDetector();
    detector.index([user("11:58:00", "bob")]);
    const given = newTerms(["user.name"]);
    expect(detector.run(given, { at: at("12:00:00") }).alerts).toHaveLength(1);
    expect(detector.run(given, { at: at("12:03:00") }).alerts).toEqual([]);
    detector.index([user("12:05:00", "bob")]);
    expect(detector.run(given, { at: at("12:08:00") }).alerts).toEqual([]);
  });

  it("keeps to max_signals in the order of the values", () => {
    const { alerts, warnings } = runOn(
      [user("11:58:00", "eve"), user("11:59:00", "bob")],
      newTerms(["user.name"], { max_signals: 1 }),
    );
    expect(pick(alerts, "new_terms")).toEqual([{ new_terms: ["bob"] }]);
    expect(warnings).toEqual([
      "This rule reached the maximum alert limit for the rule execution. Some alerts were not created.",
    ]);
  });

  it("suppresses by group", () => {
    const { alerts } = runOn(
      [user("11:57:00", "bob", "h1"), user("11:58:00", "eve", "h1"), user("11:59:00", "ann", "h2")],
      newTerms(["user.name"], { alert_suppression: { group_by: ["host.name"] } }),
    );
    expect(pick(alerts, "new_terms", "suppression.terms", "suppression.docs_count")).toEqual([
      {
        new_terms: ["bob"],
        "suppression.terms": [{ field: "host.name", value: ["h1"] }],
        "suppression.docs_count": 1,
      },
      {
        new_terms: ["ann"],
        "suppression.terms": [{ field: "host.name", value: ["h2"] }],
        "suppression.docs_count": 0,
      },
    ]);
  });

  it("fails where the history's start is no time", () => {
    expect(
      runOn([event("11:58:00")], newTerms(["user.name"], { history_window_start: "long ago" })).errors,
    ).toEqual(["`history_window_start: long ago` is no time"]);
  });
});
