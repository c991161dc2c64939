import { describe, expect, it } from "vitest";
import { ATTACK_VERSIONS, loadAttack } from "../../src/attack/index.js";
import { formatted } from "./support.js";

const attack = (...lines: string[]): string => `attack:\n${lines.map((line) => `  ${line}\n`).join("")}`;

describe("names of ATT&CK", () => {
  it.each([
    ["are filled in", "Execution: [T1059.001]", "Execution: [T1059.001 PowerShell]"],
    ["are corrected", "Execution: [T1059.001 Powershel]", "Execution: [T1059.001 PowerShell]"],
    [
      "are corrected in a list of lines",
      "Execution:\n    - T1059 # why\n    - T1059.005",
      "Execution:\n    - T1059 Command and Scripting Interpreter # why\n    - T1059.005 Visual Basic",
    ],
    [
      "of sub-techniques may begin with their technique's",
      "Execution: ['T1059.001 Command and Scripting Interpreter: PowerShell']",
      "Execution: ['T1059.001 Command and Scripting Interpreter: PowerShell']",
    ],
    [
      "have one space before them",
      "Execution: [T1059.001   PowerShell]",
      "Execution: [T1059.001 PowerShell]",
    ],
    ["stay in single quotes", "Execution: ['T1059.001']", "Execution: ['T1059.001 PowerShell']"],
    ["stay in double quotes", 'Execution: ["T1059.001 x"]', 'Execution: ["T1059.001 PowerShell"]'],
    [
      "of tactics are corrected",
      "TA0002 Executing: [T1059.001 PowerShell]",
      "TA0002 Execution: [T1059.001 PowerShell]",
    ],
    [
      "of tactics are filled in",
      "TA0002: [T1059.001 PowerShell]",
      "TA0002 Execution: [T1059.001 PowerShell]",
    ],
    [
      "of tactics are filled in without techniques",
      "TA0002:\n  TA0003: []",
      "TA0002 Execution:\n  TA0003 Persistence: []",
    ],
    [
      "of tactics are spelt as ATT&CK does",
      "'command-and-control': [T1071 Application Layer Protocol]",
      "'Command and Control': [T1071 Application Layer Protocol]",
    ],
    ["of tactics may be the only thing that names them", "Execution: []", "Execution: []"],
    [
      "that another version has stay",
      "Defense Evasion: [T1070 Indicator Removal]",
      "Defense Evasion: [T1070 Indicator Removal]",
    ],
    [
      "behind unknown ids stay",
      "Execution: [T9999 Nothing, T1059.999, TA0002]",
      "Execution: [T9999 Nothing, T1059.999, TA0002]",
    ],
    ["without an id stay", "Execution: [PowerShell]", "Execution: [PowerShell]"],
    ["of revoked techniques are theirs", "Execution: [T1086]", "Execution: [T1086 PowerShell]"],
    [
      "keep the author's order",
      "Persistence: [T1136.001]\n  Execution: [T1059.005, T1059.001]",
      "Persistence: [T1136.001 Local Account]\n  Execution: [T1059.005 Visual Basic, T1059.001 PowerShell]",
    ],
    [
      "of other shapes stay",
      "Execution: T1059\n  Persistence: {T1136: a}\n  Impact: [1059, null, [T1059]]",
      "Execution: T1059\n  Persistence: {T1136: a}\n  Impact: [1059, null, [T1059]]",
    ],
  ])("%s", (_, before, after) => {
    expect(formatted(attack(before))).toEqual({ text: attack(after), diagnostics: [] });
    expect(formatted(attack(after))).toEqual({ text: attack(after), diagnostics: [] });
  });

  it.each([["TA0002"], ["execution"]])(
    "of a tactic that stands there already do not make two keys of one: %s",
    (key) => {
      const text = attack(`${key}: [T1059]`, "TA0002 Execution: [T1059.001]", "Execution: [T1059.005]");
      expect(formatted(text).text).toBe(
        attack(
          `${key}: [T1059 Command and Scripting Interpreter]`,
          "TA0002 Execution: [T1059.001 PowerShell]",
          "Execution: [T1059.005 Visual Basic]",
        ),
      );
    },
  );

  it("of two keys for one tactic are told apart", () => {
    const text = attack("TA0002: [T1059.001 PowerShell]", "TA0002 X: [T1059.005 Visual Basic]");
    expect(formatted(text).text).toBe(
      attack("TA0002 Execution: [T1059.001 PowerShell]", "TA0002 X: [T1059.005 Visual Basic]"),
    );
  });

  it.each([
    ["a block", "Execution:\n    - |-\n      T1059.001\n    - T1059"],
    ["an escape", 'Execution: ["T1059\\u002e001", T1059]'],
  ])("in %s are for a person to change", (_, text) => {
    expect(formatted(attack(text)).text).toBe(
      attack(text.replace(/T1059(\]|$)/, "T1059 Command and Scripting Interpreter$1")),
    );
  });

  it.each([
    ["threat:\n  - framework: MITRE ATT&CK\n    tactic: { id: TA0002, name: Wrong, reference: x }\n"],
    ["attack: [T1059]\n"],
    ["attack: T1059\n"],
    ["attack:\n"],
  ])("elsewhere stay: %j", (text) => {
    expect(formatted(text)).toEqual({ text, diagnostics: [] });
  });

  it("that are aliased elsewhere leave the file alone, with a finding", () => {
    const text = "name: &a T1059.001\nattack: { Execution: [*a] }\ntags: [&b T1059]\nnote: *b\n";
    expect(formatted(text)).toEqual({ text, diagnostics: [] });
    const changing = "attack:\n  Execution: [&a T1059.001]\nnote: *a\n";
    expect(formatted(changing)).toMatchObject({
      text: changing,
      diagnostics: [{ code: "format/meaning-at-risk" }],
    });
  });

  it.each(ATTACK_VERSIONS)(
    "are written for every tactic and technique of %s so that YAML reads them",
    (version) => {
      const vocabulary = loadAttack(version);
      const lines = vocabulary.tactics.flatMap(({ id }) => {
        const ids = [...vocabulary.techniques.values()]
          .filter(({ tactics }) => tactics.includes(id))
          .map((one) => one.id);
        return [`${id}: [${ids.join(", ")}]`];
      });
      const { text, diagnostics } = formatted(attack(...lines), "rule", { attack: vocabulary });
      expect(diagnostics).toEqual([]);
      expect(text).not.toMatch(/T\d{4}(?:\.\d{3})?[,\]]/);
      expect(text).not.toContain('"');
    },
  );
});
