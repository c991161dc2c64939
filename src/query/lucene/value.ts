import { familyOf, type FieldInfo, isKeyword, isText } from "../../fields/index.js";
import { compileRegexp, compileWildcard, type Piece, tokens } from "../match/index.js";
import type { Condition } from "./condition.js";
import { withinEdits } from "./distance.js";
import type { DefaultOperator } from "./occur.js";
import { anyText, NEVER, type ValueTest } from "./value-test.js";
import { rangeTest } from "./value-range.js";
import { analysedTest, exactTest, phraseTest } from "./value-words.js";

interface ValueOptions {
  /** Milliseconds since 1970 that `now` stands for. */
  readonly now: number;
  readonly defaultOperator: DefaultOperator;
}

/** What a mapping may say of a text field beyond what most need: false where it does not store where words stand. */
interface Positions {
  readonly positions?: boolean;
}

/** Whether phrases can be looked for in a text field. */
export function hasPositions(info: FieldInfo): boolean {
  return (info as FieldInfo & Positions).positions !== false;
}

/**
 * The test of a field's values that a condition makes, by the field's type; `info` is undefined where nothing is known
 * of it. Undefined where analysis leaves nothing of the condition.
 */
export function valueTest(
  condition: Exclude<Condition, { kind: "everything" | "exists" }>,
  info: FieldInfo | undefined,
  { now, defaultOperator }: ValueOptions,
): ValueTest | undefined {
  const type = info?.type;
  const analysed = type !== undefined && isText(type);
  switch (condition.kind) {
    case "words":
      if (analysed) return analysedTest(condition.text, defaultOperator);
      return indexed(exactTest(condition.text, type, now), info);
    case "phrase":
      if (!analysed) return indexed(exactTest(condition.text, type, now), info);
      if (!hasPositions(info!) && tokens(condition.text).length > 1) return NEVER;
      return phraseTest(condition.text, condition.slop);
    case "range":
      return indexed(rangeTest(condition, type, now), info);
    case "wildcard":
      if (analysed) return analysedWildcard(condition.pieces, defaultOperator);
      return textual(type)
        ? indexed(anyText(compileWildcard(condition.pieces, { single: true })), info)
        : NEVER;
    case "regexp": {
      if (!analysed && !textual(type)) return NEVER;
      const compiled = compileRegexp(analysed ? condition.pattern.toLowerCase() : condition.pattern);
      if (!compiled.ok) return NEVER;
      return analysed
        ? anyText((value) => tokens(value).some(compiled.test))
        : indexed(anyText(compiled.test), info);
    }
    case "fuzzy": {
      if (!analysed && !textual(type)) return NEVER;
      const test = withinEdits(analysed ? condition.text.toLowerCase() : condition.text, condition.edits);
      return analysed ? anyText((value) => tokens(value).some(test)) : indexed(anyText(test), info);
    }
  }
}

/** Whether wildcards, regular expressions and fuzziness work on a type: keywords, and what is not known. */
export function textual(type: string | undefined): boolean {
  if (type === undefined) return true;
  const family = familyOf(type);
  return family === "keyword" || family === "string" || family === "version" || family === "other";
}

/** Values longer than `ignore_above` are not indexed, and so are not found. */
export function indexed(test: ValueTest, info: FieldInfo | undefined): ValueTest {
  if (info?.ignoreAbove === undefined || !isKeyword(info.type)) return test;
  const limit = info.ignoreAbove;
  const fits = (value: unknown): boolean => typeof value !== "string" || value.length <= limit;
  return (value) => {
    if (!Array.isArray(value)) return fits(value) && test(value);
    return value.every(fits) ? test(value) : test(value.filter(fits));
  };
}

/**
 * Wildcards on a text field fit single words. A `*` at the end alone leaves the text before it to analysis, all of
 * whose words but the last are looked for as they are.
 */
function analysedWildcard(pieces: readonly Piece[], operator: DefaultOperator): ValueTest | undefined {
  const [prefix, star] = pieces;
  if (pieces.length === 2 && typeof prefix === "string" && typeof star === "object" && "any" in star) {
    const wanted = tokens(prefix);
    const last = wanted.pop();
    if (last === undefined) return undefined;
    const starts = anyText((value) => tokens(value).some((token) => token.startsWith(last)));
    if (wanted.length === 0) return starts;
    const before = analysedTest(wanted.join(" "), operator)!;
    return operator === "AND"
      ? (value) => before(value) && starts(value)
      : (value) => before(value) || starts(value);
  }
  const lower = pieces.map((piece) => (typeof piece === "string" ? piece.toLowerCase() : piece));
  const test = compileWildcard(lower, { single: true });
  return anyText((value) => tokens(value).some(test));
}
