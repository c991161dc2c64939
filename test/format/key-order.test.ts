import { describe, expect, it } from "vitest";
import { applySuppressions, parseDocument } from "../../src/yaml/index.js";
import { report } from "../../src/diagnostics/index.js";
import { formatted } from "./support.js";

const lines = (...texts: string[]): string => texts.map((text) => `${text}\n`).join("");

describe("outermost keys", () => {
  it.each([
    ["stand in order", ["type: eql", "name: a", "rule_id: b"], ["rule_id: b", "name: a", "type: eql"]],
    [
      "that are unknown stay in their order, at the end",
      ["zz: 1", "type: eql", "aa: 2", "name: a"],
      ["name: a", "type: eql", "zz: 1", "aa: 2"],
    ],
    [
      "take their comments along",
      [
        "name: a # n",
        "# of the id",
        "rule_id: b # r",
        "# of the query",
        "# and more",
        "query: |",
        "  x",
        "# of the type",
        "type: eql",
      ],
      [
        "# of the id",
        "rule_id: b # r",
        "name: a # n",
        "# of the type",
        "type: eql",
        "# of the query",
        "# and more",
        "query: |",
        "  x",
      ],
    ],
    [
      "leave the comment at the top of the file there",
      ["# of the file", "name: a", "rule_id: b"],
      ["# of the file", "rule_id: b", "name: a"],
    ],
    [
      "take a block that keeps its end along",
      ["query: |+", "  x", "", "", "name: a"],
      ["name: a", "query: |+", "  x", "", ""],
    ],
  ])("%s", (_, before, after) => {
    expect(formatted(lines(...before))).toEqual({ text: lines(...after), diagnostics: [] });
    expect(formatted(lines(...after))).toEqual({ text: lines(...after), diagnostics: [] });
  });

  it("in braces stay", () => {
    const text = '{ "type": "eql", "name": "a" }\n';
    expect(formatted(text)).toEqual({ text, diagnostics: [] });
  });

  it.each([
    [
      "config",
      ["stack: '9.5'", "name: a", "environments: {}"],
      ["name: a", "stack: '9.5'", "environments: {}"],
    ],
    ["exceptions", ["items: []", "name: a", "list_id: b"], ["list_id: b", "name: a", "items: []"]],
    [
      "connector",
      ["secrets: {}", "connector_type_id: .x", "name: b"],
      ["name: b", "connector_type_id: .x", "secrets: {}"],
    ],
    ["translation", ["guide: c", "name: a"], ["name: a", "guide: c"]],
    ["fields", ["fields:", "  b: keyword", "  a: keyword"], ["fields:", "  b: keyword", "  a: keyword"]],
  ] as const)("of %s have their order", (schema, before, after) => {
    expect(formatted(lines(...before), schema)).toEqual({ text: lines(...after), diagnostics: [] });
  });

  it("of CRLF files stand in order too", () => {
    expect(formatted("type: eql\r\nname: a\r\n").text).toBe("name: a\r\ntype: eql\r\n");
  });
});

