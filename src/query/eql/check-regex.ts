import type { Findings, Span } from "../core/index.js";
import { compileRegexp } from "../match/index.js";

/** Longest pattern that an index takes unless it is set otherwise (`index.max_regex_length`). */
const MAX_REGEX_LENGTH = 1_000;

/** Checks a regular expression, which stands in the query at `literal`: Elasticsearch fails on one it cannot read. */
export function checkRegex(pattern: string, literal: Span, insensitive: boolean, findings: Findings): void {
  const regex = compileRegexp(pattern, { insensitive });
  if (!regex.ok) {
    const offset = offsetOfPattern(pattern, literal);
    const span =
      offset === undefined
        ? literal
        : { start: literal.start + offset + regex.start, end: literal.start + offset + regex.end };
    findings.add("eql/bad-regex", { reason: regex.message }, span);
  } else if (/^\^|(?<!\\)\$$/.test(pattern)) {
    findings.add("eql/regex-anchor", { sign: pattern.startsWith("^") ? "^" : "$" }, literal);
  } else if (pattern.length > MAX_REGEX_LENGTH) {
    const reason = `it has ${pattern.length} characters, and indices take ${MAX_REGEX_LENGTH} by default`;
    findings.add("eql/bad-regex", { reason }, literal, { severity: "warning" });
  }
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
