/** Digests are those that Node's own crypto gives. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { digest } from "../../../../src/query/esql/evaluate/functions/digest.js";

it.each(["md5", "sha-1", "sha-224", "sha-256", "sha-384", "sha-512"])("%s of any text", (name) => {
  const known = (text: string): string => createHash(name.replace("-", "")).update(text).digest("hex");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
      expect(digest(name, text)).toBe(known(text));
    }),
  );
  for (const length of [55, 56, 63, 64, 111, 112, 127, 128])
    expect(digest(name, "a".repeat(length))).toBe(known("a".repeat(length)));
});

it("knows names in any case, and no others", () => {
  expect(digest("SHA256", "")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(digest("crc32", "a")).toBeUndefined();
});
