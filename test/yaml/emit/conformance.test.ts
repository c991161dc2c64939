import { load, YAML11_SCHEMA } from "js-yaml";
import { parse } from "smol-toml";
import { expect, it } from "vitest";
import { emit, type EmitOptions, parseDocument } from "../../../src/yaml/index.js";
import { conformanceFiles, describeConformance } from "../../support/conformance.js";

const options: EmitOptions = {
  literal: new Set(["query", "note", "setup"]),
  flow: new Set(["entries", "required_fields", "related_integrations"]),
  spaced: new Set(["query", "note"]),
};

function expectReadBack(value: Record<string, unknown>): void {
  const text = emit(value, options);
  expect(parseDocument(text, "x").data).toEqual(value);
  expect(load(text, { schema: YAML11_SCHEMA })).toEqual(value);
  expect(emit(load(text), options)).toBe(text);
}

describeConformance("rules that others wrote are written and read back", "rules", (folder) => {
  it.each(conformanceFiles(folder, ".toml"))("$name", ({ text }) => {
    expectReadBack(JSON.parse(JSON.stringify(parse(text))) as Record<string, unknown>);
  });
});

describeConformance("exported objects are written and read back", "ndjson", (folder) => {
  it.each(conformanceFiles(folder, ".ndjson"))("$name", ({ text }) => {
    for (const line of text.split(/\r?\n/).filter((all) => all.trim() !== ""))
      expectReadBack(JSON.parse(line) as Record<string, unknown>);
  });
});