describe("maps inside of a file", () => {
  it.each([
    [
      "a guide",
      "rule",
      [
        "guide:",
        "  response: [a]",
        "",
        "  # of the overview",
        "  overview: |",
        "    b",
        "",
        "    c",
        "  sections: []",
        "setup: x",
      ],
      [
        "guide:",
        "  # of the overview",
        "  overview: |",
        "    b",
        "",
        "    c",
        "  response: [a]",
        "  sections: []",
        "setup: x",
      ],
    ],
    [
      "a guide with a comment above its first key",
      "rule",
      ["guide: # of the guide", "  # of the response", "  response: [a]", "  overview: b"],
      ["guide: # of the guide", "  overview: b", "  # of the response", "  response: [a]"],
    ],
    [
      "tags",
      "rule",
      [
        "tags:",
        "  data_source:",
        "    - a # x",
        "    # deep",
        "    - b",
        "      # deeper",
        "  os: c",
        "  domain: d",
      ],
      [
        "tags:",
        "  domain: d",
        "  os: c",
        "  data_source:",
        "    - a # x",
        "    # deep",
        "    - b",
        "      # deeper",
      ],
    ],
    [
      "actions",
      "rule",
      [
        "actions:",
        "  - params: { a: 1 }",
        "    connector: b",
        "  # of the second",
        "  - connector: c",
        "    params: {}",
      ],
      [
        "actions:",
        "  - connector: b",
        "    params: { a: 1 }",
        "  # of the second",
        "  - connector: c",
        "    params: {}",
      ],
    ],
    [
      "the items of an exception list",
      "exceptions",
      [
        "items:",
        "- name: a",
        "  # why",
        "  item_id: b",
        "  entries:",
        "    - field: c",
        "",
        "-   entries: []",
        "    name: |-",
        "      x",
        "",
        "      y",
      ],
      [
        "items:",
        "# why",
        "- item_id: b",
        "  name: a",
        "  entries:",
        "    - field: c",
        "",
        "-   name: |-",
        "      x",
        "",
        "      y",
        "    entries: []",
      ],
    ],
    [
      "environments, in the order of the file",
      "config",
      ["environments:", "  b:", "    spaces: [default]", "    url: u", "  a: { spaces: [], url: u }"],
      ["environments:", "  b:", "    url: u", "    spaces: [default]", "  a: { spaces: [], url: u }"],
    ],
  ] as const)("are put in order: %s", (_, schema, before, after) => {
    expect(formatted(lines(...before), schema)).toEqual({ text: lines(...after), diagnostics: [] });
    expect(formatted(lines(...after), schema)).toEqual({ text: lines(...after), diagnostics: [] });
  });

  it.each([
    ["tactics", ["attack:", "  Persistence: []", "  Execution: []"]],
    ["parameters", ["actions:", "  - connector: a", "    params:", "      z: 1", "      a: 2"]],
    ["maps in braces", ["guide: { response: [a], overview: b }"]],
    [
      "maps with values that stand elsewhere",
      ["description: &a x", "guide:", "  response: [*a]", "  overview: b"],
    ],
    ["values that are no maps", ["tags: [b, a]", "guide: text", "actions: a"]],
    [
      "what kdac is told to ignore",
      [
        "guide:",
        "  # kdac-ignore rule/placeholder-text -- on purpose",
        "  response: [TODO]",
        "  overview: b",
      ],
    ],
  ])("are left as they are: %s", (_, before) => {
    expect(formatted(lines(...before))).toEqual({ text: lines(...before), diagnostics: [] });
  });
});

describe("comments that tell kdac what to ignore", () => {
  const ignore = "# kdac-ignore rule/untidy-name -- ours";
  const findings = (text: string): string[] => {
    const document = parseDocument(text, "a.rule.yml");
    const all = ["/rule_id", "/name", "/severity", "/guide/overview", "/guide/response"].map((pointer) =>
      report("rule/untidy-name", { name: "x" }, { file: "a.rule.yml", pointer }),
    );
    return applySuppressions(document, all).map(({ code, target }) => `${code} ${target.pointer ?? ""}`);
  };

  it.each([
    ["above the first key", [ignore, "severity: low", "name: a", "rule_id: b"]],
    ["above a key that would come first", ["severity: low", "name: a", ignore, "rule_id: b"]],
    ["above another key", ["severity: low", "rule_id: b", ignore, "name: a"]],
    ["in a line", ["severity: low", `name: a ${ignore}`, "rule_id: b"]],
    ["above the last key", ["name: a", "rule_id: b", ignore, "severity: low"]],
    [
      "inside of a map",
      ["name: a", "guide:", "  response: [x]", `  ${ignore}`, "  overview: b", "severity: low"],
    ],
    [
      "above a map's first key",
      ["name: a", "guide:", `  ${ignore}`, "  response: [x]", "  overview: b", "severity: low"],
    ],
  ])("speak of the same afterwards: %s", (_, before) => {
    const text = lines(...before);
    const after = formatted(text);
    expect(after.diagnostics).toEqual([]);
    expect(findings(after.text)).toEqual(findings(text));
    expect(formatted(after.text).text).toBe(after.text);
  });
});
