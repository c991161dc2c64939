/** What can only be written as an escape. */
const ESCAPED = /[\p{Cc}\p{Surrogate}\u2028\u2029\ufeff\ufffe\uffff]/u;
const ESCAPED_ALL = /["\\\p{Cc}\p{Surrogate}\u2028\u2029\ufeff\ufffe\uffff]/gu;

const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  "\x85": "\\N",
  "\u2028": "\\L",
  "\u2029": "\\P",
};

/** Whether a string holds something that only an escape in double quotes can write. */
export function needsEscapes(text: string): boolean {
  return ESCAPED.test(text);
}

/** A string in quotes on one line: double ones, unless single ones save escapes. */
export function quoted(text: string): string {
  return needsEscapes(text) || !savesEscapes(text) ? doubleQuoted(text) : singleQuoted(text);
}

/** A string in single quotes; it must not need escapes. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A string in double quotes on one line. */
export function doubleQuoted(text: string): string {
  return `"${escaped(text)}"`;
}

/**
 * A string of several lines in double quotes, each of its lines on a line of its own behind `pad`. A backslash before
 * a line's end takes the line break and the indentation below it out of the text.
 */
export function doubleQuotedLines(text: string, pad: string): string {
  const lines = text.match(/[^\n]*\n|[^\n]+/g) ?? [];
  const shown = lines.map((line) => escaped(line).replace(/^ /, "\\ "));
  return `"\\\n${pad}${shown.join(`\\\n${pad}`)}"`;
}

function savesEscapes(text: string): boolean {
  let single = 0;
  let double = 0;
  for (const character of text) {
    if (character === "'") single++;
    else if (character === '"' || character === "\\") double++;
  }
  return double > 0 && single <= double;
}

function escaped(text: string): string {
  return text.replace(ESCAPED_ALL, escape);
}

function escape(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  const code = character.charCodeAt(0);
  const hex = code.toString(16).toUpperCase();
  return code <= 0xff ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`;
}
