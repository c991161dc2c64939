/** No row of Kibana's behaviours is forgotten: each is a test here or in a file beside this one, or a skip with a reason. */
import { describe, expect, it } from "vitest";
import { filesBelow, read } from "../../support/source-tree.js";

const ROWS = 141;

describe("the behaviours that Kibana's own tests assert", () => {
  it(`are all ${ROWS} tested or skipped with a reason`, () => {
    const texts = filesBelow("test/emulator/behaviours", (name) => name.endsWith(".ts")).map(read);
    const named = new Set(
      texts.flatMap((text) => [...text.matchAll(/"#(\d+)\b/g)].map((match) => Number(match[1]))),
    );
    const missing = Array.from({ length: ROWS }, (_, i) => i + 1).filter((row) => !named.has(row));
    expect(missing).toEqual([]);
  });
});
