import type * as t from "io-ts";
import { describe, expectTypeOf, it } from "vitest";
import type * as connector from "../../src/kibana/connector.js";
import type * as exceptions from "../../src/kibana/exceptions.js";
import type {
  ExportedRuleByType,
  RuleCreateByType,
  RulePatch,
  RuleResponseByType,
  RuleType,
  RuleUpdate,
} from "../../src/kibana/rule.js";
import type * as connectorCodecs from "../../src/kibana/wire/connector-codecs.js";
import type * as exceptionCodecs from "../../src/kibana/wire/exception-codecs.js";
import type * as codecs from "../../src/kibana/wire/rule-codecs.js";

/**
 * A type with its intersections merged, all the way down. Compared in this form, two types are alike to the last optional key, to
 * which assignability alone is blind.
 */
type Flat<T> = T extends readonly (infer U)[]
  ? Flat<U>[]
  : T extends object
    ? { [K in keyof T]: Flat<T[K]> }
    : T;

type AllAssignable<A, B> = { [K in keyof A]: K extends keyof B ? (A[K] extends B[K] ? true : K) : K };
type Trues<A> = { [K in keyof A]: true };

type TypesOf<C extends Readonly<Record<string, t.Mixed>>> = { -readonly [K in keyof C]: t.TypeOf<C[K]> };
type Create = TypesOf<typeof codecs.createCodecs>;
type Response = TypesOf<typeof codecs.responseCodecs>;
type Exported = TypesOf<typeof codecs.exportedCodecs>;
type Update = TypesOf<typeof codecs.updateCodecs>;
type Patch = TypesOf<typeof codecs.patchCodecs>;
type Exceptions = TypesOf<typeof exceptionCodecs>;
type Connectors = TypesOf<typeof connectorCodecs>;

type UpdateByType = { [T in RuleType]: Extract<RuleUpdate, { type: T }> };
type PatchByType = { [T in RuleType]: Partial<RuleCreateByType[T]> & { id?: string } };

interface PlainExceptions {
  listCreate: exceptions.ExceptionListCreate;
  listUpdate: exceptions.ExceptionListUpdate;
  listResponse: exceptions.ExceptionListResponse;
  exportedList: exceptions.ExportedExceptionList;
  itemCreate: exceptions.ExceptionItemCreate;
  itemUpdate: exceptions.ExceptionItemUpdate;
  itemResponse: exceptions.ExceptionItemResponse;
  exportedItem: exceptions.ExportedExceptionItem;
}

interface PlainConnectors {
  connectorCreate: connector.ConnectorCreate;
  connectorUpdate: connector.ConnectorUpdate;
  connectorResponse: connector.ConnectorResponse;
  connectorSavedObject: connector.ConnectorSavedObject;
}

// These hold at compile time: `tsc` fails when one does not.
describe("the codecs' static types and the plain types", () => {
  it("are assignable to each other", () => {
    expectTypeOf<AllAssignable<Create, RuleCreateByType>>().toEqualTypeOf<Trues<Create>>();
    expectTypeOf<AllAssignable<RuleCreateByType, Create>>().toEqualTypeOf<Trues<Create>>();
    expectTypeOf<AllAssignable<Response, RuleResponseByType>>().toEqualTypeOf<Trues<Response>>();
    expectTypeOf<AllAssignable<RuleResponseByType, Response>>().toEqualTypeOf<Trues<Response>>();
    expectTypeOf<AllAssignable<Exported, ExportedRuleByType>>().toEqualTypeOf<Trues<Exported>>();
    expectTypeOf<AllAssignable<ExportedRuleByType, Exported>>().toEqualTypeOf<Trues<Exported>>();
    expectTypeOf<AllAssignable<Update, UpdateByType>>().toEqualTypeOf<Trues<Update>>();
    expectTypeOf<AllAssignable<UpdateByType, Update>>().toEqualTypeOf<Trues<Update>>();
    expectTypeOf<AllAssignable<Exceptions, PlainExceptions>>().toEqualTypeOf<Trues<Exceptions>>();
    expectTypeOf<AllAssignable<PlainExceptions, Exceptions>>().toEqualTypeOf<Trues<Exceptions>>();
    expectTypeOf<AllAssignable<Connectors, PlainConnectors>>().toEqualTypeOf<Trues<Connectors>>();
    expectTypeOf<AllAssignable<PlainConnectors, Connectors>>().toEqualTypeOf<Trues<Connectors>>();
    expectTypeOf<Patch[RuleType]>().toExtend<RulePatch>();
    expectTypeOf<RulePatch>().toExtend<Patch[RuleType]>();
  });

  it("are alike to the last key", () => {
    expectTypeOf<Flat<Create>>().toEqualTypeOf<Flat<RuleCreateByType>>();
    expectTypeOf<Flat<Response>>().toEqualTypeOf<Flat<RuleResponseByType>>();
    expectTypeOf<Flat<Exported>>().toEqualTypeOf<Flat<ExportedRuleByType>>();
    expectTypeOf<Flat<Update>>().toEqualTypeOf<Flat<UpdateByType>>();
    expectTypeOf<Flat<Patch>>().toEqualTypeOf<Flat<PatchByType>>();
    expectTypeOf<Flat<Exceptions>>().toEqualTypeOf<Flat<PlainExceptions>>();
    expectTypeOf<Flat<Connectors>>().toEqualTypeOf<Flat<PlainConnectors>>();
  });
});
