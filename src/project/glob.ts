/**
 * Path patterns: `*` and `?` within a folder, `**` across folders, `[a-z]`, `[!a]`, `{a,b}`, and `\` before a character that is
 * meant literally. Names that begin with a dot are matched only by patterns that write the dot. A match costs at most the
 * length of the pattern times that of the path, whatever they are.
 */

/** Longer patterns are a mistake, or an attack. */
const LONGEST = 1_000;
/** Patterns that the alternatives of `{…}` may make together. */
const MOST_ALTERNATIVES = 200;

type Token =
  | { readonly kind: "text"; readonly text: string }
  /** One character that is no slash; `has` says which, where not any. */
  | { readonly kind: "one"; readonly has?: (character: string) => boolean }
  /** Any run without a slash. */
  | { readonly kind: "star" }
  /** Any run. */
  | { readonly kind: "rest" }
  /** Any number of whole folders. */
  | { readonly kind: "folders" };

/** What is wrong with a path pattern; undefined where it can be used. */
export function globProblem(pattern: string): string | undefined {
  if (pattern.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (/(?<!\\)[@!+*?]\(/.test(pattern)) return "has a group such as *(…), which path patterns do not have";
  if (alternatives(pattern) === undefined) return `has more than ${MOST_ALTERNATIVES} alternatives in {…}`;
  return undefined;
}

/** A test for paths with forward slashes. A pattern that has a problem matches nothing. */
export function glob(pattern: string): (path: string) => boolean {
  const all = globProblem(pattern) === undefined ? (alternatives(pattern) ?? []) : [];
  const compiled = all.map((one) => tokensOf(one.replace(/^\.\//, "")));
  return (path) => compiled.some((tokens) => matches(tokens, path));
}

/** The patterns without `{…}` that a pattern stands for; undefined where there are too many. */
function alternatives(pattern: string): string[] | undefined {
  const queue = [pattern];
  const done: string[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const group = firstGroup(next);
    if (group === undefined) done.push(next);
    else queue.push(...group.toReversed());
    if (done.length + queue.length > MOST_ALTERNATIVES) return undefined;
  }
  return done;
}

/** A pattern with its first `{a,b}` replaced by each of its alternatives; undefined where it has none. */
function firstGroup(pattern: string): string[] | undefined {
  const opened: { readonly at: number; readonly commas: number[] }[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i];
    if (character === "\\") i++;
    else if (character === "{") opened.push({ at: i, commas: [] });
    else if (character === ",") opened.at(-1)?.commas.push(i);
    else if (character === "}") {
      const group = opened.pop();
      if (group === undefined || group.commas.length === 0) continue;
      const [before, after] = [pattern.slice(0, group.at), pattern.slice(i + 1)];
      const ends = [...group.commas, i];
      const starts = [group.at, ...group.commas];
      return ends.map((end, n) => `${before}${pattern.slice(starts[n]! + 1, end)}${after}`);
    }
  }
  return undefined;
}

/** In UTF-16 units, as the path is looked at. */
function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < pattern.length;) {
    const character = pattern[i]!;
    const stars = /^\*+/.exec(pattern.slice(i))?.[0].length ?? 0;
    const isSegment = (i === 0 || pattern[i - 1] === "/") && stars >= 2;
    if (isSegment && pattern[i + stars] === "/") {
      tokens.push({ kind: "folders" });
      i += stars + 1;
    } else if (stars > 0) {
      tokens.push({ kind: isSegment && i + stars === pattern.length ? "rest" : "star" });
      i += stars;
    } else if (character === "?") {
      tokens.push({ kind: "one" });
      i++;
    } else {
      const set = character === "[" ? setAt(pattern, i) : undefined;
      const literal = character === "\\" && i + 1 < pattern.length ? pattern[++i]! : character;
      tokens.push(set === undefined ? { kind: "text", text: literal } : { kind: "one", has: set.has });
      i = set?.end ?? i + 1;
    }
  }
  return tokens;
}

/** `[a-z]` or `[!a-z]` at a place; undefined where it is not closed. */
function setAt(
  pattern: string,
  at: number,
): { has: (character: string) => boolean; end: number } | undefined {
  const isNegated = pattern[at + 1] === "!" || pattern[at + 1] === "^";
  const from = at + (isNegated ? 2 : 1);
  const close = pattern.indexOf("]", from + 1);
  if (close < 0) return undefined;
  const body = pattern.slice(from, close);
  const ranges: (readonly [string, string])[] = [];
  for (let i = 0; i < body.length; i++) {
    const isRange = body[i + 1] === "-" && i + 2 < body.length;
    ranges.push([body[i]!, body[isRange ? i + 2 : i]!]);
    if (isRange) i += 2;
  }
  const isIn = (character: string): boolean =>
    ranges.some(([first, last]) => first <= character && character <= last);
  return { has: (character) => isIn(character) !== isNegated, end: close + 1 };
}

/** Follows all ways through the pattern at once, a character of the path at a time. */
function matches(tokens: readonly Token[], path: string): boolean {
  let states = new Set([0]);
  let isStart = true;
  for (let i = 0; i < path.length; i++) {
    const character = path[i]!;
    const isDot = isStart && character === ".";
    const next = new Set<number>();
    // A leading dot is met by a dot of the pattern alone, not by one behind a star.
    for (const state of closure(tokens, states, isStart, !isDot)) {
      const token = tokens[state];
      if (token === undefined) continue;
      if (token.kind === "text") {
        if (token.text === character) next.add(state + 1);
      } else if (isDot) continue;
      else if (token.kind === "one") {
        if (character !== "/" && token.has?.(character) !== false) next.add(state + 1);
      } else if (token.kind !== "star" || character !== "/") next.add(state);
    }
    if (next.size === 0) return false;
    isStart = character === "/";
    states = next;
  }
  return closure(tokens, states, isStart, true).has(tokens.length);
}

/** The states that are reached without a character: runs may be empty, and folders end where a name begins. */
function closure(
  tokens: readonly Token[],
  states: ReadonlySet<number>,
  isStart: boolean,
  skipsRuns: boolean,
): Set<number> {
  const all = new Set(states);
  for (const state of all) {
    const kind = tokens[state]?.kind;
    const isRun = kind === "star" || kind === "rest";
    if ((isRun && skipsRuns) || (kind === "folders" && isStart)) all.add(state + 1);
  }
  return all;
}
