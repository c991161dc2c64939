import { load, YAML11_SCHEMA } from "js-yaml";
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { emit, parseDocument } from "../../../src/yaml/index.js";
import { nasty } from "./arbitrary.js";

const written = (value: unknown) => emit({ a: value }).slice(3).replace(/\n$/, "");

describe("a string on one line", () => {
  it.each([
    // Plain where nothing can be misread.
    ["Windows", "Windows"],
    ["logs-endpoint.events.*", "logs-endpoint.events.*"],
    ["8.14.0", "8.14.0"],
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["5m", "5m"],
    ["6b3ceb93-f307-4f7d-ace2-3b011f6c1609", "6b3ceb93-f307-4f7d-ace2-3b011f6c1609"],
    ["C:\\Windows\\System32", "C:\\Windows\\System32"],
    ["https://attack.mitre.org/techniques/T1059/", "https://attack.mitre.org/techniques/T1059/"],
    ["-*.cloud-logs-*", "-*.cloud-logs-*"],
    ['say "hi"', 'say "hi"'],
    ["it's", "it's"],
    ["a#b", "a#b"],
    ["see {{host.name}} [1]", "see {{host.name}} [1]"],
    ["😀 émile", "😀 émile"],
    // Double quotes where plain text would be something else.
    ["", '""'],
    ["1.10", '"1.10"'],
    ["0x1F", '"0x1F"'],
    ["1_000", '"1_000"'],
    ["12:30", '"12:30"'],
    ["1e3", '"1e3"'],
    ["-.INF", '"-.INF"'],
    [".", '"."'],
    ["2024-01-01", '"2024-01-01"'],
    ["2024-01-01T00:00:00Z", '"2024-01-01T00:00:00Z"'],
    ["yes", '"yes"'],
    ["Y", '"Y"'],
    ["off", '"off"'],
    ["NULL", '"NULL"'],
    ["~", '"~"'],
    ["=", '"="'],
    ["<<", '"<<"'],
    ["*", '"*"'],
    [">=2.0.0", '">=2.0.0"'],
    ["@timestamp", '"@timestamp"'],
    ["{{host.name}}", '"{{host.name}}"'],
    ["- a", '"- a"'],
    ["-", '"-"'],
    ["---", '"---"'],
    ["a: b", '"a: b"'],
    ["a:", '"a:"'],
    ["a #b", '"a #b"'],
    [" a", '" a"'],
    ["a ", '"a "'],
    ["it's: so", '"it\'s: so"'],
    // Single quotes where they save escapes.
    ['"quoted"', "'\"quoted\"'"],
    ["*\\*.exe", "'*\\*.exe'"],
    ['"it\'s"', "'\"it''s\"'"],
    ["'a' 'b' \"c\": d", "\"'a' 'b' \\\"c\\\": d\""],
    // Escapes where nothing else can write it.
    ["a\tb", '"a\\tb"'],
    ["a\rb", '"a\\rb"'],
    ["\0\x07\b\v\f\x1b\x85\u2028\u2029", '"\\0\\a\\b\\v\\f\\e\\N\\L\\P"'],
    ["\x01\x9f\ufeff\ud800", '"\\x01\\x9F\\uFEFF\\uD800"'],
    [" \n ", '" \\n "'],
  ])("%j is %s", (value, text) => {
    expect(written(value)).toBe(text);
    expect(parseDocument(emit({ a: value }), "x").data).toEqual({ a: value });
  });
});

describe("other scalars", () => {
  it.each([
    [null, "null"],
    [true, "true"],
    [0, "0"],
    [-0, "-0"],
    [0.1, "0.1"],
    [123456789012345680000, "123456789012345680000"],
    [1e21, "1.0e+21"],
    [5e-324, "5.0e-324"],
    [-1.5e-9, "-1.5e-9"],
    [Infinity, ".inf"],
    [-Infinity, "-.inf"],
    [NaN, ".nan"],
  ])("%s is %s", (value, text) => {
    expect(written(value)).toBe(text);
    expect(parseDocument(emit({ a: value }), "x").data).toEqual({ a: value });
  });
});

describe("tools that still read YAML 1.1", () => {
  const scalar = fc.oneof(nasty, fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
  test.prop([scalar, nasty], { numRuns: 2000 })("read the same values", (value, key) => {
    const data = { k: value, list: [value], [`k${key}`]: value };
    expect(load(emit(data), { schema: YAML11_SCHEMA })).toStrictEqual(data);
  });
});
