/**
 * Where a quoted text begins that does not end before `end`, looking from `start`; undefined where all are closed.
 * A quote opens a text only where a value or key can begin.
 */
export function unclosedQuote(text: string, start: number, end: number): number | undefined {
  return scan(text, start, end).quote;
}

/** The innermost `[` or `{` between `start` and `end` that no bracket closes. */
export function unclosedBracket(text: string, start: number, end: number): number | undefined {
  return scan(text, start, end).bracket;
}

function scan(text: string, start: number, end: number): { quote?: number; bracket?: number } {
  const open: number[] = [];
  let at = start;
  let opens = true;
  while (at < end) {
    const character = text[at]!;
    if (opens && (character === '"' || character === "'")) {
      const close = closingQuote(text, at, end);
      if (close === undefined) return { quote: at, ...lastOf(open) };
      at = close;
      opens = false;
    } else if (character === "#" && (at === start || /\s/.test(text[at - 1]!))) {
      while (at < end && text[at] !== "\n" && text[at] !== "\r") at++;
    } else if ((character === "[" || character === "{") && (opens || open.length > 0)) {
      open.push(at);
      opens = true;
    } else if ((character === "]" || character === "}") && open.length > 0) {
      open.pop();
      opens = false;
    } else if (/[\r\n]/.test(character) || (open.length > 0 && character === ",")) {
      opens = true;
    } else if (/[:\-?]/.test(character) && /\s/.test(text[at + 1] ?? " ")) {
      opens = true;
    } else if (!/[ \t]/.test(character)) {
      opens = false;
    }
    at++;
  }
  return lastOf(open);
}

function lastOf(open: readonly number[]): { bracket?: number } {
  const bracket = open.at(-1);
  return bracket === undefined ? {} : { bracket };
}

function closingQuote(text: string, open: number, end: number): number | undefined {
  const quote = text[open];
  for (let at = open + 1; at < end; at++) {
    if (text[at] === "\\" && quote === '"') at++;
    else if (text[at] === quote) {
      if (quote !== "'" || text[at + 1] !== "'") return at;
      at++;
    }
  }
  return undefined;
}
