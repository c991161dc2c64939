import { describe, expect, it } from "vitest";
import { BASE, compiled, overlay } from "../support/rule.js";

describe("compileRule", () => {
  it("writes what was written, what the query requires and no more, in one order", () => {
    const rule = compiled(BASE).rule;
    expect(rule).toEqual({
      rule_id: "r-1",
      name: "A name",
      description: "What it finds.",
      type: "query",
      severity: "low",
      risk_score: 21,
      query: "process.name: a",
      required_fields: [{ name: "process.name", type: "keyword" }],
    });
    const shuffled = BASE.trim().split("\n").toReversed().join("\n");
    expect(JSON.stringify(compiled(shuffled).rule)).toBe(JSON.stringify(rule));
  });

  it("drops exactly the one newline that a block adds to a query", () => {
    const eql = BASE.replace("type: query", "type: eql").replace(
      /query: "process.*\n/,
      "query: |+\n  process where true\n\n",
    );
    expect(compiled(eql).rule).toMatchObject({ query: "process where true\n", language: "eql" });
  });

  it.each([
    ["eql", "eql"],
    ["esql", "esql"],
    ["query", undefined],
    ["new_terms", undefined],
  ])("gives %s the language %s", (type, language) => {
    expect(
      (compiled(BASE.replace("type: query", `type: ${type}`)).rule as { language?: string }).language,
    ).toBe(language);
  });

  it.each([
    ["lookback: 4m", undefined, "now-9m"],
    ["lookback: 30s", "interval: 5m", "now-330s"],
    ["lookback: 1h", "interval: 1h", "now-2h"],
    ["lookback: 10m", "interval: 50m", "now-1h"],
    ["lookback: 1d", "interval: 1d", "now-2d"],
  ])("%s with %s looks at %s", (lookback, interval, from) => {
    expect(compiled(`${BASE}${lookback}\n${interval ?? ""}\n`).rule.from).toBe(from);
  });

  it("fills defaults in, only where the type has the field and the author wrote neither form of it", () => {
    const defaults = { author: ["Team"], index: ["logs-*"], from: "now-1h", note: "default note" } as const;
    const overrides = { defaults: { ...defaults, author: ["Team"], index: ["logs-*"] } };
    expect(compiled(BASE, overrides).rule).toMatchObject({
      author: ["Team"],
      index: ["logs-*"],
      from: "now-1h",
      note: "default note",
    });
    const esql = compiled(
      `${BASE.replace("type: query", "type: esql")}lookback: 4m\nguide: own\n`,
      overrides,
    ).rule;
    expect(esql).toMatchObject({ from: "now-9m", note: "own" });
    expect(esql).not.toHaveProperty("index");
  });

  it("lays a space's overlay over the rule", () => {
    const { rule, provenance } = compiled(`${BASE}enabled: true\n`, {
      overlaysFor: () => [overlay({ enabled: false })],
    });
    expect(rule.enabled).toBe(false);
    expect(provenance.get("enabled")?.kind).toBe("overlay");
  });

  it("copies extra fields and drops what is ours", () => {
    const { rule } = compiled(`${BASE}stack: ">=9.2"\nextra: {brand_new: {a: 1}}\n`);
    expect(rule).toMatchObject({ brand_new: { a: 1 } });
    expect(rule).not.toHaveProperty("stack");
    expect(rule).not.toHaveProperty("extra");
  });

  it("does not change what was loaded, and gives the same twice", () => {
    const text = `${BASE}attack: {Execution: [T1059.001, T1059]}\ntags: {os: Windows}\nguide: {overview: a}\n`;
    expect(JSON.stringify(compiled(text))).toBe(JSON.stringify(compiled(text)));
  });
});

