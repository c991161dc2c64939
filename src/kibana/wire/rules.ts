import type * as t from "io-ts";
import type { ExportedRule, RuleResponse } from "../rule-response.js";
import {
  isFieldOf,
  isRuleField,
  isRuleType,
  RULE_FIELDS,
  RULE_TYPES,
  type RuleCreate,
  type RulePatch,
  type RuleType,
  type RuleUpdate,
} from "../rule.js";
import { type Decoded, decodeWith, type UnknownKeys } from "./decode.js";
import { createCodecs, exportedCodecs, patchCodecs, responseCodecs, updateCodecs } from "./rule-codecs.js";

type Codecs<A> = Readonly<Record<RuleType, t.Type<A>>>;

/** The type that a value says it has; undefined when it says none that is known. */
function typeOf(value: unknown): RuleType | undefined {
  const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  return isRuleType(type) ? type : undefined;
}

const NO_OBJECT = "expected an object with the fields of a rule";
const NO_TYPE = `type: expected one of ${RULE_TYPES.join(", ")}`;

/** The type decides alone, so that one wrong field gives one error and not eight. */
function decode<A>(codecs: Codecs<A>, value: unknown, unknownKeys: UnknownKeys): Decoded<A> {
  const type = typeOf(value);
  return type === undefined
    ? { ok: false, errors: [typeof value === "object" && value !== null ? NO_TYPE : NO_OBJECT] }
    : decodeWith(codecs[type], value, unknownKeys);
}

/** Checks what `POST /api/detection_engine/rules` or a rule line of an import is to take. */
export function decodeRuleCreate(value: unknown, unknownKeys: UnknownKeys = "reject"): Decoded<RuleCreate> {
  return decode<RuleCreate>(createCodecs as unknown as Codecs<RuleCreate>, value, unknownKeys);
}

/** Checks what PUT is to take: the create form, and `id`. That one of `id` and `rule_id` stands is not looked at. */
export function decodeRuleUpdate(value: unknown, unknownKeys: UnknownKeys = "reject"): Decoded<RuleUpdate> {
  return decode<RuleUpdate>(updateCodecs as unknown as Codecs<RuleUpdate>, value, unknownKeys);
}

/** The types that a patch may belong to: those that have all of its fields, or any where none has. */
function candidates(patch: unknown): readonly RuleType[] {
  const names = typeof patch === "object" && patch !== null ? Object.keys(patch) : [];
  const known = names.filter((name) => isRuleField(name) && !RULE_FIELDS[name].serverOnly);
  const fitting = RULE_TYPES.filter((type) => known.every((name) => isFieldOf(name, type)));
  return fitting.length > 0 ? fitting : RULE_TYPES;
}

/**
 * Checks what PATCH is to take. Kibana checks it by the stored rule's type: give it as `type` where it is known. Without it, a
 * patch that names no type itself must fit one of the eight; the errors are those of the type that it fits best.
 */
export function decodeRulePatch(
  value: unknown,
  type: RuleType | undefined = typeOf(value),
  unknownKeys: UnknownKeys = "reject",
): Decoded<RulePatch> {
  const codecs = patchCodecs as unknown as Codecs<RulePatch>;
  let best: string[] | undefined;
  for (const candidate of type === undefined ? candidates(value) : [type]) {
    const decoded = decodeWith<RulePatch>(codecs[candidate], value, unknownKeys);
    if (decoded.ok) return decoded;
    if (best === undefined || decoded.errors.length < best.length) best = decoded.errors;
  }
  return { ok: false, errors: best ?? [] };
}

/** Checks a rule as Kibana returns it: every field that a response always has is there. */
export function decodeRuleResponse(value: unknown, unknownKeys: UnknownKeys = "keep"): Decoded<RuleResponse> {
  return decode<RuleResponse>(responseCodecs as unknown as Codecs<RuleResponse>, value, unknownKeys);
}

/** Checks a rule line of an export, of this or an older Kibana, scrubbed or not. */
export function decodeExportedRule(value: unknown, unknownKeys: UnknownKeys = "keep"): Decoded<ExportedRule> {
  return decode<ExportedRule>(exportedCodecs as unknown as Codecs<ExportedRule>, value, unknownKeys);
}
