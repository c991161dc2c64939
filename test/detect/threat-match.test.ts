import { describe, expect, it } from "vitest";
import { at, event, hit, pick, rule, runOn, sources } from "./support.js";

const mapping = (...entries: readonly (readonly [string, string, boolean?])[]) => ({
  entries: entries.map(([field, value, negate]) => ({
    field,
    value,
    type: "mapping",
    ...(negate === undefined ? {} : { negate }),
  })),
});
const threat = (threat_mapping: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) =>
  rule("threat_match", {
    query: "*:*",
    index: ["logs"],
    threat_index: ["ti"],
    threat_query: "*:*",
    threat_mapping,
    ...more,
  });
const log = (id: string, fields: Readonly<Record<string, unknown>>, time = "11:58:00") =>
  hit(id, event(time, fields), "logs");
const indicator = (
  id: string,
  fields: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
) =>
  hit(
    id,
    { "@timestamp": "2020-01-01", threat: { indicator: fields, feed: { name: "feed" } }, ...more },
    "ti",
  );
/** Documents that match nothing, so that one side is the larger. */
const filler = (make: (id: string, fields: Readonly<Record<string, unknown>>) => unknown) =>
  Array.from({ length: 9 }, (_, i) =>
    make(`filler-${i}`, { "source.ip": `192.0.2.${i}`, ip: `198.51.100.${i}` }),
  );

describe.each([
  ["more events", filler(log)],
  ["more indicators", filler(indicator)],
])("an indicator match rule with %s", (_name, more) => {
  const found = (documents: readonly unknown[], given: ReturnType<typeof threat>) =>
    runOn([...documents, ...more] as never, given);

  it("alerts on what an indicator is about, newest first, and says which", () => {
    const { alerts } = found(
      [
        log("a", { "source.ip": "10.0.0.1" }, "11:57:00"),
        log("b", { "source.ip": "10.0.0.1" }),
        log("c", { "source.ip": "10.0.0.3" }),
        indicator("i", { ip: "10.0.0.1", type: "ip" }),
      ],
      threat([mapping(["source.ip", "threat.indicator.ip"])]),
    );
    expect(sources(alerts)).toEqual(["b", "a"]);
    expect(alerts[0]!["threat.enrichments"]).toEqual([
      {
        indicator: { ip: "10.0.0.1", type: "ip" },
        feed: { name: "feed" },
        matched: {
          atomic: "10.0.0.1",
          field: "source.ip",
          id: "i",
          index: "ti",
          type: "indicator_match_rule",
        },
      },
    ]);
  });

  it("takes mappings as alternatives, and all entries of one together", () => {
    const documents = [
      log("both", { "source.ip": "10.0.0.1", "user.name": "bob" }),
      log("one", { "source.ip": "10.0.0.1", "user.name": "eve" }),
      log("other", { "source.ip": "10.0.0.9", "user.name": "zoe" }),
      indicator("i", { ip: "10.0.0.1" }, { "user.name": "bob" }),
      indicator("j", { name: "zoe" }),
    ];
    const all = threat([mapping(["source.ip", "threat.indicator.ip"], ["user.name", "user.name"])]);
    expect(sources(found(documents, all).alerts)).toEqual(["both"]);
    expect(found(documents, all).alerts[0]!["threat.enrichments"]).toMatchObject([
      { matched: { field: "source.ip", id: "i" } },
      { matched: { field: "user.name", id: "i" } },
    ]);
    const either = threat([
      ...(all["threat_mapping" as never] as never),
      mapping(["user.name", "threat.indicator.name"]),
    ]);
    expect(sources(found(documents, either).alerts).toSorted()).toEqual(["both", "other"]);
  });

  it("asks negated entries to differ", () => {
    const documents = [
      log("same", { "user.name": "bob", "geo.country": "UK" }),
      log("differs", { "user.name": "eve", "geo.country": "UK" }),
      indicator("i", {}, { "user.name": "bob", "geo.country": "UK" }),
      indicator("j", {}, { "user.name": "eve", "geo.country": "FR" }),
    ];
    const given = threat([mapping(["user.name", "user.name"], ["geo.country", "geo.country", true])]);
    expect(sources(found(documents, given).alerts)).toEqual(["differs"]);
    expect(found(documents, given).alerts[0]!["threat.enrichments"]).toMatchObject([
      { matched: { field: "user.name", id: "j" } },
    ]);
  });

  it("finds indicators by their query and filters, and leaves out those that exceptions are about", () => {
    const documents = [log("a", { "source.ip": "10.0.0.1" }), indicator("i", { ip: "10.0.0.1", type: "ip" })];
    const given = threat([mapping(["source.ip", "threat.indicator.ip"])]);
    expect(found(documents, { ...given, threat_query: "threat.indicator.type: url" }).alerts).toEqual([]);
    expect(
      found(documents, { ...given, threat_filters: [{ query: { exists: { field: "nothing" } } }] }).alerts,
    ).toEqual([]);
    const entries = [
      { field: "threat.indicator.type", operator: "included" as const, type: "match" as const, value: "ip" },
    ];
    expect(runOn([...documents, ...more] as never, given, { exceptionItems: [{ entries }] }).alerts).toEqual(
      [],
    );
    expect(found(documents, given).alerts).toHaveLength(1);
  });

  it("reads the indicator at its path, and fails where it is no object", () => {
    const given = threat([mapping(["source.ip", "ioc.ip"])], { threat_indicator_path: "ioc" });
    const documents = [
      log("a", { "source.ip": "10.0.0.1" }),
      hit("i", { "@timestamp": "2020-01-01", ioc: { ip: "10.0.0.1" } }, "ti"),
    ];
    expect(found(documents, given).alerts[0]!["threat.enrichments"]).toMatchObject([
      { indicator: { ip: "10.0.0.1" }, feed: {} },
    ]);
    const broken = found(documents, { ...given, threat_indicator_path: "ioc.ip" });
    expect([broken.status, broken.errors]).toEqual([
      "failed",
      ["Expected indicator field to be an object, but found: 10.0.0.1"],
    ]);
  });

  it("suppresses by group, oldest first", () => {
    const { alerts } = found(
      [
        log("b", { "source.ip": "10.0.0.1" }),
        log("a", { "source.ip": "10.0.0.1" }, "11:57:00"),
        indicator("i", { ip: "10.0.0.1" }),
      ],
      threat([mapping(["source.ip", "threat.indicator.ip"])], {
        alert_suppression: { group_by: ["source.ip"] },
      }),
    );
    expect(sources(alerts)).toEqual(["a"]);
    expect(pick(alerts, "suppression.docs_count", "suppression.end")).toEqual([
      { "suppression.docs_count": 1, "suppression.end": at("11:58:00") },
    ]);
    expect(alerts[0]!["threat.enrichments"]).toHaveLength(1);
  });
});

