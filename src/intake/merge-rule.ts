import type { Json } from "../json/index.js";
import { compileRule, type CompileContext } from "../rule/index.js";
import { inKeyOrder, RULE_ORDER } from "../rule/decompile/order.js";
import { normalise } from "../rule/decompile/index.js";
import type { AuthoredRule } from "../schema/index.js";
import { stableJson } from "../rule/stable-json.js";
import { emit, type LocatedDocument, parseDocument } from "../yaml/index.js";
import { STYLES } from "./text.js";

/** The field that a key of a file compiles to, where it has another name. */
const COMPILES_TO: Readonly<Record<string, string>> = {
  lookback: "from",
  guide: "note",
  attack: "threat",
  exceptions: "exceptions_list",
};

/** What a rule's file means: what it compiles to, with all that Kibana would fill in. */
export function meaningOf(document: LocatedDocument, authored: Json, context: CompileContext): Json {
  const source = {
    file: document.file,
    document,
    authored: authored as unknown as AuthoredRule,
    translations: new Map<string, never>(),
  };
  const { rule } = compileRule(source, context);
  return normalise(rule as unknown as Json, { fieldsFor: (index) => context.fieldsFor(index) });
}

/** The meaning of a rule for which there is no file yet. */
export function meaningOfNew(authored: Json, context: CompileContext): Json {
  // Whether a query stands in a block decides what it compiles to.
  const document = parseDocument(emit(authored, STYLES.rule), "");
  return meaningOf(document, authored, context);
}

/**
 * An imported rule in the forms that its file has already: keys that compile to the same value stay as their author wrote them, with
 * fragments, look-backs and typed tags; so does what Kibana does not have. Where that would not give the imported rule, the
 * imported forms.
 */
export function inFormsOf(
  authored: Json,
  existing: Json,
  isSame: (field: string) => boolean,
  context: CompileContext,
): Json {
  const fieldOf = (key: string): string => COMPILES_TO[key] ?? key;
  const stays = (key: string): boolean => key === "stack" || (key !== "extra" && isSame(fieldOf(key)));
  const { extra: before } = existing as { extra?: Json };
  const { extra: now } = authored as { extra?: Json };
  const extra = { ...now };
  for (const [field, value] of Object.entries(before ?? {})) if (isSame(field)) extra[field] = value;
  const kept = Object.fromEntries(Object.entries(existing).filter(([key]) => stays(key)));
  const others = Object.fromEntries(
    Object.entries(authored).filter(
      ([key]) => key !== "extra" && !(key in kept) && (key === "stack" || !stays(key)),
    ),
  );
  const merged = inKeyOrder(
    { ...kept, ...others, ...(Object.keys(extra).length === 0 ? {} : { extra }) },
    RULE_ORDER,
  );
  const wanted = stableJson(meaningOfNew(authored, context));
  return stableJson(meaningOfNew(merged, context)) === wanted
    ? merged
    : { ...("stack" in existing ? { stack: existing["stack"] } : {}), ...authored };
}
