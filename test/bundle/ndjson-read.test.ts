import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BundleLine, classify, exportBundle, readLines, summaryCounts } from "../../src/bundle/index.js";
import { conformanceFiles, describeConformance } from "../support/conformance.js";
import { action, connector, list, reference, rule } from "./support.js";

describe("classify", () => {
  it.each([
    ["summary", { exported_count: 1, list_id: "a", attributes: {} }],
    ["summary", { exported_exception_list_count: 1, missing_exception_lists: [] }],
    ["exception-list", { list_id: "a", type: "detection" }],
    ["exception-item", { list_id: "a", item_id: "b" }],
    ["exception-item", { item_id: "b" }],
    ["exception-item", { entries: [], attributes: {} }],
    ["exception-list", { list_id: "a", attributes: {} }],
    ["connector", { id: "a", type: "action", attributes: {}, rule_id: "r" }],
    ["rule", { rule_id: "r", exceptions_list: [{ list_id: "a" }] }],
    ["rule", {}],
  ])("takes for %s: %j", (kind, value) => {
    expect(classify(JSON.stringify(value))).toEqual({ kind, value });
  });

  it.each(["", "  ", "\r", "\t"])("takes %j for blank", (text) => {
    expect(classify(text)).toEqual({ kind: "blank" });
  });

  it.each(["{", "5", "null", '"a"', "[]", "[{}]", "undefined", "{} {}"])("takes %j for broken", (text) => {
    expect(classify(text)).toMatchObject({
      kind: "broken",
      message: expect.stringMatching(/JSON/) as unknown,
    });
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void classify(text)));
  });
});

describe("readLines", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const read = async (chunks: Iterable<Uint8Array>, longest?: number) => {
    const found: (BundleLine & { line: number })[] = [];
    for await (const line of readLines(chunks, longest)) found.push(line);
    return found;
  };

  it("gives the same lines however the bytes arrive", async () => {
    const text = `${
      exportBundle({
        rules: [rule("ä-日本-🜁", { exceptions_list: [reference("hosts")], actions: [action("slack")] })],
        lists: [list("hosts", ["one"])],
        connectors: [connector("slack")],
      }).text
    }\n{"rule_id": "last, without an end"}`;
    const whole = await read([bytes(text)]);
    expect(whole.map(({ kind, line }) => `${line} ${kind}`)).toEqual([
      "1 rule", "2 exception-list", "3 exception-item", "4 connector", "5 summary", "6 blank", "7 rule",
    ]); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
        const all = bytes(text);
        const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
          all.subarray(i * size, (i + 1) * size),
        );
        expect(await read(chunks)).toEqual(whole);
      }),
    );
  });

  it("takes a byte order mark, CRLF and an empty stream", async () => {
    expect(await read([])).toEqual([]);
    expect(await read([bytes('\uFEFF{"rule_id":"a"}\r\n{"list_id":"b"}\r\n')])).toMatchObject([
      { kind: "rule", line: 1 },
      { kind: "exception-list", line: 2 },
    ]);
  });

  it("gives up on a line that is too long, and reads on", async () => {
    const found = await read([bytes("x".repeat(30)), bytes(`${"x".repeat(30)}\n{"rule_id":"a"}\n`)], 50);
    expect(found).toEqual([
      { kind: "broken", line: 1, message: "it is longer than 50 characters" },
      { kind: "rule", line: 2, value: { rule_id: "a" } },
    ]);
  });
});

describe("summaryCounts", () => {
  it("reads the summary that a bundle ends with", () => {
    const input = {
      rules: [rule("a", { exceptions_list: [reference("x")] })],
      lists: [list("x", ["1", "2"])],
      connectors: [],
    };
    expect(summaryCounts({ ...exportBundle(input).summary })).toEqual({
      rules: 1,
      lists: 1,
      items: 2,
      connectors: 0,
    });
  });

  it("takes nothing that is no count", () => {
    for (const value of [-1, 1.5, "1", null, Number.MAX_VALUE])
      expect(summaryCounts({ exported_count: value })).toEqual({
        rules: 0,
        lists: 0,
        items: 0,
        connectors: 0,
      });
  });
});

/** What stands in the real exports, line by line. */
const EXPORTS: Readonly<Record<string, string>> = {
  "colin-stubbs_recorded-future_rules_export.ndjson": "rule summary",
  "elasticctl_traditional-9.5.1_exception_list_export.ndjson": "exception-list exception-item summary",
  "elasticctl_traditional-9.5.1_rules_export_bundle.ndjson": "rule exception-list exception-item summary",
  "everwatch_rules_export.ndjson": "rule rule rule connector summary",
  "kibana_7_16_rules.ndjson": "rule exception-list exception-item summary",
  "kibana_8_14_endpoint_exception_list.ndjson": "exception-list summary",
  "kibana_8_18_prebuilt_rules.ndjson": "rule summary",
  "snowline2015_k8s_rules_export.ndjson": `${"rule ".repeat(11)}connector summary`,
};

describeConformance("real exports of Kibana 7.14 to 9.5", "ndjson", (folder) => {
  const files = conformanceFiles(folder, ".ndjson");

  it("are all listed here", () => {
    expect(files.map(({ name }) => name)).toEqual(Object.keys(EXPORTS));
  });

  it.each(files)("$name is read as Kibana reads it, and holds what its summary says", ({ name, text }) => {
    const found = text.trimEnd().split("\n").map(classify);
    expect(found.map(({ kind }) => kind).join(" ")).toBe(EXPORTS[name]);
    const count = (kind: BundleLine["kind"]) => found.filter((line) => line.kind === kind).length;
    const summary = found.at(-1)!;
    expect(summary.kind === "summary" && summaryCounts(summary.value)).toEqual({
      rules: count("rule"),
      lists: count("exception-list"),
      items: count("exception-item"),
      connectors: count("connector"),
    });
  });
});
