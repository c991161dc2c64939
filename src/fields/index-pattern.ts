/**
 * Whether every name that `other` matches is matched by `pattern` too. Both are names of indices in which `*` stands
 * for any text: only a star of `pattern` can take in one of `other`.
 */
export function covers(pattern: string, other: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < other.length;) {
    if (pattern[at] === "*") {
      star = at++;
      resume = i;
    } else if (other[i] !== "*" && pattern[at] === other[i]) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

/** Whether one of the patterns covers the other, so that what is known of one says something of the other. */
export function overlap(pattern: string, other: string): boolean {
  return covers(pattern, other) || covers(other, pattern);
}

/** The patterns that add indices: lists in one text taken apart, without `-excluded` ones. */
export function patternsOf(index: readonly string[]): string[] {
  const all = index.flatMap((entry) => entry.split(",")).map((pattern) => pattern.trim());
  return [...new Set(all)].filter((pattern) => pattern !== "" && !pattern.startsWith("-"));
}
