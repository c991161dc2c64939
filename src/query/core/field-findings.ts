import { nearest, oneOf } from "../../diagnostics/index.js";
import { type FieldInfo, type Fields, isOlder, judgeUnknown } from "../../fields/index.js";
import { quoted } from "./expected.js";
import type { Findings } from "./findings.js";
import type { Span } from "./span.js";

/**
 * Reports that there is no field of this name: an error where all fields are known, else a warning, and nothing where
 * the name may well belong to an integration that kdac does not know (`judgeUnknown`). An object such as `process` is
 * reported as one; where a language can ask whether an object has any value, ask `hasFieldsBelow` first.
 */
export function reportUnknownField(findings: Findings, fields: Fields, name: string, span: Span): void {
  if (findings.isFull) return;
  const unknown = judgeUnknown(fields, name);
  if (unknown === undefined) return;
  const { code, ...options } = unknown;
  findings.add(code, { name }, span, options);
}

/** What Beats write beside the values of ECS: Packetbeat, and older Auditbeat. */
const OF_BEATS: Readonly<Record<string, string>> = {
  "event.category": "network_traffic",
  "event.type": "process_started",
};

/**
 * Reports a value that ECS does not allow for the field, and one that is nearly a value that ECS expects there. Fields
 * without a set of values accept every one. `beside` has the values that are asked for together with it: in
 * `event.outcome: (Success or success)` both spellings are meant.
 */
export function checkAllowedValue(
  findings: Findings,
  info: FieldInfo,
  value: string,
  span: Span,
  beside: readonly unknown[] = [],
): void {
  const { allowed, usual = [] } = info;
  const values = allowed ?? usual;
  if (values.length === 0 || values.includes(value) || findings.isFull) return;
  if (OF_BEATS[info.name] === value) return;
  const lower = value.toLowerCase();
  if (values.includes(lower) && beside.includes(lower)) return;
  const near = nearest(value, values).map(quoted);
  if (allowed === undefined && near.length === 0) return;
  const help =
    near.length > 0
      ? `did you mean ${oneOf(near)}?`
      : `ECS allows ${oneOf(values.map((one) => quoted(one)))}`;
  findings.add("field/not-allowed-value", { value, field: info.name }, span, { help });
}

/** Reports an `event.type` that does not go with the `event.category` that the query asks for. */
export function checkExpectedValue(
  findings: Findings,
  info: FieldInfo,
  value: string,
  category: string,
  span: Span,
): void {
  const expected = info.expected?.get(category);
  if (expected === undefined || expected.includes(value) || info.allowed?.includes(value) !== true) return;
  const help = `with "${category}" goes ${oneOf(expected.map((one) => quoted(one)))}`;
  findings.add("field/unexpected-value", { category, field: info.name, value }, span, { help });
}

/** Reports a field that is newer than the stack (`9.1`, `8.19.2`) that the rule is for. */
export function checkSince(findings: Findings, info: FieldInfo, stack: string, span: Span): void {
  if (info.since === undefined || !isOlder(stack, info.since)) return;
  findings.add("field/newer-than-stack", { field: info.name, since: info.since, stack }, span);
}
