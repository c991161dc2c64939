import { readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  ATTACK_VERSIONS,
  attackVersionFor,
  loadAttack,
  tacticReference,
  techniqueReference,
} from "../../src/attack/index.js";
import { AttackVocabulary } from "../../src/attack/vocabulary.js";

describe("attackVersionFor", () => {
  it.each([
    ["8.19", "18.1"],
    ["9.4", "18.1"],
    ["9.4.9", "18.1"],
    ["9.5", "19.0"],
    ["9.5.0-SNAPSHOT", "19.0"],
    ["9.10", "19.0"],
    ["10.0", "19.0"],
    ["serverless", "19.0"],
  ])("a stack %s has ATT&CK %s", (stack, version) => expect(attackVersionFor(stack)).toBe(version));
});

describe.each(ATTACK_VERSIONS)("ATT&CK %s", (version) => {
  const attack = loadAttack(version);
  const path = `schemas/attack/enterprise-${version}.json`;

  it("is made once", () => {
    expect(loadAttack(version)).toBe(attack);
    expect(attack.version).toBe(version);
  });

  it("is small, and carries MITRE's notice", () => {
    expect(statSync(path).size).toBeLessThan(100_000);
    expect((JSON.parse(readFileSync(path, "utf8")) as { notice: string }).notice).toMatch(
      /^© 20\d\d The MITRE Corporation\. This work is reproduced and distributed with the permission of The MITRE Corporation\.$/,
    );
  });

  it("has tactics of its own for every technique, and a parent for every sub-technique", () => {
    const ids = new Set(attack.tactics.map((tactic) => tactic.id));
    for (const technique of attack.techniques.values()) {
      if (attack.isRevoked(technique)) continue;
      if (technique.deprecated !== true) expect(technique.tactics.length, technique.id).toBeGreaterThan(0);
      expect(
        technique.tactics.filter((id) => !ids.has(id)),
        technique.id,
      ).toEqual([]);
      if (technique.id.includes(".")) expect(attack.parentOf(technique.id), technique.id).toBeDefined();
    }
  });

  it("names a successor in force for whatever was revoked by something", () => {
    const revoked = [...attack.techniques.values()].filter((technique) => technique.revoked_by !== undefined);
    expect(revoked.length).toBeGreaterThan(100);
    for (const technique of revoked) {
      const successor = attack.successorOf(technique);
      expect(successor, technique.id).toBeDefined();
      expect(attack.isRevoked(successor!), technique.id).toBe(false);
    }
  });

  it("finds a tactic by id, name and shortname, in any case", () => {
    for (const key of ["TA0001", "ta0001", "Initial Access", " initial access ", "initial-access"])
      expect(attack.tactic(key)?.id).toBe("TA0001");
    expect(attack.tactic("TA9999")).toBeUndefined();
    expect(attack.tactic("constructor")).toBeUndefined();
  });
});

describe("the versions differ as MITRE changed them", () => {
  it.each([
    ["18.1", 14, "Defense Evasion", 216, 475],
    ["19.0", 15, "Stealth", 222, 475],
  ] as const)("%s has %d tactics, TA0005 is %s", (version, tactics, name, techniques, subtechniques) => {
    const attack = loadAttack(version);
    expect(attack.tactics).toHaveLength(tactics);
    expect(attack.tactic("TA0005")?.name).toBe(name);
    const current = [...attack.techniques.values()].filter(
      (technique) => !attack.isRevoked(technique) && technique.deprecated !== true,
    );
    expect(current.filter(({ id }) => !id.includes("."))).toHaveLength(techniques);
    expect(current.filter(({ id }) => id.includes("."))).toHaveLength(subtechniques);
  });

  it("19.0 has TA0112 and moved T1562 there", () => {
    expect(loadAttack("18.1").tactic("TA0112")).toBeUndefined();
    const attack = loadAttack("19.0");
    expect(attack.tactic("TA0112")?.name).toBe("Defense Impairment");
    for (const technique of attack.techniques.values()) {
      if (!/^T1562(\.|$)/.test(technique.id)) continue;
      expect(attack.successorOf(technique)?.id, technique.id).toMatch(/^T1(68[5-9]|690)/);
    }
  });
});

const technique = (id: string, more: object = {}) => ({ id, name: id, tactics: ["TA0001"], ...more });

describe("successorOf", () => {
  const attack = new AttackVocabulary({
    version: "0",
    tactics: [{ id: "TA0001", name: "One", shortname: "one" }],
    techniques: [
      technique("T1", { revoked_by: "T2" }),
      technique("T2", { revoked_by: "T3" }),
      technique("T3"),
      technique("T4", { revoked_by: "T5" }),
      technique("T5", { revoked_by: "T4" }),
      technique("T6", { revoked_by: "T9" }),
      technique("T7", { revoked: true }),
      technique("T8", { revoked_by: "T7" }),
    ],
  });

  it.each([
    ["T1", "T3"],
    ["T2", "T3"],
    ["T3", undefined],
    ["T4", undefined],
    ["T6", undefined],
    ["T7", undefined],
    ["T8", undefined],
  ])("of %s is %s", (id, successor) => {
    expect(attack.successorOf(attack.technique(id)!)?.id).toBe(successor);
  });
});

describe("references", () => {
  it("end in a slash, as Kibana writes them", () => {
    expect(tacticReference("TA0001")).toBe("https://attack.mitre.org/tactics/TA0001/");
    expect(techniqueReference("T1566")).toBe("https://attack.mitre.org/techniques/T1566/");
    expect(techniqueReference("T1566.001")).toBe("https://attack.mitre.org/techniques/T1566/001/");
  });
});
