import { isRight } from "fp-ts/lib/Either.js";
import * as t from "io-ts";
import { describe, expect, it } from "vitest";
import * as codecs from "../src/index.js";
import { DEFAULT_MAX_SIGNALS } from "../src/constants.js";
import { defaultValue } from "../src/internal/default_value.js";
import { UUID } from "../src/internal/text.js";
import { type Accepted, expectAccepted, expectRejected, type Rejected, supplied } from "./harness.js";

const threat = {
  framework: "a framework",
  tactic: { id: "TA1", name: "tactic 1", reference: "http://tactic.test" },
  technique: [{ id: "T1", name: "technique 1", reference: "http://technique.test" }],
};
const action = { group: "default", id: "1", action_type_id: ".slack", params: {} };
const FROM = 'Failed to parse "from" on rule param';

interface Row {
  readonly codec: t.Mixed;
  readonly name: string;
  readonly fallback: unknown;
  readonly accepted: readonly Accepted[];
  readonly rejected: readonly Rejected[];
}

function row(
  codec: t.Mixed,
  name: string,
  fallback: unknown,
  accepted: readonly Accepted[],
  rejected: readonly Rejected[],
): Row {
  return { codec, name, fallback, accepted, rejected };
}

const bad = (name: string, ...shown: string[]): Rejected[] =>
  shown.map((value) => [5, supplied(value, name)]);

const paging = (codec: t.Mixed, fallback: number): Row =>
  row(
    codec,
    "DefaultPerPage",
    fallback,
    [[5], ["5", 5], ["5.9", 5], ["5abc", 5], [" 7", 7], ["1e3", 1], [Number.MAX_SAFE_INTEGER]],
    [
      ["invalid-string", supplied("NaN", "DefaultPerPage")],
      ["", supplied("NaN", "DefaultPerPage")],
      [0, supplied("0", "DefaultPerPage")],
      [-1, supplied("-1", "DefaultPerPage")],
      ["0", supplied("0", "DefaultPerPage")],
      ["0x10", supplied("0", "DefaultPerPage")],
      [1.5, supplied("1.5", "DefaultPerPage")],
      [Number.NaN, supplied("NaN", "DefaultPerPage")],
      [Number.POSITIVE_INFINITY, supplied("Infinity", "DefaultPerPage")],
      [2 ** 53, supplied("9007199254740992", "DefaultPerPage")],
      [true, supplied("true", "DefaultPerPage")],
      [[], supplied("[]", "DefaultPerPage")],
      [{}, supplied("{}", "DefaultPerPage")],
    ],
  );

const ROWS: readonly Row[] = [
  row(
    codecs.DefaultActionsArray,
    "DefaultActionsArray",
    [],
    [[[]], [[action]]],
    bad("DefaultActionsArray", "5"),
  ),
  row(
    codecs.DefaultExportFileName,
    "DefaultExportFileName",
    "export.ndjson",
    [["some string"], [""]],
    bad("DefaultExportFileName", "5"),
  ),
  row(
    codecs.DefaultFromString,
    "DefaultFromString",
    "now-6m",
    [["now-20m"]],
    [...bad("DefaultFromString", "5"), ["invalid", FROM], ["", FROM]],
  ),
  row(
    codecs.DefaultIntervalString,
    "DefaultIntervalString",
    "5m",
    [["20m"], [""]],
    bad("DefaultIntervalString", "5"),
  ),
  row(
    codecs.DefaultLanguageString,
    "DefaultLanguageString",
    "kuery",
    [["lucene"], ["eql"]],
    [...bad("DefaultLanguageString", "5"), ["KUERY", supplied("KUERY", "DefaultLanguageString")]],
  ),
  row(
    codecs.DefaultMaxSignalsNumber,
    "DefaultMaxSignals",
    DEFAULT_MAX_SIGNALS,
    [[5]],
    [
      ["5", supplied("5", "DefaultMaxSignals")],
      [0, supplied("0", "DefaultMaxSignals")],
      [-1, supplied("-1", "DefaultMaxSignals")],
    ],
  ),
  paging(codecs.DefaultPage, 1),
  paging(codecs.DefaultPerPage, 20),
  row(
    codecs.DefaultRiskScoreMappingArray,
    "DefaultRiskScoreMappingArray",
    [],
    [[[]], [[{ field: "f", value: "v", operator: "equals", risk_score: 1 }]]],
    bad("DefaultRiskScoreMappingArray", "5"),
  ),
  row(
    codecs.DefaultSeverityMappingArray,
    "DefaultSeverityMappingArray",
    [],
    [[[]], [[{ field: "f", value: "v", operator: "equals", severity: "low" }]]],
    bad("DefaultSeverityMappingArray", "5"),
  ),
  row(
    codecs.DefaultThreatArray,
    "DefaultThreatArray",
    [],
    [[[]], [[threat]]],
    [[[threat, 5], supplied("5", "DefaultThreatArray")]],
  ),
  row(
    codecs.DefaultToString,
    "DefaultToString",
    "now",
    [["now-5m"], ["whenever"]],
    bad("DefaultToString", "5"),
  ),
  row(
    codecs.ReferencesDefaultArray,
    "referencesWithDefaultArray",
    [],
    [[[]], [["value 1", "value 2"]]],
    [[["value 1", 5], supplied("5", "referencesWithDefaultArray")]],
  ),
];

