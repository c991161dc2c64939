import { isOlder } from "../../fields/index.js";
import type { Findings } from "./findings.js";
import type { Span } from "./span.js";

/** The first release whose Lucene lets no escaped character begin a range in a class. */
const SINCE = "9.1";

/**
 * Reports an escaped character in a class of a regular expression with a hyphen after it, where the stack is older:
 * there it begins a range, so that `[\\w\\.-]` is refused.
 */
export function checkClasses(findings: Findings, stack: string | undefined, span: Span): void {
  if (stack !== undefined && isOlder(stack, SINCE))
    findings.add("query/hyphen-after-escape", { since: SINCE, stack }, span);
}
