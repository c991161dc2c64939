import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { report } from "../../src/diagnostics/index.js";
import { restorePointer } from "../../src/lint/restore-pointer.js";
import { prune } from "../../src/project/prune.js";

describe("restorePointer", () => {
  const data = { tags: ["a", 1, "b", 2, "c"], threat: [{ technique: [0, { id: "x" }] }], "5": { "1": "y" } };
  const pruned = ["/tags/1", "/tags/3", "/threat/0/technique/0"];

  it.each([
    ["/tags/0", "/tags/0"],
    ["/tags/1", "/tags/2"],
    ["/tags/2", "/tags/4"],
    ["/threat/0/technique/0/id", "/threat/0/technique/1/id"],
    ["/5/1", "/5/1"],
    ["/absent/0/x", "/absent/0/x"],
    ["", ""],
  ])("%j of what is left is %j of the file", (left, written) => {
    expect(restorePointer(left, data, pruned)).toBe(written);
  });

  const lists = fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 12 });
  test.prop([lists])("finds each item that prune left in a list", (items) => {
    const list = items.map(([n], i) => `${i}:${n}`);
    const gone = items.flatMap(([, bad], i) => (bad ? [`/list/${i}`] : []));
    const findings = gone.map((pointer) => report("rule/empty-text", { field: "x" }, { file: "f", pointer }));
    const { kept, pruned: out } = prune({ list }, findings);
    for (const [i, value] of (kept["list"] as string[]).entries()) {
      const pointer = restorePointer(`/list/${i}`, { list }, out);
      expect(list[Number(pointer.slice("/list/".length))]).toBe(value);
    }
  });
});
