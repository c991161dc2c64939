import type { PatternProblem } from "./dissect.js";

/**
 * What no regular expression of Java or Oniguruma may have: brackets that are not closed, and groups of other dialects.
 * The first one, if any.
 */
export function bracketProblems(pattern: string): PatternProblem[] {
  const open: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at]!;
    if (sign === "\\") at++;
    else if (sign === "[") {
      const close = endOfClass(pattern, at);
      if (close === undefined) return [{ message: `"[" is not closed`, start: at, end: at + 1 }];
      at = close;
    } else if (sign === "(") {
      if (pattern.startsWith("(?P", at))
        return [
          {
            message: "groups are named (?<name>…), without a P",
            start: at,
            end: at + 3,
          },
        ];
      open.push(at);
    } else if (sign === ")" && open.pop() === undefined)
      return [{ message: `")" closes nothing`, start: at, end: at + 1 }];
  }
  const last = open.pop();
  return last === undefined ? [] : [{ message: `"(" is not closed`, start: last, end: last + 1 }];
}

/** Where the class of characters that opens here closes; classes may stand in each other. */
export function endOfClass(pattern: string, start: number): number | undefined {
  let depth = 0;
  let first = start;
  for (let at = start; at < pattern.length; at++) {
    const sign = pattern[at];
    if (sign === "\\") at++;
    else if (sign === "[") {
      depth++;
      if (pattern[at + 1] === "^") at++;
      first = at + 1;
    } else if (sign === "]" && at > first && --depth === 0) return at;
  }
  return undefined;
}
