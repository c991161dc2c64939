import * as fc from "fast-check";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { definitionOf } from "../../../src/diagnostics/index.js";
import type { SourceItem } from "../../../src/bundle/sources/index.js";
import { brief, json, lines, read, rule, zip } from "./support.js";

const TOML = '[metadata]\nmaturity = "production"\n[rule]\nrule_id = "t"\nname = "T"\ntype = "eql"\nnote = """\n## Setup\n\n- $osquery_0\n"""\n[[transform.osquery]]\nlabel = "x"\n'; // prettier-ignore
const SEEDS: readonly Uint8Array[] = [
  lines(rule("a", { tags: ["x", "\\\"{["] }), rule("b"), { exported_count: 2 }),
  JSON.stringify([rule("a"), rule("b")], null, 2),
  JSON.stringify({ data: [rule("a"), { item_id: "i", entries: [] }], total: 2 }, null, 1),
  TOML,
]
  .map((text): Uint8Array => Buffer.from(text))
  .flatMap((text) => [text, gzipSync(text), zip([{ name: "a", data: text }, { name: "b", data: text, described: "signed" }]), Buffer.from(Buffer.from(text).toString(), "utf16le")]); // prettier-ignore

/** Every item is whole: its problems can be printed, its objects are objects. */
function expectSound(items: readonly SourceItem[]): void {
  for (const item of items) {
    expect(item.origin.file).toBe("source");
    if (item.kind === "problem") {
      const { message } = definitionOf(item.code)!;
      expect(Object.keys(item.params).sort()).toEqual([...message.keys].sort());
    } else if (item.kind !== "version-lock") {
      expect(Object.getPrototypeOf(item.value)).toBe(Object.prototype);
      expect(JSON.parse(JSON.stringify(item.value))).toEqual(item.value);
    }
  }
}

const small = {
  object: 500,
  toml: 5000,
  unpacked: 100_000,
  entries: 5,
  archives: 2,
  depth: 20,
  ids: 5,
  broken: 3,
};

describe("hostile input", () => {
  it.each(['["a"]', "[1]"])(
    "takes the list %s for JSON, though a table of TOML begins like it",
    async (text) => {
      expect((await read(text)).map(brief)).toEqual(["! source/unrecognised"]);
      expect((await read("[rule]")).map(brief)).toEqual(["rule undefined toml"]);
    },
  );

  it("loses no more than its line to a stray NUL", async () => {
    const text = `${JSON.stringify(rule("a"))}\n{"rule_id":"\0"\n${JSON.stringify(rule("b"))}\n`;
    const found = (await read(text)).map(brief);
    expect(found.filter((line) => line.includes(" rule "))).toHaveLength(2);
    expect(found.some((line) => line.startsWith("2 ! "))).toBe(true);
    expect((await read("MZ\0\0")).map(brief)).toEqual(["! source/unsupported-format"]);
  });

  it("of any bytes gives findings, the same whatever the chunks", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 20 }),
        async (bytes, size) => {
          const items = await read(bytes, { limits: small });
          expect(items.length).toBeGreaterThan(0);
          expectSound(items);
          expect(await read(bytes, { limits: small, size })).toEqual(items);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("of signs that mean something gives findings, the same whatever the chunks", async () => {
    const sign = fc.constantFrom(
      ...'{}[]",:\\\n \t1a\uFEFF\0',
      '"data":[',
      '{"rule_id":"a","name":"b"}',
      "\r\n",
      "[rule]\n",
      "#",
      "=",
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(sign, { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        async (signs, size) => {
          const text = signs.join("");
          for (const limits of [small, { ...small, object: 20 }]) {
            const items = await read(text, { limits });
            expectSound(items);
            expect(await read(text, { limits, size })).toEqual(items);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("that was something real until bytes of it changed gives findings", async () => {
    const change = fc.tuple(
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom("set", "cut", "insert", "end"),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SEEDS),
        fc.array(change, { minLength: 1, maxLength: 5 }),
        async (seed, changes) => {
          let bytes = Buffer.from(seed);
          for (const [where, byte, how] of changes) {
            const at = where % (bytes.length + 1);
            if (how === "set" && at < bytes.length) bytes[at] = byte;
            if (how === "cut") bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + byte)]);
            if (how === "insert")
              bytes = Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)]);
            if (how === "end") bytes = bytes.subarray(0, at);
          }
          const items = await read(bytes, { limits: { unpacked: 1 << 20 } });
          expectSound(items);
          // Of an archive that is damaged, what was unpacked together with the damaged place is lost.
          const lost = new Set(["source/damaged-archive", "source/unreadable-entry"]);
          if (!items.some((item) => item.kind === "problem" && lost.has(item.code)))
            expect(await read(bytes, { limits: { unpacked: 1 << 20 }, size: 3 })).toEqual(items);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("that breaks lines hides no other line", async () => {
    const broken = fc.constantFrom(
      "{",
      "[",
      '{"a',
      '{"a":{',
      "}{",
      "]",
      '"',
      "nonsense",
      '{"rule_id":"x","name":"y",',
      '{"a":[1,',
      "\\",
      "[[[[",
      "{}}",
      "null",
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(broken, fc.constant(undefined)), { maxLength: 12 }),
        async (kinds) => {
          const text = kinds.map((line, i) => line ?? json(rule(`r${i}`))).join("\n");
          const found = (await read(text))
            .filter((item) => item.kind === "rule")
            .map(({ value }) => value["rule_id"]);
          expect(found).toEqual(kinds.flatMap((line, i) => (line === undefined ? [`r${i}`] : [])));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["lists in lists", `${"[".repeat(100_000)}\n${json(rule("a"))}`],
    ["lists in lists, closed", `${"[".repeat(100_000)}${"]".repeat(100_000)}\n${json(rule("a"))}`],
    ["objects in objects", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}\n${json(rule("a"))}`],
    ["a rule of lists in lists", `{"rule_id":"x","name":"x","meta":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}\n${json(rule("a"))}`],
    ["lists in a list on many lines", `${"[\n".repeat(50_000)}\n`],
    ["quotes", `${'"'.repeat(100_000)}\n${json(rule("a"))}`],
    ["backslashes", `{"${"\\".repeat(100_001)}\n${json(rule("a"))}`],
    ["blanks", `${" ".repeat(5_000_000)}\n${json(rule("a"))}`],
    ["empty lines", `${"\n".repeat(1_000_000)}${json(rule("a"))}`],
    ["broken lines", `${"{\n".repeat(200_000)}${json(rule("a"))}`],
    ["commas", `[${",".repeat(1_000_000)}]\n${json(rule("a"))}`],
    ["one text of 10 MB", lines(rule("x", { note: "x".repeat(10_000_000) }), rule("a"))],
  ])("of %s is read to its end", async (name, text) => {
    const found = (await read(text, { limits: { broken: 3 }, size: 1 << 16 })).map(brief);
    if (name !== "lists in a list on many lines" && name !== "broken lines") expect(found.at(-1)).toMatch(/rule a /);
    expect(found.length).toBeLessThan(10);
  }); // prettier-ignore
});
