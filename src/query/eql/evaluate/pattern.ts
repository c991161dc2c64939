import { state } from "../../../diagnostics/index.js";
import { QueryError, type Span } from "../../core/index.js";
import { compileRegexp, compileWildcard, type Piece, some } from "../../match/index.js";
import type { PatternMatch } from "../ast.js";
import { insensitiveAny } from "./insensitive.js";

export type TextTest = (text: string) => boolean;

/** Whether a pattern of `:` or `like` is matched as it is. */
export const isPlain = (pattern: string): boolean => !pattern.includes("*") && !pattern.includes("?");

/**
 * The test whether a text matches one of the patterns: for `:` and `like` with `*` for any run of characters and `?`
 * for one, for `regex` a Lucene regular expression; all on the whole text.
 *
 * @throws QueryError with the range `span`, where a regular expression is none
 */
export function compilePatterns(
  operator: PatternMatch["operator"],
  patterns: readonly string[],
  span: Span,
): TextTest {
  if (operator === "regex" || operator === "regex~")
    return some(patterns.map((pattern) => regexp(pattern, operator === "regex~", span)));
  const insensitive = operator !== "like";
  const plain = patterns.filter(isPlain);
  const tests = patterns
    .filter((pattern) => !isPlain(pattern))
    .map((pattern) => compileWildcard(pattern, { insensitive, single: true }));
  if (plain.length > 0) tests.unshift(insensitive ? insensitiveAny(plain) : exactAny(plain));
  return some(tests);
}

/**
 * The test for a pattern that Elasticsearch hands to Lucene as it is: `*` and `?` are wildcards, and a backslash makes
 * the next character stand for itself. `endsWith` and `stringContains` of a field are searches for such a pattern.
 */
export function compileUnescaped(pattern: string, insensitive: boolean): TextTest {
  const pieces: Piece[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const unit = pattern[at]!;
    if (unit === "*") pieces.push({ any: true });
    else if (unit === "?") pieces.push({ one: true });
    // A backslash at the end stands for itself.
    else pieces.push(unit === "\\" && at + 1 < pattern.length ? pattern[++at]! : unit);
  }
  return compileWildcard(pieces, { insensitive });
}

/** Whether a text is one of a few. */
export function exactAny(texts: readonly string[]): TextTest {
  if (texts.length === 1) {
    const [only] = texts;
    return (text) => text === only;
  }
  const all = new Set(texts);
  return (text) => all.has(text);
}

function regexp(pattern: string, insensitive: boolean, { start, end }: Span): TextTest {
  const compiled = compileRegexp(pattern, { insensitive });
  if (compiled.ok) return compiled.test;
  throw new QueryError([{ ...state("eql/bad-regex", { reason: compiled.message }), start, end }]);
}
