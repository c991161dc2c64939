import { describe, expect, it } from "vitest";
import { readExport } from "../../../src/kibana/endpoints/export-lines.js";
import { isKibanaError } from "../../../src/kibana/errors.js";

const ASKED = {
  method: "POST",
  path: "/api/detection_engine/rules/_export",
  space: "soc",
  doing: "export rules",
} as const;

const RULES = [
  { rule_id: "a", name: "A" },
  { rule_id: "b", name: "B" },
];
const LIST = { list_id: "l", type: "detection" };
const ITEMS = [
  { item_id: "i", list_id: "l" },
  { item_id: "j", list_id: "l" },
  { item_id: "k", list_id: "l" },
];
const CONNECTOR = { id: "c", type: "action", attributes: { name: "c" } };
const LINES = [...RULES, LIST, ...ITEMS, CONNECTOR];
/** As 9.5.1 writes it. */
const SUMMARY = {
  exported_count: 7,
  exported_rules_count: 2,
  missing_rules: [{ rule_id: "gone" }],
  missing_rules_count: 1,
  exported_exception_list_count: 1,
  exported_exception_list_item_count: 3,
  missing_exception_list_item_count: 0,
  missing_exception_list_items: [],
  missing_exception_lists: [{ list_id: "m" }],
  missing_exception_lists_count: 1,
  exported_action_connector_count: 1,
  missing_action_connection_count: 0,
  missing_action_connections: [],
  excluded_action_connection_count: 0,
  excluded_action_connections: [],
};

