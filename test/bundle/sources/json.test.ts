import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brief, briefs, bytes, json, lines, read, rule } from "./support.js";
import { readSource, type SourceItem } from "../../../src/bundle/sources/index.js";

const list = { list_id: "hosts", type: "detection", name: "Hosts", namespace_type: "single" };
const item = { item_id: "one", list_id: "hosts", name: "One", entries: [], namespace_type: "single" };
const connector = {
  id: "c",
  type: "action",
  attributes: { actionTypeId: ".slack", name: "Slack" },
  references: [],
};

/** What is read from which text. */
const FORMS: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
  [
    "an export with everything",
    lines(rule("a"), list, item, connector, { exported_count: 4, exported_rules_count: 1, exported_exception_list_count: 1, exported_exception_list_item_count: 1, exported_action_connector_count: 1 }),
    ["1 rule a kibana-export", "2 exception-list hosts kibana-export", "3 exception-item one kibana-export", "4 connector c kibana-export"],
  ],
  ["an export of 7.14", lines(rule("a"), { exported_count: 1, missing_rules: [], missing_rules_count: 0 }), ["1 rule a kibana-export"]],
  ["an export of lists", lines(list, item, { exported_exception_list_count: 1, exported_exception_list_item_count: 1 }), ["1 exception-list hosts kibana-export", "2 exception-item one kibana-export"]],
  ["an export of nothing", lines({ exported_count: 0, exported_rules_count: 0 }), []],
  ["a rule on one line", json(rule("a")), ["1 rule a kibana-export"]],
  ["a rule on many lines", JSON.stringify(rule("a"), null, 2), ["1 rule a rule-json"]],
  ["a rule on many lines without indent", JSON.stringify(rule("a", { tags: [{}] }), null, 2).replaceAll(/^ +/gm, ""), ["1 rule a rule-json"]],
  ["a rule that begins on its first line", '{"rule_id": "a",\n"name": "A",\n"type": "query"}', ["1 rule a rule-json"]],
  ["objects on many lines, one after another", [rule("a"), rule("b")].map((one) => JSON.stringify(one, null, 2)).join("\n"), ["1 rule a rule-json", "6 rule b rule-json"]],
  ["an object on many lines among lines", `${lines(rule("a"))}${JSON.stringify(rule("b"), null, 2)}\n${lines(rule("c"))}`, ["1 rule a kibana-export", "2 rule b rule-json", "7 rule c kibana-export"]],
  ["a list on one line", json([rule("a"), rule("b")]), ["1 rule a api-response", "1 rule b api-response"]],
  ["a list on many lines", JSON.stringify([rule("a"), rule("b")], null, 2), ["2 rule a api-response", "7 rule b api-response"]],
  ["a list with an object a line", `[\n${json(rule("a"))},\n${json(rule("b"))}\n]`, ["2 rule a api-response", "3 rule b api-response"]],
  ["a list that begins with its first object", `[${json(rule("a"))},\n ${json(rule("b"))}]`, ["1 rule a api-response", "2 rule b api-response"]],
  ["_find on one line", json({ page: 1, perPage: 20, total: 2, data: [rule("a"), rule("b")] }), ["1 rule a api-response", "1 rule b api-response"]],
  ["_find on many lines", JSON.stringify({ data: [rule("a")], total: 1 }, null, 2), ["3 rule a api-response"]],
  ["one page of many", json({ page: 1, total: 21, data: [rule("a")] }), ["1 rule a api-response", "1 ! source/partial-page"]],
  ["one page of many, on many lines", JSON.stringify({ data: [rule("a")], total: 21 }, null, 2), ["3 rule a api-response", "1 ! source/partial-page"]],
  ["_bulk_create", json([rule("a"), { rule_id: "b", error: { status_code: 409, message: "it exists" } }]), ["1 rule a api-response", "1 ! source/error-answer"]],
  ["_bulk_action", json({ success: true, rules_count: 2, attributes: { results: { updated: [rule("a")], created: [rule("b")], deleted: [], skipped: [] }, summary: {} } }), ["1 rule a api-response", "1 rule b api-response"]],
  ["an error in the place of an answer", json({ statusCode: 401, error: "Unauthorized", message: "no" }), ["1 ! source/error-answer"]],
  ["a prebuilt asset", JSON.stringify({ id: "a_3", type: "security-rule", attributes: rule("a", { version: 3 }) }, null, 4), ["1 rule a prebuilt"]],
  ["saved objects of prebuilt assets", json({ total: 1, saved_objects: [{ id: "a_3", type: "security-rule", attributes: rule("a") }] }), ["1 rule a prebuilt"]],
  ["a stub of a withdrawn rule", json({ type: "security-rule", attributes: { rule_id: "a", version: 2, name: "A", deprecated: true } }), ["1 ! source/deprecated-stub"]],
  ["a withdrawn rule that is whole", json({ type: "security-rule", attributes: rule("a", { version: 2, deprecated: true }) }), ["1 rule a prebuilt"]],
  ["a withdrawn rule among others", lines({ type: "security-rule", attributes: rule("a", { deprecated: true }) }, { type: "security-rule", attributes: { rule_id: "b", name: "B", deprecated: true } }, { type: "security-rule", attributes: rule("c") }), ["1 rule a prebuilt", "2 ! source/deprecated-stub", "3 rule c prebuilt"]],
  ["a prebuilt rule without a type that is not withdrawn", json({ type: "security-rule", attributes: { rule_id: "a", name: "A", deprecated: false } }), ["1 rule a prebuilt"]],
  ["a prebuilt rule in two versions", lines(...[3, 2].map((version) => ({ type: "security-rule", attributes: rule("a", { version }) }))), ["1 rule a prebuilt", "2 rule a prebuilt", "2 ! source/several-versions"]],
  ["other saved objects", lines({ type: "dashboard", attributes: { title: "x" } }), ["1 ! source/other-saved-object"]],
  ["connectors of the API", json([{ id: "c", name: "Slack", connector_type_id: ".slack", config: {}, is_missing_secrets: true }]), ["1 connector c api-response"]],
  ["a lock of versions", JSON.stringify({ a: { rule_name: "A", sha256: "x", type: "eql", version: 4 } }, null, 2), ['1 versions [["a",4]]']],
  ["a rule without an id", json({ name: "A", type: "eql", severity: "low" }), ["1 rule undefined kibana-export"]],
  ["rules with keys of other things", lines(...["attributes", "list_id", "entries", "exported_count", "connector_type_id"].map((key) => rule(key, { [key]: {} }))), ["1 rule attributes kibana-export", "2 rule list_id kibana-export", "3 rule entries kibana-export", "4 rule exported_count kibana-export", "5 rule connector_type_id kibana-export"]],
  ["a settings file with comments", '{\n  // x\n  "a": 1,\n}\n', ["! source/unrecognised"]],
  ["a template", "{{ x }}\n{% if y %}\n", ["! source/unrecognised"]],
  ["something else", json({ name: "my-package", version: "1.0.0" }), ["! source/unrecognised"]],
  ["something else in a list", json([1, "a", null, {}]), ["! source/unrecognised"]],
  ["a text", "# Readme\n\nNothing {here}.\n", ["! source/unrecognised"]],
  ["nothing", "", ["! source/empty"]],
  ["a rule behind many blank lines", `${"\n".repeat(5000)}${lines(rule("a"))}`, ["5001 rule a kibana-export"]],
  ["blank lines", "\n\n \r\n", ["! source/empty"]],
  ["something else beside a rule", lines({ x: 1 }, rule("a"), { y: 1 }), ["1 ! source/unknown-object", "1 unknown undefined kibana-export", "2 rule a kibana-export", "3 ! source/unknown-object", "3 unknown undefined kibana-export"]],
  ["ids that come twice", lines(rule("a"), rule("b"), rule("a"), list, list, { ...list, namespace_type: "agnostic" }, item, item), ["1 rule a kibana-export", "2 rule b kibana-export", "3 rule a kibana-export", "3 ! source/duplicate-id", "4 exception-list hosts kibana-export", "5 exception-list hosts kibana-export", "5 ! source/duplicate-id", "6 exception-list hosts kibana-export", "7 exception-item one kibana-export", "8 exception-item one kibana-export", "8 ! source/duplicate-id"]],
  ["a summary that counts more", lines(rule("a"), { exported_count: 3, exported_rules_count: 2, exported_exception_list_count: 1 }), ["1 rule a kibana-export", "2 ! source/count-mismatch", "2 ! source/count-mismatch"]],
  ["a summary that misses something", lines(rule("a"), { exported_count: 1, missing_exception_lists: [{ list_id: "gone" }] }), ["1 rule a kibana-export", "2 ! source/missing-in-export"]],
  ["two exports in one file", lines(rule("a"), { exported_count: 1 }, rule("b"), { exported_count: 1 }), ["1 rule a kibana-export", "3 rule b kibana-export"]],
  ["a byte order mark, also within", `\uFEFF${lines(rule("a"))}\uFEFF${lines(rule("b"))}`, ["1 rule a kibana-export", "2 rule b kibana-export"]],
  ["CRLF", lines(rule("a"), rule("b")).replaceAll("\n", "\r\n"), ["1 rule a kibana-export", "2 rule b kibana-export"]],
  // What is broken.
  ["a last line that was cut off", lines(rule("a"), rule("b")).slice(0, -9), ["1 rule a kibana-export", "2 ! source/broken-json"]],
  ["a first line that was cut off", `${json(rule("x")).slice(0, -5)}\n${lines(rule("a"))}`, ["1 ! source/broken-json", "2 rule a kibana-export"]],
  ["a first line that was cut off between members", `{"rule_id":"x","tags":["a"],\n${lines(rule("a"))}`, ["1 ! source/broken-json", "2 rule a kibana-export"]],
  ["a first line of which the start is missing", `me":"x"}\n${lines(rule("a"))}`, ["1 ! source/broken-json", "2 rule a kibana-export"]],
  ["nothing but a line that was cut off", json(rule("x")).slice(0, -9), ["1 ! source/broken-json"]],
  ["lines in the middle that are broken", `${lines(rule("a"))}{"rule_id":"x","t":{\n{"a"\n{}}\n[1\n"x"\n5\nnull\n<html>\n${lines(rule("b"))}`, ["1 rule a kibana-export", ..."23456789".split("").map((line) => `${line} ! source/broken-json`), "10 rule b kibana-export"]],
  ["two objects on a line", `${lines(rule("a"))}${json(rule("b"))}${json(rule("c"))}\n`, ["1 rule a kibana-export", "2 ! source/broken-json"]],
  ["an object on many lines that was cut off", JSON.stringify(rule("a"), null, 2).slice(0, -3), ["1 ! source/broken-json"]],
  ["an object on many lines that was cut off before others", `${JSON.stringify(rule("x"), null, 2).slice(0, -3)}\n${lines(rule("a"))}`, ["1 ! source/broken-json", "5 rule a kibana-export"]],
  ["a list that was cut off", JSON.stringify([rule("a"), rule("b"), rule("c")], null, 2).slice(0, -30), ["2 rule a api-response", "7 rule b api-response", "12 ! source/broken-json"]],
  ["a list without an end", JSON.stringify([rule("a")], null, 2).slice(0, -2), ["2 rule a api-response", "1 ! source/broken-json"]],
  ["a list with an object that has no end", JSON.stringify([rule("a"), rule("b"), rule("c")], null, 2).replace('"name": "Rule b",\n    "type": "query"\n  },', '"name": "Rule b"'), ["2 rule a api-response", "7 ! source/broken-json", "10 rule c api-response"]],
  ["a list with a text that has no end", JSON.stringify([rule("a"), rule("b"), rule("c")], null, 2).replace('"Rule b"', '"Rule b'), ["2 rule a api-response", "7 ! source/broken-json", "12 rule c api-response"]],
]; // prettier-ignore

