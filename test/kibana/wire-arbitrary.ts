import * as fc from "fast-check";
import type * as t from "io-ts";
import { riskScoreMapping, threatMapping } from "../../src/kibana/wire/parts.js";

/** What io-ts's codecs tell of themselves, as far as this project uses them. */
export interface Reflected {
  readonly name: string;
  readonly _tag?: string;
  readonly type?: Reflected;
  readonly types?: readonly Reflected[];
  readonly props?: Readonly<Record<string, Reflected>>;
  readonly keys?: Readonly<Record<string, unknown>>;
  readonly value?: unknown;
  readonly codomain?: Reflected;
  readonly predicate?: (value: never) => boolean;
}

const word = fc.stringMatching(/^[a-z][a-z.]{0,7}$/);

/** Values of the codecs that are no composition: the alerting types' own, by name. */
const NAMED: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  NonEmptyString: word,
  RiskScore: fc.integer({ min: 0, max: 100 }),
  PositiveIntegerGreaterThanZero: fc.integer({ min: 1, max: 10_000 }),
  TimeDuration: fc.constantFrom("30s", "5m", "1h", "7d"),
  From: fc.constantFrom("now", "now-6m", "now-1d/d", "2026-01-31T00:00:00.000Z"),
  "NonEmptyArray<string>": fc.array(word, { minLength: 1, maxLength: 3 }),
};

function pruned(codec: Reflected): fc.Arbitrary<unknown> | undefined {
  const entry = { field: word, type: fc.constant("mapping"), value: word, negate: fc.boolean() };
  const item = {
    field: word,
    operator: fc.constant("equals"),
    value: word,
    risk_score: fc.integer({ min: 0, max: 100 }),
  };
  if (codec === (threatMapping as unknown as Reflected)) {
    const entries = fc.array(record(entry, ["negate"]), { maxLength: 3 });
    return fc.array(record({ entries }, []), { minLength: 1, maxLength: 3 });
  }
  return codec === (riskScoreMapping as unknown as Reflected)
    ? fc.array(record(item, ["risk_score"]), { maxLength: 2 })
    : undefined;
}

function record(
  model: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  optional: readonly string[],
): fc.Arbitrary<object> {
  const requiredKeys = Object.keys(model).filter((key) => !optional.includes(key));
  return fc.record(model, { requiredKeys, noNullPrototype: true });
}

function wholeNumbers(name: string): fc.Arbitrary<number> | undefined {
  const match = /^a whole number (?:of (\d+) or more|from (\d+) to (\d+))$/.exec(name);
  return match === null
    ? undefined
    : fc.integer({ min: Number(match[1] ?? match[2]), max: Number(match[3] ?? 10_000) });
}

/** The fields of an object codec, required and optional. */
export function fieldsOf(codec: Reflected): {
  required: Record<string, Reflected>;
  optional: Record<string, Reflected>;
} {
  const { _tag: tag } = codec;
  switch (tag) {
    case "ExactType":
      return fieldsOf(codec.type!);
    case "InterfaceType":
      return { required: { ...codec.props }, optional: {} };
    case "PartialType":
      return { required: {}, optional: { ...codec.props } };
    case "IntersectionType": {
      const parts = codec.types!.map(fieldsOf);
      return {
        required: Object.assign({}, ...parts.map((part) => part.required)),
        optional: Object.assign({}, ...parts.map((part) => part.optional)),
      };
    }
    default:
      throw new Error(`${codec.name} has no fields`);
  }
}

/** Random values that a codec accepts, made from what it tells of itself. */
export function arbitraryOf(codec: t.Mixed): fc.Arbitrary<unknown> {
  return values(codec);
}

function values(codec: Reflected): fc.Arbitrary<unknown> {
  const known = NAMED[codec.name] ?? wholeNumbers(codec.name) ?? pruned(codec);
  if (known !== undefined) return known;
  const { _tag: tag } = codec;
  switch (tag) {
    case "StringType":
      return fc.oneof(word, fc.string({ maxLength: 12 }));
    case "NumberType":
      return fc.integer();
    case "BooleanType":
      return fc.boolean();
    case "NullType":
      return fc.constant(null);
    case "LiteralType":
      return fc.constant(codec.value);
    case "KeyofType":
      return fc.constantFrom(...Object.keys(codec.keys!));
    case "ArrayType":
      return fc.array(values(codec.type!), { maxLength: 3 });
    case "UnionType":
      return fc.oneof(...codec.types!.map(values));
    case "RefinementType":
      return values(codec.type!).filter((value) => codec.predicate!(value as never));
    case "DictionaryType":
      return fc.dictionary(word, values(codec.codomain!), { maxKeys: 2, noNullPrototype: true });
    case "AnyDictionaryType":
      return fc.dictionary(word, fc.jsonValue({ maxDepth: 2 }), {
        maxKeys: 2,
        noNullPrototype: true,
      });
    default: {
      const { required, optional } = fieldsOf(codec);
      const all = Object.entries({ ...optional, ...required });
      return record(
        Object.fromEntries(all.map(([key, inner]) => [key, values(inner)])),
        Object.keys(optional),
      );
    }
  }
}
