import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { fromPointer, toPointer } from "../../src/diagnostics/index.js";

describe("JSON pointers", () => {
  it.each([
    [[], ""],
    [[""], "/"],
    [["a", 0, "b"], "/a/0/b"],
    [["a/b", "m~n", "~1"], "/a~1b/m~0n/~01"],
  ])("%j is %j", (path, pointer) => {
    expect(toPointer(path)).toBe(pointer);
    expect(fromPointer(pointer)).toEqual(path.map(String));
  });

  test.prop([fc.array(fc.string({ unit: fc.constantFrom("a", "/", "~", "0", "1", "é") }))])(
    "there and back",
    (path) => {
      expect(fromPointer(toPointer(path))).toEqual(path);
    },
  );
});
