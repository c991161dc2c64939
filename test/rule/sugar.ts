import { fc } from "@fast-check/vitest";
import { ATTACK_VERSIONS, loadAttack } from "../../src/attack/index.js";

const line = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== "");
const lines = fc.array(line, { maxLength: 3 });
const tagValue = fc.oneof(line, lines);

const attack = fc.constantFrom(...ATTACK_VERSIONS).chain((version) => {
  const vocabulary = loadAttack(version);
  const ids = [...vocabulary.techniques.values()].map(({ id, name }) => [id, `${id} ${name}`]).flat();
  const tactics = vocabulary.tactics.flatMap(({ id, name }) => [id, name, `${id} ${name}`]);
  const techniques = fc.array(fc.constantFrom(...ids), { maxLength: 4 });
  return fc.dictionary(fc.constantFrom(...tactics), techniques, { minKeys: 1, maxKeys: 4 });
});

const { step } = fc.letrec((tie) => ({
  step: fc.oneof(
    { maxDepth: 3 },
    line,
    fc.record({ text: line, steps: fc.array(tie("step"), { maxLength: 2 }) }, { requiredKeys: ["text"] }),
    fc.record({ osquery: fc.record({ label: line, query: line }) }),
    fc.record({
      investigate: fc.record({
        label: line,
        providers: fc.constant([
          [{ field: "host.name", queryType: "phrase", value: "{{host.name}}", valueType: "string" }],
        ]),
      }),
    }),
  ),
}));
const steps = fc.array(step, { maxLength: 3 });
const guide = fc.oneof(
  line,
  fc.record(
    {
      overview: line,
      investigation_steps: steps,
      false_positives: steps,
      response: steps,
      sections: fc.array(fc.record({ heading: line, body: line }), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  ),
);

/** Short forms, each with the field of the create form that it stands for. */
export const sugar = fc.record(
  {
    attack,
    guide,
    lookback: fc
      .tuple(fc.integer({ min: 0, max: 90 }), fc.constantFrom("s", "m", "h", "d"))
      .map(([n, unit]) => `${n}${unit}`),
    interval: fc.constantFrom("30s", "5m", "1h", "1d"),
    tags: fc.record(
      { domain: tagValue, os: tagValue, other: tagValue, resources: tagValue },
      { requiredKeys: [] },
    ),
    exceptions: fc.array(
      fc.oneof(
        line,
        fc.record(
          {
            list_id: line,
            type: fc.constantFrom("detection", "endpoint"),
            namespace_type: fc.constant("agnostic"),
          },
          { requiredKeys: ["list_id"] },
        ),
      ),
      { maxLength: 3 },
    ),
    actions: fc.array(
      fc.record(
        { connector: line, params: fc.dictionary(line, line), group: line },
        { requiredKeys: ["connector", "params"] },
      ),
      { maxLength: 2 },
    ),
    stack: fc.constant(">=8.18"),
  },
  { requiredKeys: [], noNullPrototype: true },
);

export const STANDS_FOR: Readonly<Record<string, string>> = {
  attack: "threat",
  guide: "note",
  lookback: "from",
  exceptions: "exceptions_list",
};
