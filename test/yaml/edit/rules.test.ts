import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emit, merge, parseDocument, reorder } from "../../../src/yaml/index.js";
import { changedLines } from "./support.js";

type Data = Record<string, unknown>;

const folder = new URL("../../../rules/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yml"))
  .map((name, i): [string, string, number] => [name, readFileSync(new URL(name, folder), "utf8"), i]);

describe.each(files)("%s", (_, text, index) => {
  const document = parseDocument(text, "x");
  const data = document.data as Data;
  const keys = Object.keys(data);

  it("is read back from what is written of it", () => {
    expect(parseDocument(emit(data), "x").data).toEqual(data);
  });

  // A third of a file's keys, another third in the next file.
  it.each(keys.filter((_, i) => i % 3 === index % 3))(
    "loses the lines of %s alone, and gets them back at their place",
    (key) => {
      const rest = Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
      const without = merge(document, rest);
      const gone = changedLines(text, without);
      expect(gone.every((line) => /^-(?:\s|#|$)/.test(line) || line.startsWith(`-${key}:`))).toBe(true);
      const whole = parseDocument(merge(parseDocument(without, "x"), data, { order: keys }), "x");
      expect(Object.keys(whole.data as Data)).toEqual(keys);
      expect(whole.data).toEqual(data);
    },
  );

  it("changes in the lines of a text that changes", () => {
    for (const key of keys.filter((name) => typeof data[name] === "string")) {
      const result = merge(document, { ...data, [key]: `${String(data[key]).trimEnd()} More.\n` });
      const changes = changedLines(text, result);
      expect(changes.filter((line) => line.startsWith("-")).length).toBeLessThanOrEqual(2);
      expect(changes.length).toBeLessThanOrEqual(5);
    }
  });

  it("has its keys in any order and comes back", () => {
    const turned = parseDocument(reorder(document, keys.toReversed()), "x");
    expect(Object.keys(turned.data as Data)).toEqual(keys.toReversed());
    expect(turned.data).toEqual(data);
    expect(changedLines(reorder(turned, keys), text)).toEqual([]);
  });
});
