import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { compareTexts } from "../../../src/query/match/index.js";

describe("the order of texts", () => {
  test.prop([fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })])(
    "is that of their bytes",
    (a, b) => {
      expect(Math.sign(compareTexts(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
    },
  );
});