describe("several values", () => {
  const given = threat([mapping(["source.ip", "threat.indicator.ip"])]);

  it("count by the first one on the side that is gone through, by any on the other", () => {
    const event = log("a", { "source.ip": ["10.0.0.1", "10.0.0.2"] });
    const indicators = ["10.0.0.2", "10.0.0.9"].map((ip, i) => indicator(`i${i}`, { ip }));
    // One event, two indicators: the event is gone through, by its first value.
    expect(runOn([event, ...indicators], given).alerts).toEqual([]);
    // As many: the indicator is gone through, and finds any value of the event.
    expect(sources(runOn([event, indicators[0]!], given).alerts)).toEqual(["a"]);
  });

  it("keep an entry among several from matching", () => {
    const two = threat([mapping(["source.ip", "threat.indicator.ip"], ["user.name", "user.name"])]);
    const events = [log("a", { "source.ip": ["10.0.0.1", "10.0.0.2"], "user.name": "bob" })];
    const indicators = ["10.0.0.1", "10.0.0.9"].map((ip, i) =>
      indicator(`i${i}`, { ip }, { "user.name": "bob" }),
    );
    expect(runOn([...events, ...indicators], two).alerts).toEqual([]);
  });

  it("of enrichments are no more than 200, after those that the event has", () => {
    const event = log("a", {
      "source.ip": "10.0.0.1",
      threat: { enrichments: [{ own: true }], framework: "x" },
    });
    const indicators = Array.from({ length: 201 }, (_, i) => indicator(`i${i}`, { ip: "10.0.0.1" }));
    const [alert] = runOn([event, ...indicators], given).alerts;
    const enrichments = alert!["threat.enrichments"] as unknown[];
    expect([enrichments.length, enrichments[0], alert!["threat"]]).toEqual([
      201,
      { own: true },
      { framework: "x" },
    ]);
  });
});
