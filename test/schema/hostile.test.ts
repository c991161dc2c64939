/** Files that nobody writes by hand: what they cost, and what findings say of them. */
import { describe, expect, it } from "vitest";
import type { LocatedDocument } from "../../src/yaml/index.js";
import { check } from "../../src/schema/index.js";
import { parseDocument } from "../../src/yaml/index.js";
import { brief, findingsOf, kindOf, MINIMAL } from "./support.js";

const ODD_KEYS = ["__proto__", "constructor", "toString", "hasOwnProperty"];

describe("data that is no mapping", () => {
  it.each([[undefined], [null], ["text"], [3], [true]])("%s", (data) => {
    const document = { ...parseDocument("", "a.yml"), file: "a.yml", data } as LocatedDocument;
    for (const of of Object.keys(MINIMAL)) expect(check(kindOf(of), document)).toEqual([]);
  });
});

describe.each(ODD_KEYS)("the key %s", (key) => {
  it.each<readonly [of: string, yaml: string, ...findings: string[]]>([
    ["query", `alert_suppression: {group_by: [a], ${key}: 1}`, `unknown-key @/alert_suppression/${key}`],
    ["query", `attack: {${key}: [1]}`, `wrong-type /attack/${key}/0`],
    ["query", `actions: [{connector: a, params: {${key}: 1}, ${key}: 1}]`, `unknown-key @/actions/0/${key}`],
    ["query", `response_actions: [{action_type_id: ${key}, params: {}}]`, "bad-value /response_actions/0/action_type_id"],
    ["query", `type: ${key}`, "unknown-type /type"],
    ["query", `meta: {${key}: 1}`],
    ["exceptions", `items: [{item_id: i, name: n, description: d, entries: [{type: ${key}}]}]`,
      "bad-value /items/0/entries/0/type"],
    ["connector", `secrets: {${key}: hunter2}`, `literal-secret /secrets/${key}`],
    ["config", `lint: {${key}: off}`, `bad-format @/lint/${key}`],
    ["config", `defaults: {${key}: off}`, `unknown-key @/defaults/${key}`],
  ])("%s: %s", (of, yaml, ...expected) => {
    expect(findingsOf(of, yaml).map(brief)).toEqual(expected);
  }); // prettier-ignore
});

describe("messages", () => {
  it.each<readonly [of: string, yaml: string, message: string]>([
    ["query", "attack: {'1': [bad]}", '"attack.1[0]" must be a technique\'s id'],
    ["connector", "secrets: {'1': hunter2}", '"secrets.1" must come from the environment'],
    ["config", "environments: {'1': []}", '"environments.1" must be a mapping, not a list'],
  ])("tell a key that is a number from a place in a list: %s: %s", (of, yaml, message) => {
    expect(findingsOf(of, yaml).map((found) => found.message)).toEqual([expect.stringContaining(message)]);
  });

  const long = "x".repeat(59) + "😀".repeat(3_000);
  it.each<readonly [of: string, yaml: string]>([
    ["query", `${long}: 1`],
    ["query", `attack: {${long}: 1}`],
    ["query", `type: ${long}`],
    ["query", `severity: ${long}`],
    ["config", `lint: {${long}: off}`],
  ])("repeat no more than the start of a long text (%s)", (of, yaml) => {
    const [found, ...others] = findingsOf(of, yaml);
    expect(others).toEqual([]);
    expect(found?.message).toContain("…");
    expect(found?.message.length).toBeLessThan(160);
    expect(found?.message).not.toMatch(/[\uD800-\uDFFF]/u);
  });
});

/** The time to check is that of the errors; with their square, each of these would take minutes. */
describe("20,000 mistakes in one file", () => {
  const list = (item: string): string => `[${Array.from({ length: 20_000 }, () => item).join(",")}]`;
  it.each<readonly [of: string, yaml: string, findings: number]>([
    ["query", `index: ${list("1")}`, 20_000],
    ["query", `actions: ${list("{}")}`, 40_000],
    ["query", `guide: {investigation_steps: ${list("1")}}`, 20_000],
    ["query", Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join("\n"), 20_000],
    ["exceptions", `items: ${list("{entries: [{type: x}]}")}`, 80_000],
  ])("%s: the first 2,000 of them, and how many more there are", (of, yaml, count) => {
    const found = findingsOf(of, yaml);
    expect(found).toHaveLength(2_001);
    expect(found.at(-1)).toMatchObject({
      code: "schema/too-many-findings",
      severity: "error",
      message: `${count - 2_000} more mistakes in this file are not listed`,
    });
  }, 20_000); // prettier-ignore

  it("are all listed where there are 2,000", () => {
    const yaml = Array.from({ length: 2_000 }, (_, i) => `k${i}: 1`).join("\n");
    expect(new Set(findingsOf("query", yaml).map(({ code }) => code))).toEqual(
      new Set(["schema/unknown-key"]),
    );
  });

  it("or one mistake below 45 steps", () => {
    const yaml = `guide: {investigation_steps: ${"[{text: a, steps: ".repeat(45)}[1]${"}]".repeat(45)}}`;
    expect(findingsOf("query", yaml).map(brief)).toEqual([
      `wrong-type /guide/investigation_steps${"/0/steps".repeat(45)}/0`,
    ]);
  });
});