describe("JSON", () => {
  it.each(FORMS)("%s", async (_, text, expected) => {
    expect(await briefs(text)).toEqual(expected);
  });

  it("gives the same items whatever the chunks", async () => {
    const expected = new Map<string, SourceItem[]>();
    for (const [, text] of FORMS) expected.set(text, await read(text));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...FORMS), fc.integer({ min: 1, max: 60 }), async ([, text], size) => {
        expect(await read(text, { size })).toEqual(expected.get(text));
      }),
      { numRuns: 400 },
    );
  });

  it("gives the same items whatever the chunks, beyond what is looked at to tell what it is", async () => {
    const start = lines(...Array.from({ length: 100 }, (_, i) => rule(`r${i}`, { note: "x".repeat(100) })));
    const last = start.split("\n").length;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...FORMS), fc.integer({ min: 1, max: 60 }), async ([, text], size) => {
        const whole = await read(start + text);
        expect(whole.length).toBeGreaterThanOrEqual(last - 1);
        expect(await read(start + text, { size })).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it("keeps values to the letter", async () => {
    const odd = rule("ä🜁\u2028\0", {
      query: ' \t"\\ \n',
      nothing: null,
      deep: [[{ "": [] }]],
      "to string": -0.5e-7,
    });
    for (const text of [lines(odd), JSON.stringify(odd, null, 3), JSON.stringify({ data: [odd] }, null, 1)])
      expect(await read(text, { size: 7 })).toMatchObject([{ kind: "rule", value: odd }]);
  });

  it("tells what is wrong and where", async () => {
    const text = `${lines(rule("a"))}{"rule_id": "b"\n{"a": true "b"}\n{"a": tru}\n{"a": "b\n`;
    expect((await read(text)).slice(1).map((one) => one.kind === "problem" && one.params)).toEqual([
      { reason: "it ends in the middle" },
      { reason: "there is a mistake at character 12" },
      { reason: "it is not written as JSON" },
      { reason: "a text in it has no end" },
    ]);
  });

  it("shows only the first of many broken lines, and counts the others", async () => {
    const found = await briefs(`${lines(rule("a"))}${'{"\n'.repeat(10)}`, { limits: { broken: 3 } });
    expect(found).toEqual(["1 rule a kibana-export", ..."234".split("").map((line) => `${line} ! source/broken-json`), "! source/more-broken-json"]); // prettier-ignore
  });

  it("names what keeps a number from being read, and leaves out keys that would do harm", async () => {
    const text = `{"rule_id":"a","name":"A","max_signals":12345678901234567890,"meta":{"x":[1e300],"__proto__":{"y":1}}}`;
    const [first, ...problems] = await read(text);
    expect(first).toMatchObject({ kind: "rule", value: { meta: { x: [1e300] } } });
    expect(JSON.stringify(first)).not.toContain("__proto__");
    expect(problems).toMatchObject([
      { code: "source/inexact-number", params: { field: "max_signals", number: 12345678901234567000 } },
      { code: "source/inexact-number", params: { field: "meta.x", number: 1e300 } },
      { code: "source/forbidden-key", params: { key: "__proto__" } },
    ]);
  });
});

