import { describe, expect, it } from "vitest";
import { compileProject } from "../../src/project/index.js";
import { detections } from "./project.js";
import { seedPage } from "./seed-page.js";

const FILE = "rules/windows/script-executing-powershell.rule.yml";
const page = seedPage();
const project = detections();
const inLocale = (locale: string): Record<string, unknown> =>
  compileProject(project, { locale }).find(({ source }) => source.file === FILE)!.rule as never;
const english = inLocale("en");
const chinese = inLocale("zh-CN");

/** The page's tags in the language of the tag vocabulary. */
const IN_ENGLISH: Readonly<Record<string, string>> = {
  "领域: 端点": "Domain: Endpoint",
  "操作系统: Windows": "OS: Windows",
  "用例: 威胁检测": "Use Case: Threat Detection",
  "战术: 初始访问": "Tactic: Initial Access",
  "战术: 执行": "Tactic: Execution",
  "资源: 调查指南": "Resources: Investigation Guide",
};

/** Headings as `##`, bullets as `-` with their indentation, paragraphs as `¶`. */
const outline = (markdown: unknown): string[] =>
  String(markdown)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => /^(#+|\s*-)\s/.exec(line)?.[1] ?? "¶");

const bullets = (rule: Record<string, unknown>): string[] =>
  outline(rule["note"]).filter((mark) => mark !== "¶");

describe.each([
  ["en", english],
  ["zh-CN", chinese],
])("the seed rule in %s", (_, rule) => {
  it.each([
    ["rule_id", "f545ff26-3c94-4fd0-bd33-3c7f95a3a0fc"],
    ["type", page.fact("规则类型")],
    ["language", "eql"],
    ["index", page.list("规则索引")],
    ["severity", { 低: "low" }[page.fact("严重性")]],
    ["risk_score", Number(page.fact("风险评分"))],
    ["interval", page.fact("运行频率").replace("分钟", "m")],
    ["from", page.fact("搜索索引时间范围").split(" ")[0]],
    ["max_signals", Number(page.fact("每次执行的最大告警数"))],
    ["tags", page.list("标签").map((tag) => IN_ENGLISH[tag] ?? tag.replace("数据源:", "Data Source:"))],
    ["version", Number(page.fact("版本"))],
    ["author", page.list("规则作者")],
    ["license", page.fact("规则许可证")],
  ])("has the page's %s", (field, value) => {
    expect(value).toBeTruthy();
    expect(rule[field]).toEqual(value);
  });

  it("has the page's query to the letter", () => {
    expect(String(rule["query"]).trimEnd()).toBe(page.query);
  });

  it("has no references, as the page has none", () => {
    expect(page.fact("参考")).toBe("");
    expect(rule["references"]).toBeUndefined();
  });

  it("is mapped to ATT&CK in the form that Kibana shows", () => {
    expect(page.fact("框架")).toBe("MITRE ATT&CKTM");
    expect(rule["threat"]).toEqual([
      threat("TA0001", "Initial Access", [["T1566", "Phishing", [["001", "Spearphishing Attachment"]]]]),
      threat("TA0002", "Execution", [
        [
          "T1059",
          "Command and Scripting Interpreter",
          [
            ["001", "PowerShell"],
            ["005", "Visual Basic"],
          ],
        ],
      ]),
    ]);
  });
});

describe("the seed rule's Chinese texts", () => {
  it("are the page's name and description", () => {
    expect(chinese["name"]).toBe(page.name);
    expect(chinese["description"]).toBe(page.description);
  });

  it("are the page's guide: each heading, paragraph and bullet in its order, and nothing else", () => {
    const lines = String(chinese["note"])
      .split("\n")
      .map((line) => line.replace(/^(#+|\s*-)\s/, "").trim())
      .filter((line) => line !== "");
    expect(page.guide).toHaveLength(39);
    expect(lines).toEqual(page.guide);
  });
});

describe("the seed rule's English texts", () => {
  it("are in English", () => {
    expect(english["name"]).toBe("Windows Script Executing PowerShell");
    expect(`${String(english["description"])}${String(english["note"])}`).not.toMatch(/\p{Script=Han}/u);
  });

  it("have the same steps as the Chinese ones, nested the same way", () => {
    expect(bullets(english)).toEqual(bullets(chinese));
  });

  it("come under the headings that analysts know", () => {
    const headings = String(english["note"])
      .split("\n")
      .filter((line) => line.startsWith("#"));
    expect(headings).toEqual([
      "## Triage and analysis",
      "### Investigating Windows Script Executing PowerShell",
      "#### Possible investigation steps",
      "### False positive analysis",
      "### Response and remediation",
    ]);
  });
});

type Subtechniques = readonly (readonly [string, string])[];

function threat(id: string, name: string, techniques: readonly (readonly [string, string, Subtechniques])[]) {
  const site = "https://attack.mitre.org";
  return {
    framework: "MITRE ATT&CK",
    tactic: { id, name, reference: `${site}/tactics/${id}/` },
    technique: techniques.map(([technique, called, subtechniques]) => ({
      id: technique,
      name: called,
      reference: `${site}/techniques/${technique}/`,
      subtechnique: subtechniques.map(([number, subcalled]) => ({
        id: `${technique}.${number}`,
        name: subcalled,
        reference: `${site}/techniques/${technique}/${number}/`,
      })),
    })),
  };
}
