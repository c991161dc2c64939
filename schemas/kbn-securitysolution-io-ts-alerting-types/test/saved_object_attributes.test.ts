import { isLeft } from "fp-ts/lib/Either.js";
import { describe, expect, it } from "vitest";
import {
  saved_object_attribute,
  saved_object_attribute_single,
  saved_object_attributes,
} from "../src/index.js";
import { type Accepted, expectAccepted, expectRejected, type Rejected, supplied } from "./harness.js";

describe("saved_object_attributes", () => {
  it.each<Accepted>([
    [{}],
    [{ a: { b: { c: 1 } } }],
    [{ a: undefined }],
    [{ a: [1, "b", true, null], b: [{ c: 1 }] }],
  ])("accepts %j", (...row) => {
    expectAccepted(saved_object_attributes, row);
  });

  it.each<Rejected>([
    [[], supplied("[]", "saved_object_attributes")],
    ["a", supplied("a", "saved_object_attributes")],
    [5, supplied("5", "saved_object_attributes")],
    [null, supplied("null", "saved_object_attributes")],
    [undefined, supplied("undefined", "saved_object_attributes")],
  ])("rejects %j as the root", (...row) => {
    expectRejected(saved_object_attributes, row);
  });

  it.each<readonly [string, unknown]>([
    ["a list in a list", { a: [[1]] }],
    ["a function", { a: () => 1 }],
  ])("rejects %s", (_what, input) => {
    expect(isLeft(saved_object_attributes.decode(input))).toBe(true);
  });

  it("has names of its own", () => {
    expect([
      saved_object_attribute_single.name,
      saved_object_attribute.name,
      saved_object_attributes.name,
    ]).toEqual(["saved_object_attribute_single", "saved_object_attribute", "saved_object_attributes"]);
    expectAccepted(saved_object_attribute, [[1, {}]]);
    expect(isLeft(saved_object_attribute_single.decode([1]))).toBe(true);
  });
});