describe("encodings", () => {
  const text = lines(rule("ä"), rule("日本"), rule("🜁"));
  const expected = ["1 rule ä kibana-export", "2 rule 日本 kibana-export", "3 rule 🜁 kibana-export"];
  const wide = (of: string, big: boolean): Buffer => {
    const buffer = Buffer.from(of, "utf16le");
    return big ? buffer.swap16() : buffer;
  };

  it.each([
    ["little-endian with a mark", wide(`\uFEFF${text}`, false)],
    ["big-endian with a mark", wide(`\uFEFF${text}`, true)],
    ["little-endian", wide(text, false)],
    ["big-endian", wide(text, true)],
  ])("UTF-16, %s", async (_, buffer) => {
    for (const size of [1, 3, 5000])
      expect(await briefs(buffer, { size })).toEqual(["! source/utf-16", ...expected]);
  });

  it("finds the line that is not UTF-8, and keeps the rest of it", async () => {
    const broken = Buffer.from(lines(rule("a"), rule("b", { note: "xx \uFFFD" }), rule("c")), "utf8");
    broken.write("\xff\xc3", broken.indexOf("xx"), "latin1");
    const items = await read(broken, { size: 11 });
    expect(items.map(brief)).toEqual(["1 rule a kibana-export", "2 ! source/invalid-utf8", "2 rule b kibana-export", "3 rule c kibana-export"]); // prettier-ignore
    expect(items[1]).toMatchObject({ params: { count: 2 } });
    expect(items[2]).toMatchObject({ value: { note: "\uFFFD\uFFFD \uFFFD" } });
  });
});

