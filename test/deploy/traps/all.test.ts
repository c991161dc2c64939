import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** As many as are known: three of Terraform's provider, detection-rules and Kibana itself. */
const TRAPS = 40;

it("every trap of deploying has a test with its number", () => {
  const texts = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));
  const numbers = texts
    .flatMap((text) => [...text.matchAll(/\bit(?:\.each[^"]*?)?\(\s*"(\d+(?:, \d+)*): /g)])
    .concat(texts.flatMap((text) => [...text.matchAll(/\]\)\(\s*"(\d+(?:, \d+)*): /g)]))
    .flatMap((match) => match[1]!.split(", ").map(Number));
  const missing = Array.from({ length: TRAPS }, (_, i) => i + 1).filter(
    (number) => !numbers.includes(number),
  );
  expect(missing).toEqual([]);
});
