import { fc, test } from "@fast-check/vitest";
import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect } from "vitest";
import { emit, type EmitOptions, parseDocument } from "../../../src/yaml/index.js";
import { json } from "./arbitrary.js";

const options: fc.Arbitrary<EmitOptions> = fc.record(
  {
    width: fc.constantFrom(40, 80, 120),
    header: fc.constantFrom("# one", "one\ntwo\r\n\n# three"),
    spaced: fc.constant(new Set(["query", "b"])),
    literal: fc.constant(new Set(["query", "a"])),
    flow: fc.constant(new Set(["entries", "b"])),
  },
  { requiredKeys: [] },
);

describe("what is emitted", () => {
  test.prop([json.mapping, options], { numRuns: 3000 })("is read back as it was", (value, options) => {
    const text = emit(value, options);
    const document = parseDocument(text, "x");
    if (Object.keys(value).length > 0) {
      expect(document.diagnostics).toEqual([]);
      expect(document.data).toStrictEqual(value);
    }
    expect(emit(document.data, options)).toBe(text);
  });

  test.prop([fc.oneof(json.value, fc.jsonValue())], { numRuns: 1000 })(
    "is read back by js-yaml alone, mapping or not",
    (value) => {
      expect(load(emit(value), { schema: CORE_SCHEMA })).toStrictEqual(value);
    },
  );
});
