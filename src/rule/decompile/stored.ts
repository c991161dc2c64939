import type { Json } from "../../json/index.js";
import { serverDefaults } from "../../kibana/defaults.js";
import { isRuleType } from "../../kibana/rule.js";
import { ecsFields, type Fields } from "../../fields/index.js";
import { inOrder } from "../order.js";
import { indicesOf, queriesOf, requiredFields } from "../queries.js";
import type { ImportNote } from "./context.js";
import { shallow } from "./depth.js";
import { FORMS, storedActions } from "./forms.js";
import { isStringList } from "./json.js";
import { withoutLegacy } from "./legacy.js";
import { metaOf } from "./meta.js";
import { RESPONSE_ONLY } from "./response-only.js";

export interface NormaliseOptions {
  /** The fields of the indices of that pattern, as compiling has them; those of ECS when it is absent. */
  readonly fieldsFor?: ((index: readonly string[] | undefined) => Fields) | undefined;
}

/**
 * The rule in today's form, without what Kibana alone writes and without what says nothing. Order and values are the source's own;
 * fields that are unknown stay.
 */
export function todays(rule: Json, notes: ImportNote[]): Record<string, unknown> {
  const own = Object.fromEntries(
    Object.entries(shallow(rule, notes)).filter(
      ([field, value]) => value != null && !RESPONSE_ONLY.has(field),
    ),
  );
  const { throttle, ...fields } = withoutLegacy(own, notes);
  const formed = Object.entries(fields).map(([field, value]) => {
    if (field === "actions") return [field, storedActions(value, throttle)] as const;
    if (field === "meta") return [field, metaOf(fields)] as const;
    return [field, Object.hasOwn(FORMS, field) ? FORMS[field]!(value) : value] as const;
  });
  return Object.fromEntries(formed.filter(([, value]) => value !== undefined));
}

/** What Kibana makes of fields that are left out, for a rule in today's form; `language` is compiling's own where the type says it. */
export function filledIn(rule: Json): Record<string, unknown> {
  const { type } = rule;
  if (!isRuleType(type)) return {};
  const language = type === "eql" || type === "esql" ? { language: type } : {};
  return { ...serverDefaults(type), ...language };
}

/** `required_fields` of a rule that leaves them out: what its query reads, as compiling works it out. */
export function derivedFields(rule: Json, { fieldsFor = ecsFields }: NormaliseOptions): unknown {
  const queries = queriesOf(rule);
  const indices = indicesOf(rule, queries);
  return requiredFields(queries, fieldsFor(isStringList(indices) ? indices : undefined)) ?? [];
}

/**
 * The form in which an imported rule and what its file compiles to are the same, to the byte: docs/import.md says in words what is
 * done here. Normalising twice is normalising once.
 */
export function normalise(rule: Json, options: NormaliseOptions = {}): Record<string, unknown> {
  const fields = todays(rule, []);
  const filled = filledIn(fields);
  if ("required_fields" in filled && fields["required_fields"] === undefined)
    filled["required_fields"] = derivedFields(fields, options);
  return inOrder({ ...filled, ...fields });
}
