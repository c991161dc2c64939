import type { Selectable } from "../rule/index.js";
import { glob, globProblem } from "./glob.js";

export type { Selectable } from "../rule/index.js";

/**
 * Compiles selectors into one test: a rule is taken when any of them matches. `tag:Domain: Endpoint` asks for a tag
 * (`*` stands for any text, case counts not), `name:*PowerShell*` for the rule's name, anything else is a path pattern
 * such as `rules/windows/**`; one that starts with `!` takes rules out again.
 */
export function selector(patterns: readonly string[]): (rule: Selectable) => boolean {
  const wanted = patterns.filter((pattern) => !pattern.startsWith("!")).map(single);
  const unwanted = patterns
    .filter((pattern) => pattern.startsWith("!"))
    .map((pattern) => single(pattern.slice(1)));
  return (rule) =>
    (wanted.length === 0 || wanted.some((matches) => matches(rule))) &&
    !unwanted.some((matches) => matches(rule));
}

/** What is wrong with a selector; undefined where it can be used. */
export function selectorProblem(selector: string): string | undefined {
  const pattern = selector.startsWith("!") ? selector.slice(1) : selector;
  return /^(?:tag|name):/.test(pattern) ? undefined : globProblem(pattern);
}

function single(pattern: string): (rule: Selectable) => boolean {
  if (pattern.startsWith("tag:")) {
    const matches = wildcard(pattern.slice("tag:".length));
    return (rule) => rule.tags.some(matches);
  }
  if (pattern.startsWith("name:")) {
    const matches = wildcard(pattern.slice("name:".length));
    return (rule) => matches(rule.name);
  }
  const matches = glob(pattern.endsWith("/") ? `${pattern}**` : pattern);
  return (rule) => matches(rule.file);
}

/** Matches a text with `*` for any run of characters, in time linear in the text for each star. */
export function wildcard(pattern: string): (text: string) => boolean {
  const parts = pattern.toLowerCase().split("*");
  const first = parts[0]!;
  const last = parts.at(-1)!;
  return (text) => {
    const value = text.toLowerCase();
    if (parts.length === 1) return value === first;
    if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last))
      return false;
    let at = first.length;
    const end = value.length - last.length;
    for (const part of parts.slice(1, -1)) {
      const found = value.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}
