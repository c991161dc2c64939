import { describe, expect, it } from "vitest";
import {
  FIELDS_BY_TYPE,
  REQUIRED_FIELDS_BY_TYPE,
  RESPONSE_FIELDS_BY_TYPE,
  RULE_TYPES,
  SERVER_FIELDS,
} from "../../src/kibana/rule.js";
import {
  createCodecs,
  exportedCodecs,
  patchCodecs,
  responseCodecs,
  updateCodecs,
} from "../../src/kibana/wire.js";
import { fieldsOf, type Reflected } from "./wire-arbitrary.js";

function namesOf(codec: unknown): { required: string[]; all: string[] } {
  const { required, optional } = fieldsOf(codec as Reflected);
  return {
    required: Object.keys(required).sort(),
    all: [...new Set([...Object.keys(required), ...Object.keys(optional)])].sort(),
  };
}

const sorted = (...names: readonly string[]): string[] => [...names].sort();

describe.each(RULE_TYPES)("the codecs of %s rules have the fields of the table:", (type) => {
  const fields = FIELDS_BY_TYPE[type];

  it("create", () => {
    expect(namesOf(createCodecs[type])).toEqual({
      required: sorted(...REQUIRED_FIELDS_BY_TYPE[type]),
      all: sorted(...fields),
    });
  });

  it("update", () => {
    expect(namesOf(updateCodecs[type])).toEqual({
      required: sorted(...REQUIRED_FIELDS_BY_TYPE[type]),
      all: sorted(...fields, "id"),
    });
  });

  it("patch", () => {
    expect(namesOf(patchCodecs[type])).toEqual({ required: [], all: sorted(...fields, "id") });
  });

  it("response", () => {
    expect(namesOf(responseCodecs[type])).toEqual({
      required: sorted(...RESPONSE_FIELDS_BY_TYPE[type]),
      all: sorted(...fields, ...SERVER_FIELDS),
    });
  });

  it("export", () => {
    expect(namesOf(exportedCodecs[type])).toEqual({
      required: sorted(...REQUIRED_FIELDS_BY_TYPE[type], "rule_id"),
      all: sorted(...fields, ...SERVER_FIELDS),
    });
  });
});