describe("attack", () => {
  it("becomes threat, in the author's order, sub-techniques below their technique", () => {
    const { rule } = compiled(`${BASE}attack:
  Initial Access: [T1566.001 Spearphishing Attachment]
  TA0002 Execution: [T1059.005, T1204, T1059.001 PowerShell, T1059.001]
  TA0003: []
`);
    expect(rule.threat).toEqual([
      {
        framework: "MITRE ATT&CK",
        tactic: {
          id: "TA0001",
          name: "Initial Access",
          reference: "https://attack.mitre.org/tactics/TA0001/",
        },
        technique: [
          {
            id: "T1566",
            name: "Phishing",
            reference: "https://attack.mitre.org/techniques/T1566/",
            subtechnique: [
              {
                id: "T1566.001",
                name: "Spearphishing Attachment",
                reference: "https://attack.mitre.org/techniques/T1566/001/",
              },
            ],
          },
        ],
      },
      {
        framework: "MITRE ATT&CK",
        tactic: { id: "TA0002", name: "Execution", reference: "https://attack.mitre.org/tactics/TA0002/" },
        technique: [
          {
            id: "T1059",
            name: "Command and Scripting Interpreter",
            reference: "https://attack.mitre.org/techniques/T1059/",
            subtechnique: [
              {
                id: "T1059.005",
                name: "Visual Basic",
                reference: "https://attack.mitre.org/techniques/T1059/005/",
              },
              {
                id: "T1059.001",
                name: "PowerShell",
                reference: "https://attack.mitre.org/techniques/T1059/001/",
              },
            ],
          },
          { id: "T1204", name: "User Execution", reference: "https://attack.mitre.org/techniques/T1204/" },
        ],
      },
      {
        framework: "MITRE ATT&CK",
        tactic: { id: "TA0003", name: "Persistence", reference: "https://attack.mitre.org/tactics/TA0003/" },
      },
    ]);
  });

  it("keeps what it does not know", () => {
    expect(compiled(`${BASE}attack: {Nonsense: [T9999 Made Up]}\n`).rule.threat).toMatchObject([
      { tactic: { name: "Nonsense" }, technique: [{ id: "T9999", name: "Made Up" }] },
    ]);
  });
});

describe("tags", () => {
  it("are written by kind, with those that follow from the rule", () => {
    const { rule } = compiled(`${BASE}attack: {Execution: [], Initial Access: []}
guide: {overview: a}
tags: {other: mine, data_source: [Sysmon, Elastic Defend], use_case: Threat Detection, os: Windows, domain: Endpoint}
`);
    expect(rule.tags).toEqual([
      "Domain: Endpoint",
      "OS: Windows",
      "Use Case: Threat Detection",
      "Tactic: Execution",
      "Tactic: Initial Access",
      "Resources: Investigation Guide",
      "Data Source: Sysmon",
      "Data Source: Elastic Defend",
      "mine",
    ]);
  });

  it("are left alone as a list", () => {
    expect(compiled(`${BASE}guide: x\ntags: [b, a, b]\n`).rule.tags).toEqual(["b", "a", "b"]);
  });
});

describe("references", () => {
  it("resolve exception lists and connectors by name", () => {
    const { rule, connectors, diagnostics } = compiled(
      `${BASE}exceptions: [hosts, {list_id: far, type: rule_default, namespace_type: agnostic}]
actions: [{connector: soc, params: {message: hi}}, {id: raw, action_type_id: .index, params: {}}]
`,
      {
        exceptionLists: new Map([["hosts", { type: "detection", namespace_type: "agnostic" }]]),
        connectors: new Map([["soc", { id: "c-1", connector_type_id: ".slack" }]]),
      },
    );
    expect(rule.exceptions_list).toEqual([
      { id: "hosts", list_id: "hosts", type: "detection", namespace_type: "agnostic" },
      { id: "far", list_id: "far", type: "rule_default", namespace_type: "agnostic" },
    ]);
    expect(rule.actions).toEqual([
      { id: "c-1", action_type_id: ".slack", group: "default", params: { message: "hi" } },
      { id: "raw", action_type_id: ".index", params: {} },
    ]);
    expect(connectors).toEqual(["soc", undefined]);
    expect(diagnostics).toEqual([]);
  });

  it("report names that the project does not declare", () => {
    const { diagnostics } = compiled(`${BASE}exceptions: [hots]\nactions: [{connector: sco, params: {}}]\n`, {
      exceptionLists: new Map([["hosts", { type: "detection", namespace_type: "single" }]]),
    });
    expect(diagnostics.map(({ code, help, target }) => [code, help, target.pointer])).toEqual([
      ["reference/unknown-exception-list", 'did you mean "hosts"?', "/exceptions/0"],
      [
        "reference/unknown-connector",
        "declare it in a *.connector.yml, or see to it that each space has a connector of that name",
        "/actions/0/connector",
      ],
    ]);
  });
});