const text = (...lines: readonly unknown[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const without = (summary: object, ...fields: string[]): object =>
  Object.fromEntries(Object.entries(summary).filter(([name]) => !fields.includes(name)));

/** Why an export is refused. */
function why(body: string | Uint8Array, wanted?: readonly string[]): string {
  try {
    readExport(body, ASKED, wanted);
  } catch (error) {
    if (!isKibanaError(error, "incomplete")) throw error;
    expect(error.help).toBe(
      "run again; if it happens again, look for a proxy that cuts or caches answers between here and Kibana",
    );
    const start = "the answer to POST /s/soc/api/detection_engine/rules/_export is not whole: ";
    expect(error.problem.slice(0, start.length)).toBe(start);
    return error.problem.slice(start.length);
  }
  return "nothing is wrong";
}

describe("an export with its summary", () => {
  const whole = text(...LINES, SUMMARY);

  it.each([
    ["as text", whole],
    ["as bytes", Buffer.from(whole)],
    ["as bytes within a larger buffer", Buffer.from(`xx${whole}`).subarray(2)],
    ["without its last line break", whole.slice(0, -1)],
    ["with blank lines and carriage returns", whole.replaceAll("\n", "\r\n\r\n")],
  ])("%s is its lines without the summary", (_, body) => {
    expect(readExport(body, ASKED, ["a", "b", "gone"])).toEqual(LINES);
  });

  it("keeps characters that are not of ASCII, and of each line what is asked for", () => {
    const body = Buffer.from(text({ rule_id: "ü" }, { rule_id: "b" }, { exported_count: 2 }));
    expect(readExport(body, ASKED, ["ü"])).toEqual([{ rule_id: "ü" }, { rule_id: "b" }]);
    expect(readExport(body, ASKED, ["ü"], ({ rule_id: id }) => ({ id }))).toEqual([{ id: "ü" }, { id: "b" }]);
  });

  it("is told by lines as they came, not as they are kept", () => {
    expect(readExport(whole, ASKED, ["a"], () => ({}))).toEqual(LINES.map(() => ({})));
  });

  it("of nothing is nothing", () => {
    expect(readExport(text({ exported_count: 0, exported_rules_count: 0 }), ASKED)).toEqual([]);
  });

  it.each<[string, readonly unknown[], object]>([
    [
      "7.x, which counts rules alone",
      [...RULES, LIST, ITEMS[0]],
      { exported_count: 2, missing_rules: [], missing_rules_count: 0 },
    ],
    ["7.x, which counts all lines", [...RULES, LIST, ITEMS[0]], { exported_count: 4 }],
    [
      "8.0, which knows no connectors",
      [...RULES, LIST, ...ITEMS],
      {
        ...without(
          SUMMARY,
          "exported_action_connector_count",
          "missing_action_connection_count",
          "missing_action_connections",
          "excluded_action_connection_count",
          "excluded_action_connections",
        ),
        exported_count: 6,
      },
    ],
    [
      "a later version, with lines of a new kind",
      [...LINES, { timeline: 1 }],
      { ...SUMMARY, exported_count: 8 },
    ],
  ])("is whole as %s", (_, lines, summary) => {
    expect(readExport(text(...lines, summary), ASKED)).toEqual(lines);
  });
});

describe("an export that is not whole", () => {
  it.each([0, 1, 2, 3, LINES.length - 1, LINES.length])("is cut behind line %i", (count) => {
    expect(why(text(...LINES.slice(0, count)))).toBe("it ends without its summary line");
    expect(why(Buffer.from(text(...LINES.slice(0, count))))).toBe("it ends without its summary line");
  });

  it("is cut within a line, at whatever place", () => {
    const body = text(...RULES, { exported_count: 2, exported_rules_count: 2 });
    const starts = new Set([...body.matchAll(/\n/g)].flatMap(({ index }) => [index, index + 1]));
    for (let length = 1; length < body.length - 1; length++) {
      if (starts.has(length)) continue;
      expect(why(body.slice(0, length)), String(length)).toMatch(/^line [123] is not a JSON object$/);
    }
  });

  it.each<[string, readonly unknown[], string]>([
    ["has a line that is no object", [RULES[0], [1], SUMMARY], "line 2 is not a JSON object"],
    ["has a line that is null", [null, SUMMARY], "line 1 is not a JSON object"],
    ["goes on behind its summary", [{ exported_count: 0 }, RULES[0]], "line 2 comes after the summary"],
    ["has two summaries", [{ exported_count: 0 }, { exported_count: 0 }], "line 2 comes after the summary"],
    ["lacks a rule", [...LINES.slice(1), SUMMARY], "its summary has exported_rules_count 2, and it has 1"],
    [
      "has a rule too many",
      [RULES[0], ...LINES, SUMMARY],
      "its summary has exported_rules_count 2, and it has 3",
    ],
    [
      "lacks a list",
      [...RULES, ...ITEMS, CONNECTOR, SUMMARY],
      "its summary has exported_exception_list_count 1, and it has 0",
    ],
    [
      "lacks an item",
      [...RULES, LIST, ITEMS[0], CONNECTOR, SUMMARY],
      "its summary has exported_exception_list_item_count 3, and it has 1",
    ],
    [
      "lacks a connector",
      [...RULES, LIST, ...ITEMS, SUMMARY],
      "its summary has exported_action_connector_count 1, and it has 0",
    ],
    [
      "counts otherwise in all",
      [...LINES, { ...SUMMARY, exported_count: 8 }],
      "its summary has exported_count 8, and it has 7",
    ],
    [
      "counts rules alone in all, though it counts all",
      [...LINES, { ...SUMMARY, exported_count: 2 }],
      "its summary has exported_count 2, and it has 7",
    ],
    [
      "counts in no number",
      [...LINES, { ...SUMMARY, exported_count: "7" }],
      'its summary has exported_count "7", and it has 7',
    ],
    [
      "of an old version lacks a rule",
      [RULES[0], { exported_count: 2 }],
      "its summary has exported_count 2, and it has 1",
    ],
    [
      "of an old version lacks all",
      [{ exported_count: 2 }],
      "its summary has exported_count 2, and it has 0",
    ],
    [
      "names fewer missing rules than it counts",
      [...LINES, { ...SUMMARY, missing_rules: [] }],
      "its summary has missing_rules_count 1, and names 0",
    ],
    [
      "names more missing rules than it counts",
      [...LINES, { ...SUMMARY, missing_rules_count: 0 }],
      "its summary has missing_rules_count 0, and names 1",
    ],
    [
      "names no missing rules, but counts one",
      [...LINES, without(SUMMARY, "missing_rules")],
      "its summary has missing_rules_count 1, and no missing_rules",
    ],
    [
      "names fewer missing lists than it counts",
      [...LINES, { ...SUMMARY, missing_exception_lists: [] }],
      "its summary has missing_exception_lists_count 1, and names 0",
    ],
    [
      "counts a missing item that it does not name",
      [...LINES, { ...SUMMARY, missing_exception_list_item_count: 1 }],
      "its summary has missing_exception_list_item_count 1, and names 0",
    ],
    [
      "counts a missing connector that it does not name",
      [...LINES, { ...SUMMARY, missing_action_connection_count: 1 }],
      "its summary has missing_action_connection_count 1, and names 0",
    ],
    [
      "counts an excluded connector that it does not name",
      [...LINES, { ...SUMMARY, excluded_action_connection_count: 1 }],
      "its summary has excluded_action_connection_count 1, and names 0",
    ],
    [
      "names the missing rules in no list",
      [...LINES, { ...SUMMARY, missing_rules: {} }],
      "its summary has missing_rules_count 1, and no missing_rules",
    ],
  ])("%s", (_, lines, says) => {
    expect(why(text(...lines))).toBe(says);
  });

  it("silently lacks a rule that was asked for", () => {
    expect(why(text(...LINES, SUMMARY), ["a", "gone", "b"])).toBe("nothing is wrong");
    expect(why(text(...LINES, SUMMARY), ["a", "z", "y"])).toBe(
      'it neither has the rule "z" nor names it as missing',
    );
    expect(why(text(...RULES, { exported_count: 2 }), ["z"])).toBe(
      'it neither has the rule "z" nor names it as missing',
    );
  });
});
