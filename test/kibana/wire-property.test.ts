import { fc, test as property } from "@fast-check/vitest";
import type * as t from "io-ts";
import { describe, expect } from "vitest";
import { isFieldOf, RULE_TYPES, type RuleType } from "../../src/kibana/rule.js";
import * as wire from "../../src/kibana/wire.js";
import * as connectors from "../../src/kibana/wire/connector-codecs.js";
import * as exceptions from "../../src/kibana/wire/exception-codecs.js";
import { arbitraryOf, fieldsOf } from "./wire-arbitrary.js";

type Decode = (value: unknown, unknownKeys?: wire.UnknownKeys) => wire.Decoded<unknown>;

interface Form {
  readonly name: string;
  readonly codec: t.Mixed;
  readonly decode: Decode;
}

const byType = (name: string, codecs: Readonly<Record<RuleType, t.Mixed>>, decode: Decode): Form[] =>
  RULE_TYPES.map((type) => ({ name: `${name} of ${type} rules`, codec: codecs[type], decode }));

const FORMS: readonly Form[] = [
  ...byType("create", wire.createCodecs, wire.decodeRuleCreate),
  ...byType("update", wire.updateCodecs, wire.decodeRuleUpdate),
  ...RULE_TYPES.map((type) => ({
    name: `patch of ${type} rules`,
    codec: wire.patchCodecs[type],
    decode: (value: unknown, unknownKeys?: wire.UnknownKeys) =>
      wire.decodeRulePatch(value, type, unknownKeys),
  })),
  ...byType("response", wire.responseCodecs, wire.decodeRuleResponse),
  ...byType("export", wire.exportedCodecs, wire.decodeExportedRule),
  { name: "list create", codec: exceptions.listCreate, decode: wire.decodeListCreate },
  { name: "list update", codec: exceptions.listUpdate, decode: wire.decodeListUpdate },
  { name: "list response", codec: exceptions.listResponse, decode: wire.decodeListResponse },
  { name: "list export", codec: exceptions.exportedList, decode: wire.decodeExportedList },
  { name: "item create", codec: exceptions.itemCreate, decode: wire.decodeItemCreate },
  { name: "item update", codec: exceptions.itemUpdate, decode: wire.decodeItemUpdate },
  { name: "item response", codec: exceptions.itemResponse, decode: wire.decodeItemResponse },
  { name: "item export", codec: exceptions.exportedItem, decode: wire.decodeExportedItem },
  { name: "connector create", codec: connectors.connectorCreate, decode: wire.decodeConnectorCreate },
  { name: "connector update", codec: connectors.connectorUpdate, decode: wire.decodeConnectorUpdate },
  { name: "connector response", codec: connectors.connectorResponse, decode: wire.decodeConnectorResponse },
  {
    name: "connector export",
    codec: connectors.connectorSavedObject,
    decode: wire.decodeConnectorSavedObject,
  },
];

const RUNS = { numRuns: 12 };

describe.each(FORMS)("$name", ({ codec, decode }) => {
  const any = arbitraryOf(codec) as fc.Arbitrary<Record<string, unknown>>;
  const { required, optional } = fieldsOf(codec);
  const known = Object.keys({ ...optional, ...required });

  property.prop([any], RUNS)("takes what its codec describes, unchanged, through JSON and back", (value) => {
    for (const unknownKeys of ["reject", "strip", "keep"] as const) {
      expect(decode(value, unknownKeys)).toEqual({ ok: true, value });
    }
    const sent: unknown = JSON.parse(JSON.stringify(codec.encode(value)));
    expect(decode(sent, "reject")).toEqual({ ok: true, value: sent });
  });

  property.prop([any, fc.string({ minLength: 1 })], RUNS)("knows an unknown key", (value, name) => {
    fc.pre(!known.includes(name) && name !== "__proto__");
    const more = { ...value, [name]: 1 };
    expect(decode(more, "reject")).toEqual({ ok: false, errors: [`${name}: unknown key`] });
    expect(decode(more, "strip")).toEqual({ ok: true, value });
    expect(decode(more, "keep")).toEqual({ ok: true, value: more });
  });

  property.prop([any, fc.constantFrom(...known)], RUNS)(
    "refuses a field of no sensible kind",
    (value, name) => {
      const decoded = decode({ ...value, [name]: () => 1 });
      expect(decoded).toMatchObject({ ok: false });
      expect(decoded.ok ? [] : decoded.errors).toEqual([expect.stringMatching(new RegExp(`^${name}\\b`))]);
    },
  );

  if (Object.keys(required).length > 0) {
    property.prop([any, fc.constantFrom(...Object.keys(required))], RUNS)(
      "misses a required field",
      (value, name) => {
        const { [name]: _, ...rest } = value;
        const decoded = decode(rest);
        expect(decoded.ok ? [] : decoded.errors).toEqual([
          expect.stringMatching(new RegExp(`^${name}: expected `)),
        ]);
      },
    );
  }
});

describe("any value at all", () => {
  property.prop([fc.anything({ withNullPrototype: true })], { numRuns: 100 })(
    "is decoded without a throw",
    (value) => {
      for (const { decode } of FORMS) {
        expect(typeof decode(value).ok).toBe("boolean");
      }
    },
  );
});

describe("a patch without a type", () => {
  property.prop(
    [
      fc
        .constantFrom(...RULE_TYPES)
        .chain((type) => fc.tuple(fc.constant(type), arbitraryOf(wire.patchCodecs[type]))),
    ],
    { numRuns: 100 },
  )("fits the type that has its fields", ([type, patch]) => {
    const { type: _, ...rest } = patch as Record<string, unknown>;
    expect(Object.keys(rest).every((name) => name === "id" || isFieldOf(name, type))).toBe(true);
    expect(wire.decodeRulePatch(rest)).toEqual({ ok: true, value: rest });
  });
});
