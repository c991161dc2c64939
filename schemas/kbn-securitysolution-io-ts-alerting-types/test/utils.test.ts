import { left, right } from "fp-ts/lib/Either.js";
import * as t from "io-ts";
import { describe, expect, it } from "vitest";
import { exactCheck, findDifferencesRecursive } from "../src/internal/exact_check.js";
import { formatErrors } from "../src/internal/format_errors.js";
import { foldLeftRight, getPaths } from "../src/internal/test_utils.js";
import { supplied } from "./harness.js";

const some = new t.Type<string>("someName", t.string.is, t.string.validate, t.identity);
const nameless = new t.Type<string>("", t.string.is, t.string.validate, t.identity);
const at = (...keys: string[]): t.Context => keys.map((key) => ({ key, type: nameless }));
const messages = (...texts: string[]): t.Errors =>
  texts.map((message) => ({ value: "x", context: [], message }));

describe("formatErrors", () => {
  it.each<readonly [string, t.Errors, string[]]>([
    ["nothing", [], []],
    ["messages in order", messages("one", "two"), ["one", "two"]],
    ["a message once", messages("one", "one"), ["one"]],
    ["a message before keys", [{ value: "x", context: at("key"), message: "one" }], ["one"]],
    ["keys that say something", [{ value: "x", context: at("", "5", "key1", " ") }], [supplied("x", "key1")]],
    ["several keys", [{ value: "x", context: at("key1", "key2") }], [supplied("x", "key1,key2")]],
    [
      "the codec when no key does",
      [{ value: "x", context: [{ key: "", type: some }] }],
      [supplied("x", "someName")],
    ],
    ["nothing when neither does", [{ value: "x", context: at("") }], [supplied("x", "")]],
    [
      "objects as JSON",
      [{ value: { foo: "some error" }, context: at("k") }],
      [supplied('{"foo":"some error"}', "k")],
    ],
  ])("prints %s", (_what, errors, lines) => {
    expect(formatErrors(errors)).toEqual(lines);
  });

  it("survives a null key and a circle", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    const context = [{ key: null as unknown as string, type: some }];
    expect(formatErrors([{ value: circle, context }])).toEqual([supplied("circular reference", "someName")]);
  });
});

describe("findDifferencesRecursive", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;

  it.each<readonly [unknown, unknown, string[]]>([
    [{ a: 1 }, { b: 1 }, ["a"]],
    [{ a: 1, c: 1 }, { b: 1 }, ["a", "c"]],
    [{ a: 1, b: { c: 1 } }, { a: 1, b: { d: 1 } }, ["c"]],
    [{ a: 1, b: [{ c: 1 }] }, { a: 1, b: [{ a: 1 }] }, ["c"]],
    [{ a: 1, b: [{ c: 1 }] }, { a: 1 }, ["b", '[{"c":1}]']],
    [{ a: 1, b: { c: 1 } }, { a: 1 }, ["b", '{"c":1}']],
    [{ a: 1, b: { c: { d: 1 } } }, { a: 1 }, ["b", '{"c":{"d":1}}']],
    [{ a: 1 }, { a: 1 }, []],
    [{}, {}, []],
    [null, null, []],
    [null, [], []],
    [{ a: null }, {}, ["a"]],
    [[1, 2], [1], ["1"]],
    [
      [{ x: 1 }, { x: 1 }],
      [{}, {}],
      ["x", "x"],
    ],
    [circle, null, ["circular reference"]],
  ])("%# lists the keys that went", (original, decoded, keys) => {
    expect(findDifferencesRecursive(original, decoded)).toEqual(keys);
  });
});

describe("exactCheck", () => {
  const codec = t.exact(t.type({ a: t.string }));

  it("turns a dropped key into an error", () => {
    const payload = { a: "test", b: "test" };
    expect(getPaths(exactCheck(payload, codec.decode(payload)))).toEqual(['invalid keys "b"']);
  });

  it("passes what is exact, and what failed already", () => {
    expect(exactCheck({ a: "x" }, codec.decode({ a: "x" }))).toEqual(right({ a: "x" }));
    const failed = left(messages("some error"));
    expect(exactCheck({ a: "x" }, failed)).toBe(failed);
    expect(getPaths(exactCheck(null, t.union([codec, t.null]).decode(null)))).toEqual(["no errors"]);
  });
});

describe("foldLeftRight and getPaths", () => {
  it("show both sides", () => {
    expect(foldLeftRight(right("x"))).toEqual({ schema: "x", errors: [] });
    expect(foldLeftRight(left(messages("one"))).schema).toEqual({});
    expect(getPaths(right("x"))).toEqual(["no errors"]);
    expect(getPaths(left([]))).toEqual([]);
  });
});
