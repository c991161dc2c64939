/** The names that real rules use: none of them is called a mistake, and slips in them are. */
import { parse } from "smol-toml";
import { expect, it } from "vitest";
import { ecsFields, judgeUnknown, nearFields } from "../../src/fields/index.js";
import * as eql from "../../src/query/eql/index.js";
import * as kql from "../../src/query/kql/index.js";
import { conformanceFiles, describeConformance } from "../support/conformance.js";

const ecs = ecsFields();

function namesIn(toml: string): string[] {
  const { rule } = parse(toml) as { rule: { query?: string; language?: string } };
  if (rule.query === undefined) return [];
  if (rule.language === "eql") return eql.fieldsOf(eql.parse(rule.query).ast).map(({ name }) => name);
  if (rule.language !== "kuery") return [];
  return kql.fieldsOf(kql.parse(rule.query).ast).flatMap(({ name, wildcard }) => (wildcard ? [] : [name]));
}

/** A name after a slip of the keyboard at each of its letters: one left out, doubled, swapped or another. */
function slips(name: string): string[] {
  return [...name].flatMap((letter, i) => {
    const [before, after] = [name.slice(0, i), name.slice(i + 1)];
    const swapped = after === "" ? [] : [before + after[0]! + letter + after.slice(1)];
    const other = letter === "." ? [] : [`${before}x${after}`];
    return [before + after, before + letter + letter + after, ...swapped, ...other];
  });
}

describeConformance("names in real rules", "rules", (folder) => {
  const names = [...new Set(conformanceFiles(folder, ".toml").flatMap(({ text }) => namesIn(text)))];

  it("are there, or may well be", () => {
    expect(names.length).toBeGreaterThan(150);
    const reported = names.filter(
      (name) => ecs.find(name) === undefined && judgeUnknown(ecs, name) !== undefined,
    );
    expect(reported).toEqual([]);
  });

  it("are found again after a slip", () => {
    const mistyped = names
      .filter((name) => ecs.find(name)?.source === "ecs")
      .flatMap((name) => slips(name).map((slip) => ({ name, slip })))
      .filter(({ name, slip }) => slip !== name && ecs.find(slip) === undefined);
    const silent = mistyped.filter(({ slip }) => judgeUnknown(ecs, slip) === undefined);
    const lost = mistyped.filter(({ name, slip }) => nearFields(ecs, slip)[0] !== name);
    expect(silent.length / mistyped.length).toBeLessThan(0.01);
    expect(lost.length / mistyped.length).toBeLessThan(0.03);
  });
});
