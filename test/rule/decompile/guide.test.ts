import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decompileGuide } from "../../../src/rule/decompile/guide.js";
import { renderGuide } from "../../../src/rule/guide.js";
import { roundTrip, RULE } from "./support.js";

const NAME = "A name";
const START = `## Triage and analysis\n\n### Investigating ${NAME}\n\n`;
const STEPS = "#### Possible investigation steps\n\n";

const guideOf = (note: string, locale = "en") => decompileGuide(note, NAME, locale);

describe("a note becomes a guide", () => {
  it.each([
    [
      "all parts",
      `Why.\n\n${STEPS}- One.\n- Two.\n\n### False positive analysis\n\n- Maybe.\n\n### Response and remediation\n\n- Act.\n\n### More\n\nText.`,
      {
        overview: "Why.",
        investigation_steps: ["One.", "Two."],
        false_positives: ["Maybe."],
        response: ["Act."],
        sections: [{ heading: "More", body: "Text." }],
      },
    ],
    [
      "steps below steps",
      `${STEPS}- One.\n  - One a.\n    - Deep.\n  - One b.\n- Two.`,
      {
        investigation_steps: [
          { text: "One.", steps: [{ text: "One a.", steps: ["Deep."] }, "One b."] },
          "Two.",
        ],
      },
    ],
    [
      "a step of several lines and paragraphs",
      `${STEPS}- One.\n  Still one.\n\n  And more.\n- Two.`,
      { investigation_steps: ["One.\nStill one.\n\nAnd more.\n", "Two."] },
    ],
    [
      "an osquery and a timeline",
      `${STEPS}- !{osquery{"label":"Ask","query":"select 1"}}\n- !{investigate{"label":"Look","providers":[[{"excluded":false,"field":"host.id","queryType":"phrase","value":"{{host.id}}","valueType":"string"}]]}}`,
      {
        investigation_steps: [
          { osquery: { label: "Ask", query: "select 1" } },
          {
            investigate: {
              label: "Look",
              providers: [
                [
                  {
                    excluded: false,
                    field: "host.id",
                    queryType: "phrase",
                    value: "{{host.id}}",
                    valueType: "string",
                  },
                ],
              ],
            },
          },
        ],
      },
    ],
    [
      "plugins in another form, as text",
      `${STEPS}- !{osquery{"query":"select 1","label":"Ask"}}\n- !{osquery{"label":"Ask","query":"q","more":1}}\n- !{investigate{"label":""}}\n- !{osquery{broken}}`,
      {
        investigation_steps: [
          '!{osquery{"query":"select 1","label":"Ask"}}',
          '!{osquery{"label":"Ask","query":"q","more":1}}',
          '!{investigate{"label":""}}',
          "!{osquery{broken}}",
        ],
      },
    ],
    [
      "headings in a code block, which are none",
      `\`\`\`sh\n### no heading\n\`\`\`\n\n### Response and remediation\n\n- Act.`,
      { overview: "```sh\n### no heading\n```\n", response: ["Act."] },
    ],
  ])("%s", (_, body, guide) => {
    expect(guideOf(START + body)).toEqual(guide);
    const { authored, rule, notes } = roundTrip({ ...RULE, note: START + body });
    expect(authored["guide"]).toEqual(guide);
    expect(rule["note"]).toBe(START + body);
    expect(notes).toEqual([]);
  });

  it("in the project's language", () => {
    const note = `## 分类和分析\n\n### 调查${NAME}\n\n#### 可能的调查步骤\n\n- 一`;
    expect(guideOf(note, "zh-CN")).toEqual({ investigation_steps: ["一"] });
    expect(guideOf(note)).toBeUndefined();
  });
});

describe("a note stays a note", () => {
  it.each([
    ["plain text", "Look at it."],
    ["another rule's name", START.replace(NAME, "Another") + "Why."],
    ["an overview alone", `${START}Why.`],
    ["a newline at the end", `${START}${STEPS}- One.\n`],
    ["other bullets", `${START}${STEPS}* One.`],
    ["prose where a list belongs", `${START}### Response and remediation\n\nAct.`],
    ["a list before its turn", `${START}### Response and remediation\n\n- Act.\n\n${STEPS}- One.`],
    ["three empty lines", `${START}Why.\n\n\n\n${STEPS}- One.`],
    ["what would be a fragment", `${START}${STEPS}- {{> name}}`],
    [
      "a text between headings",
      `## Triage and analysis\n\n> AI\n\n### Investigating ${NAME}\n\n${STEPS}- One.`,
    ],
  ])("%s", (_, note) => {
    expect(guideOf(note)).toBeUndefined();
    const { authored, rule } = roundTrip({ ...RULE, note });
    expect(authored["guide"]).toBeUndefined();
    expect(authored["note"]).toBe(note.includes("\n") ? `${note}\n` : note);
    expect(rule["note"]).toBe(note);
  });
});

it("a note whose line would be taken for a fragment is kept where nothing is filled in", () => {
  const note = "Look.\n\n  {{> name}}\n\nThen act.";
  const fragment = { file: "name.fragment.md", text: "FILLED IN" };
  const { authored, rule, notes } = roundTrip(
    { ...RULE, note, setup: "{{> name}}" },
    {},
    { fragment: () => fragment, fragmentNames: ["name"] },
  );
  expect(authored["extra"]).toEqual({ note, setup: "{{> name}}" });
  expect(rule).toMatchObject({ note, setup: "{{> name}}" });
  expect(notes.map(({ code, pointer }) => [code, pointer])).toEqual([
    ["import/include-line", "/setup"],
    ["import/include-line", "/note"],
  ]);
});

it("what guides render to becomes the same guide", () => {
  const word = fc.stringMatching(/^[a-z]{1,8}( [a-z*_`#]{1,8}){0,3}$/);
  const step = fc.letrec((tie) => ({
    step: fc.oneof(
      { maxDepth: 3 },
      word,
      fc.record({ text: word, steps: fc.array(tie("step"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ osquery: fc.record({ label: word, query: word }) }),
    ),
  })).step;
  const steps = fc.array(step, { minLength: 1, maxLength: 3 });
  const guide = fc.record(
    {
      overview: word,
      investigation_steps: steps,
      false_positives: steps,
      response: steps,
      sections: fc.array(fc.record({ heading: word, body: word }), { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ["investigation_steps"] },
  );
  fc.assert(
    fc.property(guide, fc.constantFrom("en", "zh-CN"), (made, locale) => {
      const note = renderGuide(made as Parameters<typeof renderGuide>[0], {
        name: NAME,
        locale,
        expand: (text) => text,
      });
      expect(guideOf(note, locale)).toEqual(made);
    }),
  );
});
