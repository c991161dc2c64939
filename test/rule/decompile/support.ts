import { loadAttack } from "../../../src/attack/index.js";
import { type DecompileContext, decompileRule, type ImportNote } from "../../../src/rule/decompile/index.js";
import { type CompileContext, compileRule } from "../../../src/rule/index.js";
import { type AuthoredRule, check } from "../../../src/schema/index.js";
import { emit } from "../../../src/yaml/emit/index.js";
import { parseDocument } from "../../../src/yaml/index.js";
import { context } from "../../support/rule.js";

export type Fields = Record<string, unknown>;

const QUERIES = new Set(["query", "threat_query"]);

/** A project that knows no lists and no connectors, and compiles with ATT&CK 18.1. */
export function decompileContext(overrides: Partial<DecompileContext> = {}): DecompileContext {
  return {
    attack: loadAttack("18.1"),
    locale: "en",
    listReference: () => undefined,
    connectorName: () => undefined,
    ...overrides,
  };
}

export interface RoundTrip {
  readonly authored: Fields;
  readonly notes: readonly ImportNote[];
  /** The file's text. */
  readonly yaml: string;
  /** What reading the file and the schema have to say. */
  readonly findings: readonly string[];
  /** What the file compiles to. */
  readonly rule: Fields;
}

/** A rule through decompiling, the file, and compiling. */
export function roundTrip(
  source: Readonly<Fields>,
  overrides: Partial<DecompileContext> = {},
  compiling: Partial<CompileContext> = {},
): RoundTrip {
  const { authored, notes } = decompileRule(source, decompileContext(overrides));
  const yaml = emit(authored, { literal: QUERIES });
  const document = parseDocument(yaml, "a.rule.yml");
  const { rule, diagnostics } = compileRule(
    {
      file: "a.rule.yml",
      document,
      authored: document.data as AuthoredRule,
      translations: new Map(),
    },
    context(compiling),
  );
  const findings = [...document.diagnostics, ...check("rule", document), ...diagnostics];
  return {
    authored,
    notes,
    yaml,
    findings: findings.filter(({ severity }) => severity === "error").map(({ message }) => message),
    rule: rule as unknown as Fields,
  };
}

/** The least that every rule has, in the API's form. */
export const RULE: Readonly<Fields> = {
  rule_id: "r-1",
  name: "A name",
  description: "What it finds.",
  type: "query",
  severity: "low",
  risk_score: 21,
  index: ["logs-*"],
  query: "process.name: a",
};
