import { nearest } from "../../diagnostics/index.js";
import type { FieldInfo, Fields } from "../../fields/index.js";
import { oneOf, quoted } from "./expected.js";
import type { Findings } from "./findings.js";
import type { Span } from "./span.js";

/**
 * Reports that there is no field of this name: an error where all fields are known, else a warning, and nothing where
 * the name may well belong to an integration that kdac does not know.
 */
export function reportUnknownField(findings: Findings, fields: Fields, name: string, span: Span): void {
  const near = nearest(name, fields.names(), 3).map(quoted);
  const help = near.length === 0 ? {} : { help: `did you mean ${oneOf(near)}?` };
  if (fields.closed) findings.add("field/unknown", { name }, span, { ...help, severity: "error" });
  else if (near.length > 0) findings.add("field/unknown", { name }, span, help);
}

/** Reports a value that ECS does not allow for the field. Fields without a fixed set of values allow every one. */
export function checkAllowedValue(findings: Findings, info: FieldInfo, value: string, span: Span): void {
  if (info.allowed === undefined || info.allowed.includes(value)) return;
  const near = nearest(value, info.allowed).map(quoted);
  const help =
    near.length > 0 ? `did you mean ${oneOf(near)}?` : `it allows ${oneOf(info.allowed.map(quoted))}`;
  findings.add("field/not-allowed-value", { value, field: info.name }, span, { help });
}

/** Reports a field that is newer than the stack (`9.1`, `8.19.2`) that the rule is for. */
export function checkSince(findings: Findings, info: FieldInfo, stack: string, span: Span): void {
  if (info.since === undefined || !isNewer(info.since, stack)) return;
  findings.add("field/newer-than-stack", { field: info.name, since: info.since, stack }, span);
}

/** Compares major and minor: ECS and the stack are released together, and patches add no fields. */
function isNewer(version: string, stack: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [stackMajor = 0, stackMinor = 0] = stack.split(".").map(Number);
  return major > stackMajor || (major === stackMajor && minor > stackMinor);
}
