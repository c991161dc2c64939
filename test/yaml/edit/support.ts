import { diffLines } from "diff";
import { expect } from "vitest";
import { merge, type MergeOptions, parseDocument } from "../../../src/yaml/index.js";

/** A rule's data, whose fields tests change as they know them. */
// oxlint-disable-next-line typescript/no-explicit-any -- each test sets fields of its own rule, at any depth
export type Data = Record<string, any>;

/** Merges what `change` makes of the text's data, and checks that the result has that data. */
export function merged(text: string, change: (data: Data) => unknown, options: MergeOptions = {}): string {
  const document = parseDocument(text, "x");
  expect(document.diagnostics).toEqual([]);
  const data = JSON.parse(JSON.stringify(document.data)) as Data;
  change(data);
  const result = merge(document, data, options);
  const again = parseDocument(result, "x");
  expect(again.diagnostics).toEqual([]);
  expect(again.data).toEqual(data);
  return result;
}

/** The lines that two texts do not share: `-` before what is gone, `+` before what is new. */
export function changedLines(before: string, after: string): string[] {
  return diffLines(before, after).flatMap(({ added, removed, value }) => {
    const sign = added ? "+" : removed ? "-" : "";
    return sign === ""
      ? []
      : value
          .replace(/\n$/, "")
          .split("\n")
          .map((line) => sign + line);
  });
}
