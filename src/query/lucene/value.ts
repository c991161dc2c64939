import { familyOf, type FieldInfo, isText } from "../../fields/index.js";
import {
  anyWord,
  compileRegexp,
  compileWildcard,
  equalTest,
  hasWord,
  hasWordsInRow,
  never,
  normalization,
  type Piece,
  rangeTest,
  type ScalarTest,
  textOf,
  tokens,
} from "../match/index.js";
import type { Condition } from "./condition.js";
import { withinEdits } from "./distance.js";
import type { DefaultOperator } from "./occur.js";

/** A test of what a field holds: a scalar, or an array of scalars. */
type ValueTest = (value: unknown) => boolean;

interface ValueOptions {
  /** Milliseconds since 1970 that `now` stands for. */
  readonly now: number;
  readonly defaultOperator: DefaultOperator;
}

/** A condition on the values of a field. */
export type ValueCondition = Exclude<Condition, { kind: "everything" | "exists" }>;

/**
 * The test of a field's values, as they are indexed, that a condition makes by the field's type; `info` is undefined where
 * nothing is known of it. Undefined where analysis leaves nothing of the condition.
 */
export function valueTest(
  condition: ValueCondition,
  info: FieldInfo | undefined,
  options: ValueOptions,
): ValueTest | undefined {
  if (info !== undefined && isText(info.type)) return analysedTest(condition, info, options);
  return any(wholeTest(condition, info, options.now));
}

/** On a field that holds whole values. */
function wholeTest(condition: ValueCondition, info: FieldInfo | undefined, now: number): ScalarTest {
  const type = info?.type;
  const normalized = normalization(info);
  switch (condition.kind) {
    case "words":
    case "phrase":
      return equalTest(normalized(condition.text), type, now);
    case "range": {
      const { low, high } = condition;
      const bound = (text: string | undefined): string | undefined => text && normalized(text);
      return rangeTest({ ...condition, low: bound(low), high: bound(high) }, type, now);
    }
    case "wildcard":
      return textual(type)
        ? asText(compileWildcard(written(condition.pieces, normalized), { single: true }))
        : never;
    case "regexp": {
      const compiled = textual(type) ? compileRegexp(normalized(condition.pattern)) : undefined;
      return compiled?.ok === true ? asText(compiled.test) : never;
    }
    case "fuzzy":
      return textual(type) ? asText(withinEdits(normalized(condition.text), condition.edits)) : never;
  }
}

/** Whether one of a field's values passes. */
function any(test: ScalarTest): ValueTest {
  return (value) => {
    if (!Array.isArray(value)) return test(value);
    for (const one of value) if (test(one)) return true;
    return false;
  };
}

function asText(test: (text: string) => boolean): ScalarTest {
  return (value) => test(textOf(value));
}

/** A pattern with what becomes of its texts. */
function written(pieces: readonly Piece[], change: (text: string) => string): readonly Piece[] {
  return pieces.map((piece) => (typeof piece === "string" ? change(piece) : piece));
}

/** On a text field, whose words have been put in lower case. */
function analysedTest(
  condition: ValueCondition,
  info: FieldInfo,
  { now, defaultOperator }: ValueOptions,
): ValueTest | undefined {
  switch (condition.kind) {
    case "words":
      return wordsTest(tokens(condition.text), defaultOperator);
    case "phrase": {
      const words = tokens(condition.text);
      return words.length === 0 ? undefined : any(hasWordsInRow(words, info, condition.slop));
    }
    case "range": {
      const { low, high } = condition;
      return any(
        rangeTest({ ...condition, low: low?.toLowerCase(), high: high?.toLowerCase() }, info.type, now),
      );
    }
    case "wildcard":
      return wildcardTest(condition.pieces, defaultOperator);
    case "regexp": {
      const compiled = compileRegexp(condition.pattern.toLowerCase());
      return compiled.ok ? any(anyWord(compiled.test)) : never;
    }
    case "fuzzy":
      return any(anyWord(withinEdits(condition.text.toLowerCase(), condition.edits)));
  }
}

/**
 * One of the words or, with the default operator AND, each of them in any of the values. Undefined where analysis leaves
 * no word, which is then no condition at all.
 */
function wordsTest(words: readonly string[], operator: DefaultOperator): ValueTest | undefined {
  if (words.length === 0) return undefined;
  if (words.length === 1 || operator === "OR") return any(hasWord(words));
  return (value) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const found = new Set(values.flatMap((one) => tokens(textOf(one))));
    return words.every((word) => found.has(word));
  };
}

/**
 * Wildcards on a text field fit single words. A `*` at the end alone leaves the text before it to analysis, all of
 * whose words but the last are looked for as they are.
 */
function wildcardTest(pieces: readonly Piece[], operator: DefaultOperator): ValueTest | undefined {
  const [prefix, star] = pieces;
  if (pieces.length === 2 && typeof prefix === "string" && typeof star === "object" && "any" in star) {
    const wanted = tokens(prefix);
    const last = wanted.pop();
    if (last === undefined) return undefined;
    const starts = any(anyWord((word) => word.startsWith(last)));
    const before = wordsTest(wanted, operator);
    if (before === undefined) return starts;
    return operator === "AND"
      ? (value) => before(value) && starts(value)
      : (value) => before(value) || starts(value);
  }
  const lower = written(pieces, (text) => text.toLowerCase());
  return any(anyWord(compileWildcard(lower, { single: true })));
}

/** Whether wildcards, regular expressions and fuzziness work on a type: keywords, and what is not known. */
export function textual(type: string | undefined): boolean {
  if (type === undefined) return true;
  const family = familyOf(type);
  return family === "keyword" || family === "string" || family === "version" || family === "other";
}
