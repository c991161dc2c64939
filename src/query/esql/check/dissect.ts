/** What is wrong with a pattern, and where in it. */
export interface PatternProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface ExtractedColumn {
  readonly name: string;
  readonly type: string;
}

export interface Extracted {
  readonly columns: readonly ExtractedColumn[];
  readonly problems: readonly PatternProblem[];
}

/**
 * The columns that a pattern of `DISSECT` makes: `%{a}`, `%{+a}` and `%{+a/2}` append, `%{a->}` skips padding, `%{}`
 * and `%{?a}` are thrown away, `%{*a}` and `%{&a}` are not supported by ES|QL. All are keywords.
 */
export function dissectColumns(pattern: string): Extracted {
  const names = new Set<string>();
  const problems: PatternProblem[] = [];
  let keys = 0;
  for (let start = pattern.indexOf("%{"); start >= 0; start = pattern.indexOf("%{", start + 2)) {
    const close = pattern.indexOf("}", start);
    if (close < 0) break;
    keys++;
    const key = pattern.slice(start + 2, close);
    if (key.startsWith("*") || key.startsWith("&"))
      problems.push({
        message: `DISSECT has no reference keys: %{${key}}`,
        start,
        end: close + 1,
      });
    const name = key.replace(/->$/, "").replace(/^[+?*&]/, "");
    const isAppended = key.startsWith("+");
    const bare = isAppended ? name.replace(/\/\d+$/, "") : name;
    if (bare !== "" && !key.startsWith("?")) names.add(bare);
    start = close - 1;
  }
  if (names.size === 0 && problems.length === 0) {
    const message =
      keys === 0 ? "the pattern has no key such as %{name}" : "no key of the pattern has a name";
    problems.push({ message, start: 0, end: pattern.length });
  }
  return {
    columns: [...names].map((name) => ({ name, type: "keyword" })),
    problems,
  };
}
