import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differencesOf } from "../../../src/deploy/plan/compare.js";
import { MAX_PLAN_AGE, readPlan, writePlan } from "../../../src/deploy/plan/file.js";
import { stateHash } from "../../../src/deploy/form/state.js";
import type { Plan } from "../../../src/deploy/plan/types.js";
import {
  applied,
  connectorOf,
  desiredRule,
  listOf,
  planOne,
  reference,
  valuesLive,
  valuesOf,
} from "../support.js";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const MOMENT = { kdac: "1.2.3", now: NOW };

/** A plan with all that a plan can have: what is made, changed, replaced, deleted, kept and refused. */
const PLAN = planOne(
  {
    rules: [
      desiredRule({ exceptions_list: [reference()] }),
      desiredRule({ rule_id: "changed", severity: "high" }),
      desiredRule({ rule_id: "same" }),
      desiredRule({ rule_id: "drifted" }),
      desiredRule({ rule_id: "retyped", type: "eql", language: "eql", query: "any where true" }),
    ],
    lists: [listOf({}, [{}, {}])],
    valueLists: [valuesOf(["a", "b"])],
    connectors: [connectorOf()],
  },
  {
    rules: [
      applied(desiredRule({ rule_id: "changed" })),
      applied(desiredRule({ rule_id: "same" })),
      { ...applied(desiredRule({ rule_id: "drifted" })), severity: "critical", updated_by: "ana" },
      applied(desiredRule({ rule_id: "retyped" })),
      applied(desiredRule({ rule_id: "gone" })),
    ],
    valueLists: [valuesLive(valuesOf(["b", "c"]))],
  },
  { prune: true },
);
const TEXT = writePlan(PLAN, MOMENT);

type Document = Record<string, unknown>;
const document = (): Document => JSON.parse(TEXT) as Document;
const textOf = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** The file as somebody writes it who knows how kdac does. */
function sealed({ digest: _, ...body }: Document): string {
  return textOf({ ...body, digest: stateHash(body) });
}

/** The finding's codes with which a file is refused; none where it is carried out. */
function refusal(text: string, made: Plan = PLAN, now = NOW): string[] {
  const { plan, diagnostics } = readPlan(text, "plan.json", { ...MOMENT, now });
  const differences = plan === undefined ? [] : differencesOf(plan, made);
  return [...diagnostics.map(({ code }) => code), ...differences.map(() => "deploy/plan-differs")];
}

const messages = (text: string, more: Partial<Parameters<typeof readPlan>[2]> = {}): string[] =>
  readPlan(text, "plan.json", { ...MOMENT, ...more }).diagnostics.map(({ message }) => message);

/** Every place of a value: the keys that lead there. */
function placesIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [path, ...keys.flatMap((key) => placesIn((value as Document)[key as string], [...path, key]))];
}

function edit(
  root: unknown,
  path: readonly (string | number)[],
  change: (holder: Document, key: string) => void,
): void {
  const holder = path.slice(0, -1).reduce((at, key) => (at as Document)[key as string], root) as Document;
  change(holder, String(path.at(-1)));
}

const PLACES = placesIn(document()).filter((path) => path.length > 0);
const value = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, "", "r1", "default", "delete", "create", 0, 1, [], {}),
  fc.string(),
  fc.integer(),
  fc.jsonValue({ maxDepth: 1 }),
);
const KINDS = ["change", "remove", "add", "repeat"] as const;

