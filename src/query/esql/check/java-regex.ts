import type { PatternProblem } from "./dissect.js";
import { bracketProblems, endOfClass } from "./regex-brackets.js";

/** `(?:`, `(?<name>`, `(?<!`, `(?i)`: its question mark repeats nothing. */
const GROUP = /^\(\?(?:[:=!>]|<[=!]|<\w+>|[\w-]*[:)])/;
const QUANTIFIER = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})[+?]?/;

/** What is looked at of the head of a group or of a quantifier; none that is meant is longer. */
const MOST_AHEAD = 100;

/**
 * What Java's `Pattern` refuses in a regular expression, as far as it is certain: brackets that are not closed,
 * quantifiers with nothing to repeat or out of order, and a backslash at the end. The first one, if any.
 */
export function javaRegexProblems(pattern: string): PatternProblem[] {
  const plain = withoutQuotes(pattern);
  const brackets = bracketProblems(plain);
  return brackets.length > 0 ? brackets : repetitionProblems(plain);
}

/** What is between \Q and \E is no expression; the offsets stay. */
function withoutQuotes(pattern: string): string {
  return pattern.replace(/\\(?:Q.*?(?:\\E|$)|.)/gs, (escape) =>
    escape.startsWith("\\Q") ? "x".repeat(escape.length) : escape,
  );
}

/** Of a pattern whose brackets are all closed. */
function repetitionProblems(pattern: string): PatternProblem[] {
  let canRepeat = false;
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at]!;
    const ahead = (): string => pattern.slice(at, at + MOST_AHEAD);
    if (sign === "\\") {
      if (at + 1 === pattern.length) return problem("nothing follows the backslash", at, at + 1);
      at++;
      canRepeat = true;
    } else if (sign === "[") {
      at = endOfClass(pattern, at)!;
      canRepeat = true;
    } else if (sign === "(") {
      const head = GROUP.exec(ahead())?.[0] ?? sign;
      at += head.length - 1;
      canRepeat = head.endsWith(")");
    } else if (sign === "|") {
      canRepeat = false;
    } else if (sign === "*" || sign === "+" || sign === "?" || sign === "{") {
      const quantifier = QUANTIFIER.exec(ahead());
      if (quantifier === null) return problem('"{" begins no number of repetitions', at, at + 1);
      const [whole, least, most = ""] = quantifier;
      const end = at + whole.length;
      // Java lets {2} repeat nothing.
      if (!canRepeat && sign !== "{") return problem(`"${whole}" has nothing to repeat`, at, end);
      if (most !== "" && Number(least) > Number(most))
        return problem(`the repetition "${whole}" is out of order`, at, end);
      at = end - 1;
      canRepeat = false;
    } else {
      canRepeat = true;
    }
  }
  return [];
}

const problem = (message: string, start: number, end: number): PatternProblem[] => [{ message, start, end }];
