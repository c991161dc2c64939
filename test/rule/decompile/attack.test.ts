import { describe, expect, it } from "vitest";
import { ATTACK_VERSIONS, loadAttack } from "../../../src/attack/index.js";
import { attackVersionOf, decompileRule } from "../../../src/rule/decompile/index.js";
import { compileAttack } from "../../../src/rule/attack.js";
import { decompileContext, type Fields, RULE, roundTrip } from "./support.js";

const page = "https://attack.mitre.org";
const POWERSHELL = { id: "T1059.001", name: "PowerShell", reference: `${page}/techniques/T1059/001/` };
const INTERPRETER = {
  id: "T1059",
  name: "Command and Scripting Interpreter",
  reference: `${page}/techniques/T1059/`,
};
const EXECUTION = { id: "TA0002", name: "Execution", reference: `${page}/tactics/TA0002/` };

function entry(technique?: unknown, tactic: unknown = EXECUTION, framework = "MITRE ATT&CK"): Fields {
  return { framework, tactic, ...(technique === undefined ? {} : { technique }) };
}

const attackOf = (threat: unknown) =>
  decompileRule({ ...RULE, threat }, decompileContext()).authored["attack"];

describe("threat becomes attack", () => {
  it.each([
    ["a tactic alone", [entry()], { Execution: [] }],
    ["a tactic with an empty list, as Kibana's form writes it", [entry([])], { Execution: [] }],
    ["a technique", [entry([INTERPRETER])], { Execution: ["T1059 Command and Scripting Interpreter"] }],
    [
      "a technique with an empty list below it",
      [entry([{ ...INTERPRETER, subtechnique: [] }])],
      { Execution: ["T1059 Command and Scripting Interpreter"] },
    ],
    [
      "a sub-technique, which brings its technique along",
      [entry([{ ...INTERPRETER, subtechnique: [POWERSHELL] }])],
      { Execution: ["T1059.001 PowerShell"] },
    ],
  ])("%s", (_, threat, attack) => {
    const { authored, rule, notes } = roundTrip({ ...RULE, threat });
    expect(authored["attack"]).toEqual(attack);
    expect(authored["threat"]).toBeUndefined();
    expect(notes).toEqual([]);
    expect(rule["threat"]).toEqual(compileAttack(attack, loadAttack("18.1")));
  });

  it("for every tactic and technique that a version knows", () => {
    for (const version of ATTACK_VERSIONS) {
      const attack = loadAttack(version);
      for (const { id, name } of attack.techniques.values()) {
        const threat = compileAttack({ Execution: [`${id} ${name}`] }, attack);
        const { authored, notes } = decompileRule({ ...RULE, threat }, decompileContext({ attack }));
        expect(notes).toEqual([]);
        expect(authored["attack"]).toEqual({ Execution: [`${id} ${name}`] });
      }
    }
  });
});

describe("threat is kept, and the note says why", () => {
  const below = { ...INTERPRETER, subtechnique: [POWERSHELL] };
  it.each([
    [
      "a page without the slash at its end",
      [entry(undefined, { ...EXECUTION, reference: `${page}/tactics/TA0002` })],
      `the page of TA0002 is given as ${page}/tactics/TA0002, not ${page}/tactics/TA0002/`,
    ],
    [
      "another name",
      [entry([{ ...INTERPRETER, name: "Scripting" }])],
      'ATT&CK 18.1 calls T1059 "Command and Scripting Interpreter", not "Scripting"',
    ],
    ["another framework", [entry(undefined, EXECUTION, "MITRE ATLAS")], 'its framework is "MITRE ATLAS"'],
    [
      "a technique that does not exist",
      [entry([{ id: "T9999", name: "New", reference: `${page}/techniques/T9999/` }])],
      "ATT&CK 18.1 has no T9999",
    ],
    [
      "a tactic that is there twice",
      [entry([INTERPRETER]), entry([below])],
      "tactics or techniques are repeated, or stand in an order that attack does not give",
    ],
    [
      "a sub-technique below another technique",
      [
        entry([
          {
            ...INTERPRETER,
            id: "T1106",
            name: "Native API",
            reference: `${page}/techniques/T1106/`,
            subtechnique: [POWERSHELL],
          },
        ]),
      ],
      "tactics or techniques are repeated, or stand in an order that attack does not give",
    ],
    ["no name", [entry([{ id: "T1059" }])], "an entry lacks an id or a name"],
    ["no list", "Execution", "it is no list of mappings"],
  ])("%s", (_, threat, reason) => {
    const { authored, notes } = decompileRule({ ...RULE, threat }, decompileContext());
    expect(authored["attack"]).toBeUndefined();
    expect(authored["threat"]).toEqual(threat);
    expect(notes).toEqual([{ code: "import/threat-kept", params: { reason }, pointer: "/threat" }]);
  });

  it("names the version that it follows where the project has another", () => {
    const [v18, v19] = [loadAttack("18.1"), loadAttack("19.0")];
    const changed = [...v18.techniques.values()].find(({ id, name }) => {
      const other = v19.technique(id);
      return other !== undefined && other.name !== name && !id.includes(".");
    })!;
    const threat = compileAttack({ Execution: [changed.id] }, v18);
    const { notes } = decompileRule({ ...RULE, threat }, decompileContext({ attack: v19 }));
    expect(notes[0]?.params).toEqual({ reason: "it follows ATT&CK 18.1, and the project 19.0" });
    expect(attackVersionOf(threat)).toBe("18.1");
  });
});

it("the version of a mapping is known, where there is one", () => {
  expect(attackVersionOf([entry([INTERPRETER])])).toBe("18.1");
  expect(attackVersionOf([entry([{ ...INTERPRETER, name: "Scripting" }])])).toBeUndefined();
  expect(attackVersionOf("Execution")).toBeUndefined();
});

it("an empty threat is none", () => {
  expect(attackOf([])).toBeUndefined();
  expect(decompileRule({ ...RULE, threat: [] }, decompileContext()).authored["threat"]).toBeUndefined();
});
