import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/yaml/index.js";

const laughs = Array.from(
  { length: 12 },
  (_, i) =>
    `k${i}: &k${i} [${Array.from({ length: 9 }, () => (i === 0 ? "ha" : `*k${i - 1}`)).join(", ")}]\n`,
).join("");

const hostile: readonly (readonly [what: string, text: string, code: string])[] = [
  ["more than 5 MB", `a: ${"x".repeat(5_000_000)}`, "yaml/too-large"],
  ["aliases of aliases", laughs, "yaml/alias-expansion"],
  ["too many aliases", `a: &x 1\nb: [${"*x, ".repeat(201)}]`, "yaml/too-many-aliases"],
  ["deep brackets", `a: ${"[".repeat(100_000)}`, "yaml/too-deep"],
  [
    "deep indentation",
    Array.from({ length: 150 }, (_, i) => `${" ".repeat(i)}a:\n`).join(""),
    "yaml/too-deep",
  ],
  ["deep dashes", `a:\n  ${"- ".repeat(50_000)}x`, "yaml/too-deep"],
  ["many open quotes", 'a: "x\n'.repeat(100_000), "yaml/unclosed-quote"],
  ["many wrong entries", `a:\n${"  - @x\n".repeat(100_000)}`, "yaml/unquoted-special"],
  ["many wrong lines", "x y\n".repeat(100_000) + "a: 1\n", "yaml/missing-colon"],
  ["many duplicates", "a: 1\n".repeat(50_000), "yaml/duplicate-key"],
];

describe("hostile files", () => {
  it.each(hostile)("%s", (_, text, code) => {
    const started = process.cpuUsage();
    const document = parseDocument(text, "x");
    for (const { target } of document.diagnostics) document.rangeOf(target);
    document.rangeOf({ pointer: "/a/0" });
    const { user, system } = process.cpuUsage(started);
    expect(document.diagnostics[0]?.code).toBe(code);
    expect((user + system) / 1e6).toBeLessThan(8);
  });

  it.each(hostile.slice(0, 6))("%s leaves no data to walk", (_, text) => {
    expect(parseDocument(text, "x").data).toBeUndefined();
  });

  it.each([
    ["200 aliases", `a: &x 1\nb: [${"*x, ".repeat(200)}]`],
    ["90 levels", `a: ${"[".repeat(90)}${"]".repeat(90)}`],
    ["200,000 values", `a: [${"1,".repeat(200_000)}]`],
  ])("%s are still fine", (_, text) => {
    expect(parseDocument(text, "x").diagnostics).toEqual([]);
  });
});
