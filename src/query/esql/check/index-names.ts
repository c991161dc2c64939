import type { Index } from "../ast.js";
import type { Context } from "./context.js";

/** Signs that no index may have in its name. */
const FORBIDDEN = /[\s"<>|/\\#:?]/;

/** What may follow `::`. */
const SELECTORS: ReadonlySet<string> = new Set(["*", "data", "failures"]);

/** Checks the names and patterns after `FROM`; a text in quotes may hold several. */
export function checkIndexNames(context: Context, index: Index): void {
  for (const pattern of index.text.split(",")) {
    const problem = problemOf(pattern.trim());
    if (problem !== undefined)
      context.findings.add("esql/index-name", { index: pattern.trim(), problem }, index);
  }
}

function problemOf(pattern: string): string | undefined {
  const selected = pattern.indexOf("::");
  const selector = selected < 0 ? "data" : pattern.slice(selected + 2);
  if (!SELECTORS.has(selector)) return `"::" is followed by data or failures, not by "${selector}"`;
  const whole = selected < 0 ? pattern : pattern.slice(0, selected);
  const local = whole.slice(whole.startsWith("<") ? 0 : whole.indexOf(":") + 1);
  // A minus before a pattern takes indices out again.
  const name = plainName(local.startsWith("-") ? local.slice(1) : local);
  const sign = FORBIDDEN.exec(name)?.[0];
  if (sign !== undefined) return `"${sign}" cannot be in it`;
  if (/^[-_+]/.test(name)) return `it cannot start with "${name[0]}"`;
  return name === "." || name === ".." ? "a name has more than dots" : undefined;
}

/** A name without what date math computes: `<logs-{now/d}>`. */
function plainName(name: string): string {
  if (!name.startsWith("<") || !name.endsWith(">")) return name;
  let depth = 0;
  let plain = "";
  for (const sign of name.slice(1, -1)) {
    if (sign === "{") depth++;
    else if (sign === "}" && depth > 0) depth--;
    else if (depth === 0) plain += sign;
  }
  return plain;
}