describe("a plan's file", () => {
  it("comes back as it was written", () => {
    expect(PLAN.summary).toMatchObject({
      create: 5,
      update: 2,
      replace: 1,
      delete: 1,
      unchanged: 1,
      conflict: 1,
    });
    expect(readPlan(TEXT, "plan.json", MOMENT)).toEqual({ plan: PLAN, diagnostics: [] });
    expect(refusal(TEXT)).toEqual([]);
    expect(document()).toMatchObject({ version: 1, kdac: "1.2.3", created_at: "2026-03-01T12:00:00.000Z" });
  });

  it.each([false, true])("is refused after any edit, whether it is sealed again (%s) or not", (isSealed) =>
    fc.assert(
      fc.property(fc.constantFrom(...PLACES), fc.constantFrom(...KINDS), value, (path, kind, other) => {
        const edited = document();
        edit(edited, path, (holder, key) => {
          if (kind === "change") holder[key] = other;
          else if (kind === "remove" && Array.isArray(holder)) holder.splice(Number(key), 1);
          else if (kind === "remove") delete holder[key];
          else if (kind === "add" && !Array.isArray(holder)) holder[`${key}2`] = other;
          else if (Array.isArray(holder))
            holder.push(kind === "add" ? other : structuredClone(holder[Number(key)]));
        });
        const text = isSealed ? sealed(edited) : textOf(edited);
        // What is carried out is the same at any valid time, and whether or not the version could be seen.
        const isSame = isSealed && (path[0] === "created_at" || edited["kibana"] === null);
        fc.pre(text !== TEXT && !isSame);
        expect(refusal(text)).not.toEqual([]);
      }),
      { numRuns: 1_500 },
    ),
  );

  it.each([
    ["a key that comes twice", TEXT.replace('"project": "acme"', '"project": "evil",\n  "project": "acme"')],
    ["another layout", `${JSON.stringify(document())}\n`],
    ["another digest", textOf({ ...document(), digest: "0" })],
    ["no line end", TEXT.trimEnd()],
    ["another way to write a text", TEXT.replace('"acme"', '"\\u0061cme"')],
  ])("with %s is not as kdac wrote it", (_, text) => {
    expect(text).not.toBe(TEXT);
    expect(messages(text)).toEqual(["the plan's file is not as kdac wrote it"]);
    expect(refusal(text)).toEqual(["deploy/plan-edited"]);
  });

  it.each([
    [
      "one second too old",
      NOW + MAX_PLAN_AGE * 1000 + 1,
      "it was made at 2026-03-01T12:00:00.000Z, more than 1d ago",
    ],
    ["of the future", NOW - 60_001, "it was made at 2026-03-01T12:00:00.000Z, which is in the future"],
  ])("that is %s is refused", (_, now, problem) => {
    expect(messages(TEXT, { now })).toEqual([`the plan is not valid at this time: ${problem}`]);
    expect(readPlan(TEXT, "plan.json", { ...MOMENT, now }).plan).toBeUndefined();
  });

  it("is valid for a day, or as long as is said, and for clocks that differ by a minute", () => {
    expect(refusal(TEXT, PLAN, NOW + MAX_PLAN_AGE * 1000)).toEqual([]);
    expect(refusal(TEXT, PLAN, NOW - 60_000)).toEqual([]);
    const late = { now: NOW + 90_001, maxAge: 90 };
    expect(messages(TEXT, late)).toEqual([
      "the plan is not valid at this time: it was made at 2026-03-01T12:00:00.000Z, more than 90s ago",
    ]);
    expect(messages(TEXT, { ...late, now: NOW + 90_000 })).toEqual([]);
  });

  it.each([
    [
      "no time",
      { created_at: "yesterday" },
      'the plan is not valid at this time: it was made at "yesterday", which is no time',
    ],
    ["another kdac", { kdac: "1.2.4" }, "the plan was made by kdac 1.2.4, and this is kdac 1.2.3"],
    ["a form to come", { version: 2 }, "the plan has the form 2, which this version of kdac does not know"],
    ...["kdac", "created_at", "digest", "project", "environment", "url"].map(
      (key) => [`no ${key}`, { [key]: undefined }, `the file is not a plan: "${key}" is missing`] as const,
    ),
    ["no version", { version: "1" }, "the file is not a plan: it has no version"],
    ["no summary", { summary: [] }, 'the file is not a plan: "summary" is missing'],
    ["no policy", { policy: null }, 'the file is not a plan: "policy" is missing'],
    ["no spaces", { spaces: {} }, 'the file is not a plan: "spaces" is missing'],
    [
      "a space that is none",
      { spaces: [{ space: 1, changes: [] }] },
      'the file is not a plan: an entry of "spaces" is not one of a plan',
    ],
    [
      "a change that is none",
      { spaces: [{ space: "x", changes: [{}] }] },
      'the file is not a plan: a change of space "x" is not one of a plan',
    ],
  ] as const)("with %s is refused", (_, fields, message) => {
    expect(messages(textOf({ ...document(), ...fields }))).toEqual([message]);
  });

  it("that is no JSON or too deep is refused", () => {
    expect(messages("{")).toEqual(["the file is not a plan: it is not JSON"]);
    expect(messages("")).toEqual(["the file is not a plan: it is not JSON"]);
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    expect(messages(TEXT.replace('"project": "acme"', `"project": ${deep}`))).toEqual([
      "the file is not a plan: it is nested deeper than any plan",
    ]);
  });
});

