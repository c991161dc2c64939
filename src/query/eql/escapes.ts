/** Escapes in texts: `\n`, `\"`, `\u{1f600}`. */

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["t", "\t"],
  ["n", "\n"],
  ["f", "\f"],
  ["r", "\r"],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
]);

/** Digits of the longest code. */
const MOST_DIGITS = 8;

/** A code and its end, or the end of what is none, negated. */
interface Code {
  readonly value: number;
  readonly end: number;
}

/** Reads `{1f600}` at `from`. Undefined where it is no code of two to eight digits for a character. */
function readCode(text: string, from: number): Code | undefined {
  if (text.charCodeAt(from) !== 0x7b /* { */) return undefined;
  let end = from + 1;
  while (end - from <= MOST_DIGITS + 1 && isHexDigit(text.charCodeAt(end))) end++;
  const digits = end - from - 1;
  if (digits < 2 || digits > MOST_DIGITS || text.charCodeAt(end) !== 0x7d /* } */) return undefined;
  const value = Number.parseInt(text.slice(from + 1, end), 16);
  return value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff) ? undefined : { value, end: end + 1 };
}

function isHexDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}

/** The end of the escape whose backslash is at `at`; negated where it is none that EQL has. */
export function escapeEnd(text: string, at: number): number {
  const code = text.charCodeAt(at + 1);
  if (code === 0x75 /* u */) return readCode(text, at + 2)?.end ?? -(at + 2);
  if (SIMPLE.has(text.charAt(at + 1))) return at + 2;
  // The line ends behind the backslash: the text does too.
  return code === 0x0a || code === 0x0d || at + 1 >= text.length ? -(at + 1) : -(at + 2);
}

/** The value of a text from `start` to `end`, without its quotes. What is no escape is taken as it stands. */
export function decode(text: string, start: number, end: number): string {
  let value = "";
  let from = start;
  for (let at = text.indexOf("\\", from); at >= 0 && at < end - 1; at = text.indexOf("\\", from)) {
    value += text.slice(from, at);
    const simple = SIMPLE.get(text.charAt(at + 1));
    const code = text.charCodeAt(at + 1) === 0x75 ? readCode(text, at + 2) : undefined;
    if (simple !== undefined) value += simple;
    else if (code !== undefined) value += String.fromCodePoint(code.value);
    else value += text.slice(at, at + 2);
    from = code?.end ?? at + 2;
  }
  return from >= end ? value : value + text.slice(from, end);
}

/** What is wrong with the escape at `at`. `isCode`: it has the form of one, and means no character. */
export function explainEscape(
  text: string,
  at: number,
): { readonly escape: string; readonly help: string; readonly isCode: boolean } {
  if (text.charCodeAt(at + 1) !== 0x75)
    return {
      escape: text.slice(at, at + 2),
      help: "double the backslash where one is meant: \\\\",
      isCode: false,
    };
  const [escape = "", digits = ""] = /^\\u(?:\{([\dA-Fa-f]*)\}?)?/.exec(text.slice(at, at + 24)) ?? [];
  const help =
    digits.length < 2 || digits.length > MOST_DIGITS || !escape.endsWith("}")
      ? "a character is written with two to eight hexadecimal digits in braces: \\u{00e9}"
      : "there is no character of this code";
  return { escape, help, isCode: digits !== "" && escape.endsWith("}") };
}

/** A text as it is written in quotes. */
export function encode(value: string): string {
  return `"${value.replace(/[\p{Cc}"\\]/gu, escapeOf)}"`;
}

function escapeOf(character: string): string {
  for (const [letter, meant] of SIMPLE) if (meant === character) return `\\${letter}`;
  return `\\u{${character.charCodeAt(0).toString(16).padStart(2, "0")}}`;
}
