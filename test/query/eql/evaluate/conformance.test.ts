/** Elasticsearch's own cases of what queries find. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run, type RunOptions, type RunResult } from "../../../../src/query/eql/run.js";
import { describeConformance } from "../../../support/conformance.js";

type Event = Record<string, unknown>;

interface Case {
  readonly name: string;
  readonly query: string;
  readonly expected_event_ids: readonly number[] | readonly (readonly number[])[];
  readonly join_keys?: readonly string[];
  readonly size?: number;
  readonly timestamps?: "millis" | "nanos";
}

interface Suite {
  readonly cases: readonly Case[];
}

function load<T>(folder: string, file: string): T {
  return JSON.parse(readFileSync(join(folder, file), "utf8")) as T;
}

function idsOf({ events, sequences = [] }: RunResult, data: readonly Event[], id: string): unknown[] {
  const indexes = events ?? sequences.flatMap((sequence) => sequence.events);
  return indexes.map((index) => (index === null ? -1 : data[index]![id]));
}

const keysOf = ({ sequences = [] }: RunResult): string[] =>
  sequences.flatMap(({ joinKeys }) => joinKeys.map(String));

/** The event has the categories and times that the cases are about; it has no time zone and no tiebreaker. */
const OPTIONS: RunOptions = { categoryField: "event_type", timestampField: "timestamp" };

describeConformance("EQL queries", "eql", (folder) => {
  const data = load<Event[]>(folder, "data/test_data.json");

  it.each(load<Suite>(folder, "test_queries.json").cases)(
    "$name",
    ({ query, expected_event_ids: expected }) => {
      expect(idsOf(run(query, data, OPTIONS), data, "serial_event_id")).toEqual(expected);
    },
  );

  // As loaded into Elasticsearch for these cases: times in milliseconds, ordered by the serial number where equal.
  it.each(load<Suite>(folder, "test_queries.json").cases)(
    "$name, with times in milliseconds",
    ({ query, expected_event_ids: expected }) => {
      const loaded = data.map((event) => ({ ...event, "@timestamp": millis(event["timestamp"] as number) }));
      const options = { categoryField: "event_type", tiebreakerField: "serial_event_id" };
      expect(idsOf(run(query, loaded, options), loaded, "serial_event_id")).toEqual(expected);
    },
  );
});

/** Of a FILETIME. */
const millis = (time: number): number => Number((BigInt(time) - 116_444_736_000_000_000n) / 10_000n);

/** An ISO date of nanoseconds since 1970. */
function isoOfNanos(nanos: bigint): string {
  const seconds = new Date(Number(nanos / 1_000_000_000n) * 1_000).toISOString().slice(0, 19);
  return `${seconds}.${String(nanos % 1_000_000_000n).padStart(9, "0")}Z`;
}

describeConformance("EQL on dates", "eql", (folder) => {
  const data = load<Event[]>(folder, "data/test_data.json");
  const cases = load<Suite>(folder, "date.json").cases;
  // The numbers are not safe integers: they are read from the text.
  const times = [
    ...readFileSync(join(folder, "data/test_data.json"), "utf8").matchAll(/"timestamp": (\d+)/g),
  ];
  const loaded = {
    millis: data.map((event) => ({ ...event, "@timestamp": millis(event["timestamp"] as number) })),
    nanos: data.map((event, index) => ({ ...event, "@timestamp": isoOfNanos(BigInt(times[index]![1]!)) })),
  };

  it.each(cases)("$name", ({ query, expected_event_ids: expected, timestamps = "millis" }) => {
    const events = loaded[timestamps];
    const options = { categoryField: "event_type" };
    expect(idsOf(run(query, events, options), events, "serial_event_id")).toEqual(expected);
  });

  it.each(cases.filter(({ timestamps }) => timestamps === "millis"))(
    "$name, with FILETIME",
    ({ query, expected_event_ids: expected }) => {
      const events = data.map((event) => ({ ...event, "@timestamp": event["timestamp"] }));
      const options = { categoryField: "event_type" };
      expect(idsOf(run(query, events, options), events, "serial_event_id")).toEqual(expected);
    },
  );

  it.each(cases.filter(({ timestamps }) => timestamps === "nanos"))(
    "$name, with numbers",
    ({ query, expected_event_ids: expected }) => {
      const events = data.map((event, index) => ({ ...event, "@timestamp": times[index]![1] }));
      const options = { categoryField: "event_type", fields: { "@timestamp": "date_nanos" } };
      expect(idsOf(run(query, events, options), events, "serial_event_id")).toEqual(expected);
    },
  );
});

describeConformance("EQL with missing events", "eql", (folder) => {
  const data = load<Event[]>(folder, "data/missing-events.json");

  it.each(load<Suite>(folder, "test_missing_events.json").cases)(
    "$name",
    ({ query, expected_event_ids: expected, join_keys: keys = [] }) => {
      const result = run(query, data, { categoryField: "event_type" });
      expect(idsOf(result, data, "sequence")).toEqual(expected);
      expect(keysOf(result)).toEqual(keys);
    },
  );
});

describeConformance("EQL samples", "eql", (folder) => {
  // The mapping has a format for the days: 17-12-2022 in one index, 2022-12-17 in another.
  const data = ["sample1", "sample2", "sample3"]
    .flatMap((name) => load<Event[]>(folder, `data/${name}.json`))
    .map(({ "@timestamp_pretty": day, ...event }) => ({
      ...event,
      ...(typeof day === "string"
        ? {
            "@timestamp_pretty":
              day.length === 10 && day[2] === "-" ? day.split("-").toReversed().join("-") : day,
          }
        : {}),
    }));
  const fields = { "@timestamp_pretty": "date", date: "date", ip: "ip", host_ip: "ip" };

  it.each(load<Suite>(folder, "test_sample.json").cases)(
    "$name",
    ({ query, expected_event_ids: expected, join_keys: keys = [], size }) => {
      const options = { categoryField: "event_type", fields, ...(size === undefined ? {} : { size }) };
      const result = run(query, data, options);
      const choices = Array.isArray(expected[0]) ? expected : [expected];
      expect(choices).toContainEqual(idsOf(result, data, "id"));
      expect(keysOf(result)).toEqual(keys);
    },
  );
});

describeConformance("EQL functions of texts", "eql", (folder) => {
  const cases = load<{ expression: string; expected?: unknown; ok?: false }[]>(
    folder,
    "string_functions.json",
  );

  it.each(cases.filter(({ ok }) => ok !== false))("$expression", ({ expression, expected }) => {
    const matches = (query: string): boolean => run(query, [{}]).events!.length === 1;
    expect(matches(`any where ${expression} == ${JSON.stringify(expected)}`)).toBe(true);
    expect(matches(`any where ${expression} != ${JSON.stringify(expected)}`)).toBe(false);
  });

  describe("that are refused", () => {
    it.each(cases.filter(({ ok }) => ok === false))("$expression", ({ expression }) => {
      expect(() => run(`any where ${expression} == 1`, [{}])).toThrow(/cannot be run/);
    });
  });
});
