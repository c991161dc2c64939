import { isDeepStrictEqual } from "node:util";
import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { toPointer } from "../../../src/diagnostics/index.js";
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

  test.prop([source, mutations], { numRuns: 500 })(
    "leaves what is the same to the letter, with its comments",
    (text, changes) => {
      const document = parseDocument(text, "x");
      const old = document.data as Record<string, unknown>;
      const data = mutate(old, changes);
      const kept = Object.keys(old).filter((key) => Object.hasOwn(data, key));
      // Where there is a key over several lines, or none that stays, all is written anew.
      fc.pre(kept.length > 0 && !/^\s*\? /m.test(text));
      const merged = merge(document, data);
      for (const key of kept.filter((name) => isDeepStrictEqual(old[name], data[name]))) {
        const pointer = toPointer([key]);
        const { start } = document.rangeOf({ pointer, on: "key" });
        const { end } = document.rangeOf({ pointer });
        expect(merged).toContain(text.slice(start, end));
        const comment = /\n(#[^\r\n]*)\r?\n$/.exec(text.slice(0, start))?.[1];
        if (comment !== undefined) expect(merged).toContain(comment);
      }
    },
  );
});
