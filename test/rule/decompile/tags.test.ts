import { describe, expect, it } from "vitest";
import { roundTrip, RULE } from "./support.js";

const THREAT = [
  {
    framework: "MITRE ATT&CK",
    tactic: { id: "TA0002", name: "Execution", reference: "https://attack.mitre.org/tactics/TA0002/" },
  },
];
const GUIDE = "Resources: Investigation Guide";

describe("tags by kind", () => {
  it.each([
    ["one of a kind", ["Domain: Endpoint"], { domain: "Endpoint" }],
    [
      "several of a kind",
      ["Domain: Endpoint", "OS: Linux", "OS: macOS"],
      { domain: "Endpoint", os: ["Linux", "macOS"] },
    ],
    [
      "derived ones where deriving puts them",
      ["Domain: Endpoint", "Use Case: Threat Detection", "Tactic: Execution", GUIDE, "Data Source: Sysmon"],
      { domain: "Endpoint", use_case: "Threat Detection", data_source: "Sysmon" },
    ],
    [
      "free ones at the end",
      ["Tactic: Execution", GUIDE, "Data Source: Sysmon", "mine"],
      { data_source: "Sysmon", other: "mine" },
    ],
    [
      "a tactic that the rule is not mapped to",
      ["OS: Linux", "Tactic: Impact"],
      ["OS: Linux", "Tactic: Impact"],
    ],
    ["another order", ["OS: Linux", "Domain: Endpoint"], ["OS: Linux", "Domain: Endpoint"]],
    [
      "a derived one that is missing",
      ["Domain: Endpoint", "Tactic: Execution"],
      ["Domain: Endpoint", "Tactic: Execution"],
    ],
    ["one that is there twice", ["OS: Linux", "OS: Linux"], ["OS: Linux", "OS: Linux"]],
    ["a blank value", ["OS: "], ["OS: "]],
    ["a value with a blank before it", ["OS:  Linux"], ["OS:  Linux"]],
    ["only free ones", ["a", "b"], ["a", "b"]],
  ])("%s", (_, tags, expected) => {
    const isDerived = tags.includes(GUIDE) || tags.at(-1) === "Tactic: Execution";
    const source = { ...RULE, tags, ...(isDerived ? { threat: THREAT, note: "Look." } : {}) };
    const { authored, rule } = roundTrip(source);
    expect(authored["tags"]).toEqual(expected);
    expect(rule["tags"]).toEqual(tags);
  });

  it("are no kinds where they are not text", () => {
    const { authored } = roundTrip({ ...RULE, tags: ["OS: Linux", 1] });
    expect(authored["tags"]).toEqual(["OS: Linux", 1]);
  });
});
