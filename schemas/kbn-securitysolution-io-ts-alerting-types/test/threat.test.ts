import { isLeft } from "fp-ts/lib/Either.js";
import { describe, expect, it } from "vitest";
import {
  threat,
  threat_framework,
  threat_subtechnique,
  threat_subtechnique_id,
  threat_subtechnique_name,
  threat_subtechnique_reference,
  threat_subtechniques,
  threat_tactic,
  threat_tactic_id,
  threat_tactic_name,
  threat_tactic_reference,
  threat_technique,
  threat_technique_id,
  threat_technique_name,
  threat_technique_reference,
  threat_techniques,
  threats,
} from "../src/index.js";
import { type Accepted, expectAccepted, expectRejected, supplied } from "./harness.js";

const reference = { id: "x", name: "y", reference: "z" };
const base = { framework: "MITRE ATT&CK", tactic: reference };

describe("threat", () => {
  it.each<Accepted>([
    [base],
    [{ framework: "", tactic: { id: "", name: "", reference: "" } }],
    [{ ...base, technique: undefined }],
    [{ ...base, technique: [] }],
    [{ ...base, technique: [reference] }],
    [{ ...base, technique: [{ ...reference, subtechnique: undefined }] }],
    [{ ...base, technique: [{ ...reference, subtechnique: [] }] }],
    [{ ...base, technique: [{ ...reference, subtechnique: [reference] }] }],
    // Unknown keys go from a threat and a technique, and stay in a tactic and a sub-technique.
    [
      {
        ...base,
        a: 1,
        tactic: { ...reference, b: 2 },
        technique: [{ ...reference, c: 3, subtechnique: [{ ...reference, d: 4 }] }],
      },
      {
        ...base,
        tactic: { ...reference, b: 2 },
        technique: [{ ...reference, subtechnique: [{ ...reference, d: 4 }] }],
      },
    ],
  ])("accepts %j", (...row) => {
    expectAccepted(threat, row);
  });

  it("names what is missing", () => {
    expectRejected(threat, [
      { tactic: { id: "x", name: "y" } },
      supplied("undefined", "framework"),
      supplied("undefined", "tactic,reference"),
    ]);
  });

  it.each([
    { ...base, technique: null },
    { ...base, technique: [{ ...reference, subtechnique: null }] },
    { ...base, tactic: null },
  ])("rejects %j", (input) => {
    expect(isLeft(threat.decode(input))).toBe(true);
  });

  it("comes in lists", () => {
    expectAccepted(threats, [[]]);
    expectAccepted(threats, [[base, base]]);
    expectAccepted(threat_techniques, [[reference]]);
    expectAccepted(threat_subtechniques, [[reference]]);
    expect(isLeft(threats.decode(null))).toBe(true);
  });
});

describe("parts of a threat", () => {
  it.each([
    threat_framework,
    threat_tactic_id,
    threat_tactic_name,
    threat_tactic_reference,
    threat_technique_id,
    threat_technique_name,
    threat_technique_reference,
    threat_subtechnique_id,
    threat_subtechnique_name,
    threat_subtechnique_reference,
  ])("are any text", (codec) => {
    expectAccepted(codec, [""]);
    expectRejected(codec, [5, supplied("5", "string")]);
  });

  it.each([threat_tactic, threat_technique, threat_subtechnique])("have id, name and reference", (codec) => {
    expectAccepted(codec, [reference]);
    expectRejected(codec, [
      {},
      supplied("undefined", "id"),
      supplied("undefined", "name"),
      supplied("undefined", "reference"),
    ]);
  });
});
