import { checkClasses, type Span } from "../core/index.js";
import { compileRegexp } from "../match/index.js";
import type { CheckContext } from "./check-context.js";

/** Longest pattern that an index takes unless it is set otherwise (`index.max_regex_length`). */
const MAX_REGEX_LENGTH = 1_000;

/** Checks a regular expression, which stands in the query at `literal`: Elasticsearch fails on one it cannot read. */
export function checkRegex(
  pattern: string,
  literal: Span,
  insensitive: boolean,
  { findings, stack }: Pick<CheckContext, "findings" | "stack">,
): void {
  const regex = compileRegexp(pattern, { insensitive });
  if (!regex.ok) {
    findings.add("eql/bad-regex", { reason: regex.message }, placeOf(regex, pattern, literal));
    return;
  }
  if (/^\^|(?<!\\)\$$/.test(pattern)) {
    findings.add("eql/regex-anchor", { sign: pattern.startsWith("^") ? "^" : "$" }, literal);
  } else if (pattern.length > MAX_REGEX_LENGTH) {
    const reason = `it has ${pattern.length} characters, and indices take ${MAX_REGEX_LENGTH} by default`;
    findings.add("eql/bad-regex", { reason }, literal, { severity: "warning" });
  }
  if (regex.newer !== undefined) checkClasses(findings, stack, placeOf(regex.newer, pattern, literal));
}

/** The range in the query of a part of the pattern; the whole literal where escapes move what follows them. */
function placeOf({ start, end }: Span, pattern: string, literal: Span): Span {
  const offset = offsetOfPattern(pattern, literal);
  if (offset === undefined) return literal;
  const from = literal.start + offset;
  return { start: from + start, end: from + end };
}

/** Where a pattern begins behind its quotes; undefined where escapes are in it, which move what follows them. */
function offsetOfPattern(pattern: string, { start, end }: Span): number | undefined {
  const around = end - start - pattern.length;
  if (around === 2) return 1;
  const escapes = pattern.match(/[\\"\p{Cc}]/gu)?.length ?? 0;
  // These may be escaped, and need not be.
  const apostrophes = pattern.split("'").length - 1;
  const mayBeEscapes = escapes <= 4 && escapes + apostrophes >= 4;
  return around === 6 && !mayBeEscapes ? 3 : undefined;
}
