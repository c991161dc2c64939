import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folderName, kebab, stems } from "../../src/intake/file-name.js";

describe("kebab", () => {
  it.each([
    ["LSASS Memory Dump Through comsvcs.dll", "lsass-memory-dump-through-comsvcs-dll"],
    ["  AWS / S3: Bucket's Policy (v2)  ", "aws-s3-buckets-policy-v2"],
    ["Añadir Überprüfung – Straße Łódź", "anadir-uberprufung-strasse-lodz"],
    ["ＦＵＬＬ Ｗｉｄｔｈ", "full-width"],
    ["检测 PowerShell 脚本", "powershell"],
    ["检测", ""],
    ["../../etc/passwd", "etc-passwd"],
    ["C:\\Windows\\CON", "c-windows-con"],
    ["a\u0000b\u202ec", "a-b-c"],
    ["", ""],
    ["---", ""],
  ])("%j is %j", (name, stem) => expect(kebab(name)).toBe(stem));

  it("is cut between words", () => {
    expect(kebab("abc ".repeat(50))).toMatch(/^(?:abc-)+abc$/);
    expect(kebab("abc ".repeat(50)).length).toBeLessThanOrEqual(80);
    expect(kebab("x".repeat(5000))).toBe("x".repeat(80));
  });

  it("is ASCII that every file system takes, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(kebab(text)).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/);
        expect(kebab(text).length).toBeLessThanOrEqual(80);
      }),
    );
  });
});

describe("stems", () => {
  const first = (name: string, id: string, count: number): string[] => {
    const made: string[] = [];
    for (const stem of stems(name, id, "rule")) if (made.push(stem) === count) break;
    return made;
  };

  it.each([
    [
      "Name",
      "f545ff26-3c94-4fd0-bd33-3c7f95a3a0fc",
      ["name", "name-f545ff26", "name-f545ff26-3c94-4fd0-bd33-3c7f95a3a0fc", "name-2"],
    ],
    ["Name", "soc-rule-17", ["name", "name-soc-rule-17", "name-2", "name-3"]],
    ["Name", "", ["name", "name-2"]],
    ["检测", "soc-rule-17", ["soc-rule-17", "soc-rule-17-2"]],
    ["检测", "规则", ["rule", "rule-2"]],
    ["CON", "soc-rule-17", ["con-soc-rule-17", "con-2"]],
    ["lpt1", "", ["lpt1-2"]],
    ["../../x", "../../y", ["x", "x-y", "x-2"]],
  ])("of %j with the id %j", (name, id, expected) =>
    expect(first(name, id, expected.length)).toEqual(expected),
  );

  it("are never the same twice, and never a device of Windows", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, id) => {
        const made = first(name, id, 8);
        expect(new Set(made).size).toBe(8);
        for (const stem of made) expect(stem).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)$/);
      }),
    );
  });
});

describe("folderName", () => {
  it.each([
    ["aws_bedrock", "aws_bedrock"],
    ["Windows", "windows"],
    ["My Rules", "my-rules"],
    [".git", "git"],
    ["..", ""],
    ["node_modules", "_node_modules"],
    ["dist", "_dist"],
    ["aux", "_aux"],
    ["aux.old", "_aux.old"],
    ["规则", ""],
    ["a:b*c?", "a-b-c"],
  ])("%j is %j", (name, expected) => expect(folderName(name)).toBe(expected));

  it("leads nowhere and hides nothing, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(folderName(name)).toMatch(/^(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?)?$/);
      }),
    );
  });
});