describe.each(ROWS)("$name", ({ codec, name, fallback, accepted, rejected }) => {
  it("has its name", () => {
    expect(codec.name).toBe(name);
  });

  it.each([null, undefined])("fills in its default for %s", (input) => {
    expectAccepted(codec, [input, fallback]);
  });

  it.each([
    ["type", t.type({ key: codec })],
    ["partial", t.partial({ key: codec })],
    ["exact", t.exact(t.type({ key: codec }))],
  ])("fills in a missing key of a %s", (_kind, around) => {
    expectAccepted(around, [{}, { key: fallback }]);
  });

  it.each(accepted.map((value) => ({ value })))("accepts $value", ({ value }) => {
    expectAccepted(codec, value);
  });

  it.each(rejected.map((value) => ({ value })))("rejects $value", ({ value }) => {
    expectRejected(codec, value);
  });

  it("guards by its base type, for which null is not one", () => {
    expect(codec.is(null)).toBe(false);
    expect(codec.is(fallback)).toBe(true);
  });

  it("encodes to the very value", () => {
    expect(codec.encode(fallback)).toBe(fallback);
  });
});

describe("DefaultUuid", () => {
  it.each([null, undefined])("makes a random version 4 for %s", (input) => {
    const made = [codecs.DefaultUuid.decode(input), codecs.DefaultUuid.decode(input)].map((decoded) =>
      isRight(decoded) ? decoded.right : "",
    );
    expect(made[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
    expect(made.every((id) => isRight(UUID.decode(id)))).toBe(true);
    expect(made[0]).not.toBe(made[1]);
  });

  it("keeps any text that is not blank", () => {
    expectAccepted(codecs.DefaultUuid, ["1"]);
    expectRejected(codecs.DefaultUuid, [5, supplied("5", "DefaultUuid")]);
    expectRejected(codecs.DefaultUuid, ["  ", supplied("  ", "DefaultUuid")]);
    expect(codecs.DefaultUuid.name).toBe("DefaultUuid");
  });
});

describe("defaultValue", () => {
  const inner = defaultValue(
    new t.Type<string>("TestType", t.string.is, t.string.validate, t.identity),
    () => "x",
  );

  it.each([[""], ["0"], ["text"]])("keeps %j", (value) => {
    expectAccepted(inner, [value]);
  });

  it("keeps falsy numbers", () => {
    expectAccepted(
      defaultValue(t.number, () => 7),
      [0],
    );
  });

  it("names itself after the inner codec", () => {
    expectRejected(inner, [{}, supplied("{}", "DefaultValue<TestType>")]);
  });

  it("makes each default anew", () => {
    const list = defaultValue<string[]>(t.array(t.string), () => []);
    const [first, second] = [list.decode(null), list.decode(null)];
    expect(first).toEqual(second);
    expect(isRight(first) && isRight(second) && first.right === second.right).toBe(false);
  });
});
