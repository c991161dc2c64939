import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { yaml } from "../../src/diagnostics/codes/yaml.js";

const folder = new URL("./", import.meta.url);
const tests = readdirSync(folder)
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => readFileSync(new URL(name, folder), "utf8"))
  .join("\n");

describe("every yaml code", () => {
  it.each(Object.keys(yaml))("%s is expected by a test of this folder", (code) => {
    expect(tests).toContain(code);
  });
});
