import { test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { merge, parseDocument } from "../../../src/yaml/index.js";
import { mutate, mutations, source } from "./arbitrary.js";

describe("a merge", () => {
  test.prop([source, mutations], { numRuns: 800 })("gives the data", (text, changes) => {
    const document = parseDocument(text, "x");
    const data = mutate(document.data, changes);
    const merged = merge(document, data, {
      order: ["b", "a", "query"],
      emitOptions: { spaced: new Set(["b"]) },
    });
    const result = parseDocument(merged, "x");
    expect(result.diagnostics).toEqual([]);
    expect(result.data).toStrictEqual(data);
  });

  test.prop([source], { numRuns: 200 })("of a document with its own data is the document", (text) => {
    const document = parseDocument(text, "x");
    expect(merge(document, document.data)).toBe(text);
  });
});
