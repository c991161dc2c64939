import type { Span } from "../core/index.js";
import { Alphabet } from "./alphabet.js";
import type { CharSet } from "./char-set.js";
import type { Budget } from "./dfa.js";
import { LazyDfa } from "./lazy-dfa.js";
import { buildNfa, TooComplex } from "./nfa-builder.js";
import { type Node, parseRegexp, type RegexpError } from "./regexp-parser.js";

/**
 * A compiled regular expression, or what is wrong with it and where. `newer` is what older releases read
 * otherwise.
 */
export type Regexp =
  | { readonly ok: true; readonly newer: Span | undefined; test(this: void, text: string): boolean }
  | ({ readonly ok: false } & RegexpError);

/**
 * Steps that the automata of complements and intersections may take: for a pattern, for each of its characters, and at
 * most. What people write takes some hundreds; Elasticsearch ends too (`max_determinized_states`).
 */
const EFFORT = 1_000;
const EFFORT_EACH = 200;
const MAX_EFFORT = 500_000;

/**
 * Compiles a regular expression of Lucene: `. ? + * | {n,m} () [] [^] "…" @ & ~ # <n-m> \d \w \s` and escapes. It
 * matches whole values; `.` is any code point. The test takes time linear in the text, whatever the pattern, and no
 * JavaScript `RegExp` sees it. A pattern is refused where Lucene refuses it or its automaton would be too large.
 */
export function compileRegexp(pattern: string, options: { readonly insensitive?: boolean } = {}): Regexp {
  const parsed = parseRegexp(pattern, options.insensitive === true);
  if ("message" in parsed) return { ok: false, ...parsed };
  const { node, newer } = parsed;
  const budget = { left: Math.min(MAX_EFFORT, EFFORT + EFFORT_EACH * pattern.length) };
  let automaton: LazyDfa | undefined;
  try {
    // Others are made when first needed: most compiled patterns are only checked.
    if (hasOperators(node)) automaton = automatonOf(node, budget);
  } catch (error) {
    if (error instanceof TooComplex)
      return { ok: false, message: error.message, start: error.start, end: error.end };
    throw error;
  }
  return { ok: true, newer, test: (text) => (automaton ??= automatonOf(node, budget)).test(text) };
}

function automatonOf(node: Node, budget: Budget): LazyDfa {
  const sets = new Set<CharSet>();
  addSets(node, sets);
  const alphabet = new Alphabet(sets);
  const { nfa, start } = buildNfa(node, alphabet, budget);
  return new LazyDfa(nfa, start, alphabet);
}

/** Whether a complement or an intersection is in it: what needs a deterministic automaton to be made beforehand. */
function hasOperators(node: Node): boolean {
  switch (node.kind) {
    case "set":
      return false;
    case "repeat":
      return hasOperators(node.item);
    case "concat":
    case "union":
      return node.items.some(hasOperators);
    case "not":
    case "both":
      return true;
  }
}

function addSets(node: Node, into: Set<CharSet>): void {
  if (node.kind === "set") into.add(node.set);
  else if ("item" in node) addSets(node.item, into);
  else for (const item of node.items) addSets(item, into);
}
