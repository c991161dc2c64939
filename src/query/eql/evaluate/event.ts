import { anyValue, type Event, textOf } from "../../match/index.js";
import type { Explanation } from "../../core/index.js";
import { type FieldsInput, fieldsOf } from "../../../fields/index.js";
import type { Category, EventFilter } from "../ast.js";
import { compileCondition, type Condition, type EventTest } from "./condition.js";
import type { Context } from "./context.js";
import { createSchema } from "./schema.js";

export interface EventOptions {
  /**
   * The fields of the indices. Without them, and for names that they do not have, a literal is compared as what it is:
   * a number with numbers, a text with texts.
   */
  readonly fields?: FieldsInput;
  /** The field of the event category. Default `event.category`. */
  readonly categoryField?: string;
  /** The field of the time, which is a date. Default `@timestamp`. */
  readonly timestampField?: string;
  /** Milliseconds since 1970, for dates such as `now-1d`. Default: when it is compiled. */
  readonly now?: number;
}

/**
 * Compiles one `category where condition` to a test of events. An optional field (`?field`) counts as mapped unless
 * `fields` says for certain that it is not; then a condition on it is null where an event lacks it. A field that is
 * not optional and that no index has would make Elasticsearch refuse the query; here it is missing from each event.
 */
export function compileEvent(filter: EventFilter, options: EventOptions = {}): EventTest {
  return compileFilter(filter, contextOf(options), options.categoryField);
}

/** Says of each condition whether an event meets it. The root joins the category, unless it is `any`, and the condition. */
export function explainEvent(filter: EventFilter, event: Event, options: EventOptions = {}): Explanation {
  return compileExplanation(filter, options)(event);
}

/** Compiles a filter to what `explainEvent` says, for many events. */
export function compileExplanation(
  { category, condition, start, end }: EventFilter,
  options: EventOptions = {},
): (event: Event) => Explanation {
  const context = contextOf(options);
  const compiled = compileCondition(condition, context);
  if (category.name === undefined) return (event) => explain(compiled, event);
  const isOfCategory = compileCategory(category, context, options.categoryField);
  return (event) => {
    const matched = isOfCategory(event);
    const own: Explanation = { kind: "leaf", matched, start: category.start, end: category.end };
    const rest = explain(compiled, event);
    return { kind: "and", matched: matched && rest.matched, children: [own, rest], start, end };
  };
}

export function compileFilter(filter: EventFilter, context: Context, categoryField?: string): EventTest {
  const { holds } = compileCondition(filter.condition, context);
  if (filter.category.name === undefined) return holds;
  const isOfCategory = compileCategory(filter.category, context, categoryField);
  return (event) => isOfCategory(event) && holds(event);
}

/** The context that the options of one filter make. */
export function contextOf({
  fields,
  timestampField = "@timestamp",
  now = Date.now(),
}: EventOptions): Context {
  const known = fields === undefined ? undefined : fieldsOf(fields);
  return { schema: createSchema({ fields: known, timestampField }), now };
}

/** Events may be of several categories; case counts. */
function compileCategory({ name }: Category, { schema }: Context, field = "event.category"): EventTest {
  return anyValue(schema.read(field), (value) => value === name || textOf(value) === name);
}

function explain({ kind, holds, parts, start, end }: Condition, event: Event): Explanation {
  const matched = holds(event);
  if (kind === "leaf") return { kind, matched, start, end };
  return { kind, matched, children: parts.map((part) => explain(part, event)), start, end };
}
