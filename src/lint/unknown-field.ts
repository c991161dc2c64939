import type { Diagnostic, Target } from "../diagnostics/index.js";
import type { Fields } from "../fields/index.js";
import { Findings, reportUnknownField } from "../query/index.js";
import { placed } from "./placed.js";

/** The finding about a name, written at `at`, that no field has; nothing where there is one. */
export function unknownField(name: string, at: () => Target, fields: Fields): Diagnostic[] {
  if (fields.find(name) !== undefined) return [];
  const findings = new Findings();
  reportUnknownField(findings, fields, name, { start: 0, end: name.length });
  return placed(findings.all, at());
}
