import { describe, expect, it } from "vitest";
import { BASE, compiled } from "../support/rule.js";

const GUIDE = `guide:
  overview: |
    First.

    Second.
  investigation_steps:
    - One.
    - text: Two.
      steps: [Two a., {text: Two b., steps: [Deep.]}]
    - osquery: {query: "select 1", label: Ask}
    - investigate: {label: Look, providers: [[{field: host.name, queryType: phrase, excluded: false, value: "{{host.name}}", valueType: string}]]}
  false_positives: [Maybe.]
  response: [Act.]
  sections: [{heading: More, body: Text.}]
`;

describe("guide", () => {
  it("is rendered under the headings that analysts know", () => {
    expect(compiled(BASE + GUIDE).rule.note).toBe(`## Triage and analysis

### Investigating A name

First.

Second.

#### Possible investigation steps

- One.
- Two.
  - Two a.
  - Two b.
    - Deep.
- !{osquery{"label":"Ask","query":"select 1"}}
- !{investigate{"label":"Look","providers":[[{"excluded":false,"field":"host.name","queryType":"phrase","value":"{{host.name}}","valueType":"string"}]]}}

### False positive analysis

- Maybe.

### Response and remediation

- Act.

### More

Text.`);
  });

  it("leaves no heading behind for what is absent", () => {
    expect(compiled(`${BASE}guide: {response: [Act.]}\n`).rule.note).toBe(
      "## Triage and analysis\n\n### Investigating A name\n\n### Response and remediation\n\n- Act.",
    );
  });

  it("speaks the locale of its translation, with the translated name", () => {
    const translation =
      "name: 名字\nguide:\n  overview: 概述\n  investigation_steps: [一]\n  false_positives: [二]\n  response: [三]\n";
    const { rule, provenance } = compiled(BASE + GUIDE, { locale: "zh-CN" }, { "zh-CN": translation });
    expect(rule.name).toBe("名字");
    expect(rule.note).toBe(
      "## 分类和分析\n\n### 调查名字\n\n概述\n\n#### 可能的调查步骤\n\n- 一\n\n### 误报分析\n\n- 二\n\n### 响应和补救\n\n- 三",
    );
    expect(provenance.get("note")).toMatchObject({
      kind: "translation",
      target: { file: "a.rule.zh-CN.yml" },
    });
  });

  it("falls back to the original where a translation says nothing", () => {
    const { rule } = compiled(BASE + GUIDE, { locale: "zh-CN" }, { "zh-CN": "description: 说明\n" });
    expect(rule.description).toBe("说明");
    expect(rule.note).toMatch(/^## Triage and analysis\n\n### Investigating A name/);
  });
});

describe("fragments", () => {
  const fragments: Record<string, string> = {
    one: "Line 1\nLine 2\n",
    outer: "Before\n{{> one}}\nAfter",
    loop: "{{> loop}}",
    a: "{{> b}}",
    b: "{{> a}}",
    ...Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`bomb${i}`, `{{> bomb${i + 1}}}\n`.repeat(20)]),
    ),
  };
  const overrides = {
    fragment: (name: string) =>
      name in fragments ? { file: `${name}.fragment.md`, text: fragments[name]! } : undefined,
    fragmentNames: Object.keys(fragments),
  };
  const setup = (text: string) => compiled(`${BASE}setup: ${JSON.stringify(text)}\n`, overrides);

  it("are filled in where a line names them, indented alike", () => {
    expect(setup("Start\n  {{> one }}\n{{> outer}}").rule.setup).toBe(
      "Start\n  Line 1\n  Line 2\nBefore\nLine 1\nLine 2\nAfter",
    );
  });

  it("stay text within a line", () => {
    expect(setup("see {{> one}} here").rule.setup).toBe("see {{> one}} here");
  });

  it.each([
    ["{{> on}}", "reference/unknown-fragment"],
    ["{{> ../../secret}}", "reference/unknown-fragment"],
    ["{{> loop}}", "reference/fragment-cycle"],
    ["{{> a}}", "reference/fragment-cycle"],
  ])("report %s", (text, code) => {
    const { diagnostics } = setup(text);
    expect([...new Set(diagnostics.map((found) => found.code))]).toEqual([code]);
    expect(diagnostics[0]!.target).toMatchObject({
      pointer: "/setup",
      within: { start: 0, end: text.length },
    });
  });

  it("that multiply end in a finding, soon", () => {
    const { diagnostics } = setup("{{> bomb0}}");
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});