describe("what is long", () => {
  const limits = { object: 200 };
  const long = rule("x", { note: "x".repeat(1000) });

  it.each([
    ["a rule", lines(rule("a"), long, rule("b")), ["1 rule a kibana-export", "2 ! source/too-long", "3 rule b kibana-export"]],
    ["a rule at the start", lines(long, rule("b")), ["1 ! source/too-long", "2 rule b kibana-export"]],
    ["a rule at the end", `${lines(rule("b"))}${json(long)}`, ["1 rule b kibana-export", "2 ! source/too-long"]],
    ["a rule without an end", `${json(long).slice(0, -1)}\n${lines(rule("b"))}`, ["1 ! source/too-long", "2 rule b kibana-export"]],
    ["a rule on many lines", `${JSON.stringify(long, null, 2)}\n${lines(rule("b"))}`, ["1 ! source/too-long", "7 rule b kibana-export"]],
    ["a line of anything", `${"x".repeat(1000)}\n${lines(rule("b"))}`, ["1 ! source/too-long", "2 rule b kibana-export"]],
    ["blanks before a rule", `${" ".repeat(1000)}${lines(rule("b"), rule("c"))}`, ["1 rule b kibana-export", "2 rule c kibana-export"]],
    ["a list on one line behind a byte order mark", `\uFEFF${json("abcdefgh".split("").map((id) => rule(id)))}`, "abcdefgh".split("").map((id) => `1 rule ${id} api-response`)],
    ["a list on one line", `${json("abcdefgh".split("").map((id) => rule(id)))}\n${lines(rule("z"))}`, [..."abcdefgh".split("").map((id) => `1 rule ${id} api-response`), "2 rule z kibana-export"]],
    ["an answer on one line", json({ page: 1, data: "abcdefgh".split("").map((id) => rule(id)), total: 9 }), [..."abcdefgh".split("").map((id) => `1 rule ${id} api-response`), "1 ! source/partial-page"]],
    ["an element of an answer", json({ data: [rule("a"), long, rule("b")] }), ["1 rule a api-response", "1 ! source/too-long", "1 rule b api-response"]],
    ["an element of a list on many lines", JSON.stringify([rule("a"), long, rule("b")], null, 2), ["2 rule a api-response", "7 ! source/too-long", "13 rule b api-response"]],
    ["an answer on one line that was cut off", json({ data: "abcdefgh".split("").map((id) => rule(id)) }).slice(0, -10), [..."abcdefg".split("").map((id) => `1 rule ${id} api-response`), "1 ! source/broken-json"]],
  ])("%s", async (_, text, expected) => {
    for (const size of [1, 9, 150, 5000]) expect(await briefs(text, { limits, size }), `in chunks of ${size}`).toEqual(expected);
  }); // prettier-ignore

  it("passes without being held", async () => {
    const chunk = bytes("x".repeat(1 << 20));
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield bytes('{"rule_id":"a","note":"');
      for (let i = 0; i < 40; i++) yield chunk;
      yield bytes(`"}\n${json(rule("b"))}`);
    }
    const found: string[] = [];
    for await (const one of readSource("x", endless())) found.push(brief(one));
    expect(found).toEqual(["1 ! source/too-long", "2 rule b kibana-export"]);
  });
});

describe("a stream", () => {
  it("is read only as far as items are asked for, and is closed when no more are", async () => {
    let pulled = 0;
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          yield bytes(lines(rule(`r${pulled++}`, { note: "x".repeat(5000) })));
        }
      } finally {
        closed = true;
      }
    }
    let count = 0;
    for await (const one of readSource("endless", endless())) {
      expect(one.kind).toBe("rule");
      expect(pulled).toBeLessThan(count + 3);
      if (++count === 1000) break;
    }
    expect(closed).toBe(true);
  });

  it("throws on what the stream throws", async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield bytes(lines(rule("a", { note: "x".repeat(9000) })));
      throw new Error("the disk is gone");
    }
    const all = async (): Promise<void> => {
      for await (const one of readSource("x", failing())) expect(one.kind).toBe("rule");
    };
    await expect(all()).rejects.toThrow("the disk is gone");
  });

  it("keeps few ids", async () => {
    const found = await briefs(lines(rule("a"), rule("b"), rule("a"), rule("b")), { limits: { ids: 1 } });
    expect(found.filter((one) => one.includes("!"))).toEqual(["3 ! source/duplicate-id"]);
  });
});
