import { describe, expect, it } from "vitest";
import { BASE, compiled } from "../support/rule.js";

const fragments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  one: { "": "One.\n", "zh-CN": "一。\n" },
  windows: { "": "First\r\n\r\n{{> one}}\r\nLast\r\n" },
  long: { "": "x".repeat(300_000) },
  lines: { "": "x\n".repeat(3000) },
  broken: { "": "{{> nowhere}}" },
  ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`deep${i}`, { "": `{{> deep${i + 1}}}` }])),
  deep10: { "": "bottom" },
};
const overrides = {
  fragment: (name: string, locale: string) => {
    const text = fragments[name]?.[locale] ?? fragments[name]?.[""];
    return text === undefined ? undefined : { file: `${name}.fragment.md`, text };
  },
  fragmentNames: Object.keys(fragments),
};

describe("fragments", () => {
  it("have the rule's own line breaks", () => {
    expect(compiled(`${BASE}setup: "{{> windows}}"\n`, overrides).rule.setup).toBe("First\n\nOne.\nLast");
  });

  it("speak the language of the text that they stand in", () => {
    const text = `${BASE}setup: "{{> one}}"\nguide: {overview: "{{> one}}", response: ["{{> one}}"]}\n`;
    const translations = { "zh-CN": 'setup: "{{> one}}"\n' };
    const { rule } = compiled(text, { ...overrides, locale: "zh-CN" }, translations);
    expect(rule.setup).toBe("一。");
    expect(rule.note).toMatch(
      /^## Triage and analysis\n\n### Investigating A name\n\nOne\.\n\n.*\n\n- One\.$/s,
    );
  });

  it.each([
    ["reference/unknown-fragment", "{{> broken}}", /^there is no fragment "nowhere"$/],
    ["reference/fragments-too-deep", "{{> deep0}}", /^the fragment "deep8" lies 8 fragments deep$/],
    [
      "reference/fragment-too-long",
      "{{> long}}\n".repeat(4),
      /"long" the text grows beyond 1000000 characters$/,
    ],
    // An indent is written before each line of the fragment.
    ["reference/fragment-too-long", `${" ".repeat(3000)}{{> lines}}`, /"lines"/],
  ])("that cannot be filled in are reported once: %s", (code, text, message) => {
    const { rule, diagnostics } = compiled(`${BASE}setup: ${JSON.stringify(text)}\n`, overrides);
    expect(diagnostics.map((found) => found.code)).toEqual([code]);
    expect(diagnostics[0]?.message).toMatch(message);
    expect(rule.setup?.length).toBeLessThan(1_000_000);
  });

  it("are told apart by the place of each include", () => {
    const text = "{{> gone}}\n\nText\n\n  {{> gonne}}";
    const { diagnostics } = compiled(`${BASE}note: ${JSON.stringify(text)}\n`, overrides);
    expect(diagnostics.map(({ target }) => target.within)).toEqual([
      { start: 0, end: 10 },
      { start: 18, end: text.length },
    ]);
  });
});
