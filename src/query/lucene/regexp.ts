import { checkClasses, type Findings, quoted } from "../core/index.js";
import { compileRegexp } from "../match/index.js";
import type { Query } from "./ast.js";
import { eachLeaf } from "./condition.js";
import { valueSpan } from "./value-span.js";

/** `index.max_regex_length`, as Elasticsearch has it where nobody sets it. */
const MAX_REGEXP = 1_000;

/** Reports a regular expression that Elasticsearch refuses. `offset` is where it starts in the query. */
export function checkRegexp(pattern: string, offset: number, findings: Findings): void {
  const { length } = pattern;
  if (length > MAX_REGEXP) {
    const span = { start: offset, end: offset + length };
    findings.add("lucene/regexp-too-long", { length, limit: MAX_REGEXP }, span);
    return;
  }
  const compiled = compileRegexp(pattern);
  if (compiled.ok) return;
  const { message, start, end } = compiled;
  const help = anchorHelp(pattern);
  findings.add("lucene/bad-regexp", { problem: message }, { start: offset + start, end: offset + end }, help);
}

function anchorHelp(pattern: string): { help?: string } {
  return /^\^|\$$/.test(pattern)
    ? { help: `the expression matches the whole value as it is: take ^ and $ out of ${quoted(pattern)}` }
    : {};
}

/** Reports what older stacks read otherwise in the regular expressions of a query. */
export function checkRegexpClasses({ clauses }: Query, stack: string, findings: Findings): void {
  eachLeaf(clauses, (leaf) => {
    const regexp = leaf.kind === "regexp" ? compileRegexp(leaf.pattern) : undefined;
    if (regexp?.ok === true && regexp.newer !== undefined) checkClasses(findings, stack, valueSpan(leaf));
  });
}
