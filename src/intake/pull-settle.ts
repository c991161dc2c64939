import type { Json } from "../json/index.js";
import type { LiveRule } from "../kibana/endpoints/index.js";
import { compileRule, type RuleSource } from "../rule/index.js";
import type { AuthoredRule } from "../schema/index.js";
import { type LocatedDocument, merge, parseDocument } from "../yaml/index.js";
import { type Around, desiredRule } from "./pull-around.js";
import { withFields, type Taking } from "./pull-fields.js";
import { fieldsOf } from "./pull-standing.js";
import { ORDERS, STYLES } from "./text.js";

/** How a rule's file is to become what the space has. */
export interface Settling {
  readonly source: RuleSource;
  readonly taking: Taking;
  /** The fields to take. */
  readonly fields: readonly string[];
  /** The fields that may go on being different. */
  readonly ignored: ReadonlySet<string>;
}

export interface Settled {
  readonly document: LocatedDocument;
  /** The fields that were taken: those asked for, and those that follow from others and would have changed with them. */
  readonly fields: ReadonlySet<string>;
  /** The fields that are different still. */
  readonly left: readonly string[];
}

/**
 * Takes fields over into a file until a plan of it shows nothing. What follows from other fields is left to follow from them, and
 * taken only where that does not give what the space has: a tag that a tactic brings, a guide's heading, what a query reads.
 */
export function settle(around: Around, live: LiveRule, settling: Settling): Settled {
  const { source, taking, fields, ignored } = settling;
  const firm = fields.filter((field) => !follows(field, taking.authored));
  const taken = new Set(firm.length > 0 ? firm : fields);
  for (;;) {
    const text = merge(source.document, withFields(taken, taking), {
      order: ORDERS.rule,
      emitOptions: STYLES.rule,
    });
    const document = parseDocument(text, source.file);
    const left = differences(around, live, { ...source, document }).filter((field) => !ignored.has(field));
    const more = left.filter((field) => !taken.has(field));
    if (more.length === 0) return { document, fields: taken, left };
    for (const field of more) taken.add(field);
  }
}

/** Whether the file leaves it to other fields what this one is. */
function follows(field: string, authored: Json): boolean {
  switch (field) {
    case "from":
      return authored["lookback"] !== undefined;
    case "note":
      return authored["guide"] !== undefined;
    case "tags":
      return authored["tags"] !== undefined && !Array.isArray(authored["tags"]);
    case "required_fields":
      return authored["required_fields"] === undefined;
    default:
      return false;
  }
}

/** The fields in which a file, as it would be, and the space differ. */
export function differences(around: Around, live: LiveRule, source: RuleSource): string[] {
  const authored = source.document.data as AuthoredRule;
  const compiled = compileRule({ ...source, authored }, around.compile);
  return fieldsOf(around.planRule(desiredRule(compiled), live));
}