describe("what differs from the project's own plan", () => {
  const said = (
    change: (plan: Document & { spaces: { space: string; changes: Document[] }[] }) => void,
  ): string[] => {
    const edited = structuredClone(PLAN) as never;
    change(edited);
    return differencesOf(edited, PLAN).map(({ what, problem }) => `${what} ${problem}`);
  };
  const changesOf = (plan: { spaces: { changes: Document[] }[] }): Document[] => plan.spaces[0]!.changes;
  const at = (plan: { spaces: { changes: Document[] }[] }, id: string): Document =>
    changesOf(plan).find((change) => change["id"] === id)!;

  it.each<[string, Parameters<typeof said>[0], string[]]>([
    ["nothing", () => undefined, []],
    [
      "a body",
      (plan) => ((at(plan, "changed")["write"] as { body: Document }).body["query"] = "*"),
      ['rule "changed" of space "default" is not planned like that now: write.body.query'],
    ],
    [
      "the rule that a body is of",
      (plan) => ((at(plan, "changed")["write"] as { body: Document }).body["rule_id"] = "foreign"),
      ['rule "changed" of space "default" is not planned like that now: write.body.rule_id'],
    ],
    [
      "an action",
      (plan) => (at(plan, "same")["action"] = "delete"),
      ['rule "same" of space "default" is not planned like that now: action'],
    ],
    [
      "much",
      (plan) =>
        Object.assign(at(plan, "same"), { id: "same", name: "x", state: "new", file: "x", notes: [] }),
      ['rule "same" of space "default" is not planned like that now: name, file, state, and 1 more'],
    ],
    [
      "an extra entry",
      (plan) => changesOf(plan).push({ ...at(plan, "gone"), key: "rule/default/foreign", id: "foreign" }),
      ['rule "foreign" of space "default" is in the plan, and the project does not plan it'],
    ],
    [
      "an entry that comes twice",
      (plan) => changesOf(plan).push(at(plan, "gone")),
      ['rule "gone" of space "default" is in the plan twice'],
    ],
    [
      "a missing entry",
      (plan) => changesOf(plan).splice(changesOf(plan).indexOf(at(plan, "changed")), 1),
      ['rule "changed" of space "default" is missing in the plan: the project plans "update"'],
    ],
    [
      "another order",
      (plan) => (plan.spaces[0]!.changes = changesOf(plan).toReversed()),
      ['space "default" has its changes in another order'],
    ],
    [
      "another space",
      (plan) => (plan.spaces[0]!.space = "other"),
      [
        'space "other" is in the plan, and not what this command deploys to',
        'space "default" is missing: a plan for some spaces is applied with the same --space',
      ],
    ],
    ["a space twice", (plan) => plan.spaces.push(plan.spaces[0]!), ['space "default" is in the plan twice']],
    [
      "a field of a space",
      (plan) => Object.assign(plan.spaces[0]!, { changes2: [] }),
      ['space "default" has "changes2", which no plan has'],
    ],
    ["a space to be made", (plan) => (plan["creates_spaces"] = ["x"]), ['"creates_spaces" is another']],
    ["a policy", (plan) => ((plan["policy"] as Document)["adopt"] = true), ['"policy.adopt" is another']],
    ["the environment", (plan) => (plan["environment"] = "x"), ['"environment" is another']],
    ["Kibana's version", (plan) => (plan["kibana"] = "8.0.0"), ['"kibana" is another version']],
    [
      "a count",
      (plan) => ((plan["summary"] as Document)["create"] = 0),
      ['"summary" does not count what the plan does'],
    ],
    ["an unknown field", (plan) => (plan["more"] = 1), ['"more" is another']],
    [
      "a key of the prototype",
      (plan) => Object.defineProperty(plan["policy"], "__proto__", { value: 1, enumerable: true }),
      ['"policy.__proto__" is another'],
    ],
  ])("%s is said", (_, change, expected) => {
    expect(said(change)).toEqual(expected);
  });

  it("is not the version of Kibana that only the one who applies may see", () => {
    expect(differencesOf({ ...PLAN, kibana: null }, PLAN)).toEqual([]);
    expect(differencesOf(PLAN, { ...PLAN, kibana: null })).toHaveLength(1);
  });

  it("is also the order of spaces", () => {
    const two = { ...PLAN, spaces: [...PLAN.spaces, { space: "soc", changes: [] }] };
    expect(differencesOf({ ...two, spaces: two.spaces.toReversed() }, two)).toEqual([
      { what: "the spaces", problem: "are in another order" },
    ]);
  });
});
