import { type Diagnostic, report, type Target } from "../diagnostics/index.js";
import type { ValueListType } from "../kibana/value-lists.js";
import { isText, wrongForm } from "./value-types.js";

/** Elasticsearch's limit for one term, in bytes of UTF-8. */
const TERM_LIMIT = 32_766;
/** A list of a wrong type has a finding for each value; nobody reads more than this. */
const MOST_SHOWN = 50;
/** Types of which a line with a comma can be no value, or whose values have commas by nature. */
const ONE_COLUMN: ReadonlySet<ValueListType> = new Set(["keyword", "text"]);

/** The values of a list as they were written. */
export interface Written {
  readonly values: readonly unknown[];
  readonly type: ValueListType;
  readonly form: "yaml" | "txt" | "csv";
  /** Where the value of that index stands. */
  readonly at: (index: number) => Target;
}

/** Checks the values of a list and returns those that it shall have: each once, in their order. */
export function readValues({ values, type, form, at }: Written): {
  readonly values: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  let more = 0;
  const add = (make: () => Diagnostic): void => {
    if (diagnostics.length < MOST_SHOWN) diagnostics.push(make());
    else more++;
  };
  const first = new Map<string, number>();
  let isTable = false;
  for (const [i, written] of values.entries()) {
    const value = String(written);
    if (typeof written !== "string" && isText(type))
      add(() => report("value-list/unquoted-value", { value }, at(i)));
    const other = first.get(value);
    if (other !== undefined) {
      const related = (): Diagnostic["related"] => [{ message: "first here", target: at(other) }];
      add(() => report("value-list/repeated-value", { value: shown(value) }, at(i), { related: related()! }));
      continue;
    }
    first.set(value, i);
    const wrong = mistakeOf(value, type, () => at(i));
    if (wrong !== undefined) {
      add(wrong);
      continue;
    }
    if (value !== value.trim()) add(() => report("value-list/space-around", { value: shown(value) }, at(i)));
    if (form === "yaml") continue;
    if (value.startsWith("#")) add(() => report("value-list/comment-like", { value: shown(value) }, at(i)));
    if (form === "csv" && !isTable && ONE_COLUMN.has(type) && value.includes(",")) {
      isTable = true;
      add(() => report("value-list/table-like", {}, at(i)));
    }
  }
  if (more > 0) diagnostics.push(report("value-list/more-findings", { count: more }, { file: at(0).file }));
  return { values: [...first.keys()], diagnostics };
}

/** What Kibana or Elasticsearch would refuse about a value. */
function mistakeOf(value: string, type: ValueListType, at: () => Target): (() => Diagnostic) | undefined {
  if (value.trim() === "") return () => report("value-list/blank-value", {}, at());
  if (/[\r\n]/.test(value)) return () => report("value-list/several-lines", {}, at());
  // A UTF-16 unit is at most three bytes: most values need no counting.
  if (value.length * 3 > TERM_LIMIT) {
    const length = Buffer.byteLength(value);
    if (length > TERM_LIMIT) return () => report("value-list/too-long", { length, limit: TERM_LIMIT }, at());
  }
  const form = wrongForm(type, value);
  if (form === undefined) return undefined;
  return () => report("value-list/wrong-value", { value: shown(value), type, form }, at());
}

/** A value is shown as far as a line has room for it. */
function shown(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60).replace(/[\uD800-\uDBFF]$/, "")}…` : value;
}
