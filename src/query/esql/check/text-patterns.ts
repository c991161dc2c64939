import { checkClasses } from "../../core/index.js";
import { compileRegexp, strayBackslash } from "../../match/index.js";
import type { Like } from "../ast.js";
import type { Context } from "./context.js";
import { placeIn } from "./embedded.js";
import { isTextLiteral } from "./literals.js";

/** Checks the patterns of `LIKE` and `RLIKE`, which Elasticsearch compiles before the query runs. */
export function checkTextPatterns({ findings, stack }: Context, { operator, patterns }: Like): void {
  for (const pattern of patterns) {
    if (!isTextLiteral(pattern)) continue;
    if (operator === "like") {
      const start = strayBackslash(pattern.value);
      if (start === undefined) continue;
      const end = Math.min(start + 2, pattern.value.length);
      const escape = pattern.value.slice(start, end);
      findings.add("esql/like-escape", { escape }, placeIn(pattern, start, end));
    } else {
      const regexp = compileRegexp(pattern.value);
      if (regexp.ok) {
        const { newer } = regexp;
        if (newer !== undefined) checkClasses(findings, stack, placeIn(pattern, newer.start, newer.end));
        continue;
      }
      const params = { command: "RLIKE", problem: regexp.message };
      findings.add("esql/bad-pattern", params, placeIn(pattern, regexp.start, regexp.end));
    }
  }
}
