import { expect, it } from "vitest";
import {
  familyOf,
  isBoolean,
  isDate,
  isInteger,
  isIp,
  isKeyword,
  isNumber,
  isObject,
  isString,
  isText,
  isVersion,
  mappingTypes,
} from "../../src/fields/index.js";

const PREDICATES = {
  isText,
  isKeyword,
  isString,
  isNumber,
  isInteger,
  isDate,
  isIp,
  isBoolean,
  isVersion,
  isObject,
};

it.each([
  ["keyword", "keyword", ["isKeyword", "isString"]],
  ["constant_keyword", "keyword", ["isKeyword", "isString"]],
  ["wildcard", "keyword", ["isKeyword", "isString"]],
  ["flattened", "keyword", ["isKeyword", "isString"]],
  ["text", "text", ["isText", "isString"]],
  ["match_only_text", "text", ["isText", "isString"]],
  ["string", "string", ["isString"]],
  ["long", "number", ["isNumber", "isInteger"]],
  ["unsigned_long", "number", ["isNumber", "isInteger"]],
  ["scaled_float", "number", ["isNumber"]],
  ["number", "number", ["isNumber"]],
  ["date_nanos", "date", ["isDate"]],
  ["ip", "ip", ["isIp"]],
  ["boolean", "boolean", ["isBoolean"]],
  ["version", "version", ["isVersion"]],
  ["nested", "object", ["isObject"]],
  ["ip_range", "range", []],
  ["geo_point", "other", []],
  ["constructor", "other", []],
])("%s is of the family %s", (type, family, holds) => {
  expect(familyOf(type)).toBe(family);
  expect(Object.entries(PREDICATES).flatMap(([name, is]) => (is(type) ? [name] : []))).toEqual(holds);
});

it("knows the types that a mapping may have, and not those of data views", () => {
  expect(mappingTypes()).toContain("geo_point");
  expect(mappingTypes()).toContain("half_float");
  expect(mappingTypes()).not.toContain("string");
  expect(new Set(mappingTypes()).size).toBe(mappingTypes().length);
});
