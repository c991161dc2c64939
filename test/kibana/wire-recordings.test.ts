import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import * as wire from "../../src/kibana/wire.js";

const folder = resolve(
  import.meta.dirname,
  "../..",
  process.env["KDAC_CONFORMANCE"] ?? "../shared/conformance",
);
const isThere = existsSync(join(folder, "ndjson"));
if (!isThere) console.warn(`SKIPPED: no recordings of real Kibanas at ${folder} (set KDAC_CONFORMANCE)`);

type Json = Record<string, unknown>;

/** Objects of a kind anywhere in a recorded answer, NDJSON in strings included. */
function* objectsIn(value: unknown): Generator<Json> {
  if (typeof value === "string" && value.startsWith("{")) {
    for (const line of value.split("\n").filter((text) => text !== "")) yield* objectsIn(JSON.parse(line));
  } else if (typeof value === "object" && value !== null) {
    if (!Array.isArray(value)) yield value as Json;
    for (const inner of Object.values(value)) yield* objectsIn(inner);
  }
}

const isRule = (value: Json): boolean => "rule_id" in value && "risk_score" in value;
const isItem = (value: Json): boolean => "item_id" in value && "entries" in value;
const isList = (value: Json): boolean => "list_id" in value && "immutable" in value && !isRule(value);
const isConnector = (value: Json): boolean => value["type"] === "action" && "attributes" in value;

/** Puts back what the recordings had taken out: ids and times. */
function unscrubbed(value: Json): Json {
  const time = "2026-08-12T18:00:00.000Z";
  const lists = value["exceptions_list"] as Json[] | undefined;
  return {
    id: "0f4b1f2e-0000-4000-8000-000000000000",
    created_at: time,
    updated_at: time,
    ...value,
    ...(lists && { exceptions_list: lists.map((list) => ({ id: "1", ...list })) }),
  };
}

const recorded = isThere
  ? readdirSync(join(folder, "kibana-9.5.1-recordings"))
      .filter((name) => /^(?:rules|exception)_.*\.json$/.test(name))
      .map((name): [string, Json[]] => {
        const text = readFileSync(join(folder, "kibana-9.5.1-recordings", name), "utf8");
        return [name, [...objectsIn((JSON.parse(text) as Json)["response"])]];
      })
      .filter(([, objects]) => objects.some((one) => isRule(one) || isItem(one) || isList(one)))
  : [];

describe.skipIf(!isThere)("recorded answers of Kibana 9.5.1", () => {
  it("are there", () => {
    expect(recorded.length).toBeGreaterThan(12);
  });

  it.each(recorded)(
    "%s decode as responses and as exports, with nothing unknown in them",
    (_name, objects) => {
      for (const object of objects) {
        const whole = unscrubbed(object);
        if (isRule(object)) {
          expect(wire.decodeExportedRule(object, "reject")).toEqual({ ok: true, value: object });
          expect(wire.decodeRuleResponse(whole, "reject")).toEqual({ ok: true, value: whole });
        } else if (isItem(object)) {
          expect(wire.decodeExportedItem(object, "reject")).toEqual({ ok: true, value: object });
          expect(wire.decodeItemResponse(whole, "reject")).toEqual({ ok: true, value: whole });
        } else if (isList(object)) {
          expect(wire.decodeExportedList(object, "reject")).toEqual({ ok: true, value: object });
          expect(wire.decodeListResponse(whole, "reject")).toEqual({ ok: true, value: whole });
        }
      }
    },
  );
});

const exports = isThere ? readdirSync(join(folder, "ndjson")).filter((name) => name.endsWith(".ndjson")) : [];

describe.skipIf(!isThere)("exports of Kibana 7.14 to 9.5", () => {
  it.each(exports)("%s decodes line by line, unchanged", (name) => {
    const text = readFileSync(join(folder, "ndjson", name), "utf8");
    const lines = text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line) as Json);
    const decoded = lines.flatMap((line): wire.Decoded<unknown>[] => {
      if (isRule(line)) return [wire.decodeExportedRule(line)];
      if (isItem(line)) return [wire.decodeExportedItem(line)];
      if (isConnector(line)) return [wire.decodeConnectorSavedObject(line)];
      return isList(line) ? [wire.decodeExportedList(line)] : [];
    });
    // All but the summary.
    expect(decoded).toEqual(lines.slice(0, -1).map((value) => ({ ok: true, value })));
  });
});
