import type { Expression, Like } from "../../ast.js";
import { compileRegexp, compileWildcard, type Piece } from "../../../match/index.js";
import { NotRun } from "../not-run.js";
import type { Warn } from "../warnings.js";
import { constantExpr, type Expr, folded } from "./expression.js";
import { unary } from "./map.js";

type Test = (text: string) => boolean;

/** `LIKE` and `RLIKE`, with one pattern or a list of them. */
export function likeExpr({ operator, negated, patterns }: Like, operand: Expr, warn: Warn): Expr {
  if (operand.type === "null") return constantExpr("boolean", null);
  const tests = patterns.map((pattern) =>
    (operator === "like" ? wildcardTest : regexpTest)(textOf(pattern), pattern),
  );
  const run = unary(operand, (text) => tests.some((test) => test(text as string)) !== negated, warn);
  return folded({ type: "boolean", run }, [operand]);
}

function textOf(pattern: Expression): string {
  if (pattern.kind === "literal" && typeof pattern.value === "string") return pattern.value;
  throw new NotRun("a parameter", pattern);
}

/** `*` is any run of characters, `?` one; both may be escaped with a backslash. */
export function wildcardTest(pattern: string): Test {
  const pieces: Piece[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at]!;
    if (sign === "*") pieces.push({ any: true });
    else if (sign === "?") pieces.push({ one: true });
    else pieces.push(sign === "\\" && at + 1 < pattern.length ? pattern[++at]! : sign);
  }
  return compileWildcard(pieces);
}

/** A regular expression of Lucene, for the whole text. */
export function regexpTest(pattern: string, span: Expression): Test {
  const regexp = compileRegexp(pattern);
  if (regexp.ok) return regexp.test;
  throw new NotRun("RLIKE", span, regexp.message);
}
