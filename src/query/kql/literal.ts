/** What the words and quoted texts of a query stand for. */
import { escapeLength, isHex4, keywordLength } from "./lexer.js";

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", r: "\r", n: "\n" };

/** The texts between the wildcards of a word, with its escapes resolved and spaces around the whole taken off. */
export function readWord(text: string, start: number, end: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let from = start;
  let at = start;
  while (at < end) {
    const char = text[at]!;
    if (char !== "*" && char !== "\\") {
      at++;
      continue;
    }
    piece += text.slice(from, at);
    if (char === "*") {
      pieces.push(piece);
      piece = "";
      at++;
    } else {
      piece += meaningOf(text, at);
      at += escapeLength(text, at);
    }
    from = at;
  }
  pieces.push(piece + text.slice(from, at));
  // Kibana trims after it has resolved escapes, so that a tab written as `\t` at an end is lost too.
  pieces[0] = pieces[0]!.trimStart();
  pieces[pieces.length - 1] = pieces[pieces.length - 1]!.trimEnd();
  return pieces;
}

/** What the escape sequence at a backslash in a word stands for. */
function meaningOf(text: string, at: number): string {
  const keyword = keywordLength(text, at + 1);
  if (keyword > 0) return text.slice(at + 1, at + 1 + keyword);
  const char = text[at + 1]!;
  if (char === "u") return unicode(text, at + 2);
  return ESCAPES[char] ?? char;
}

function unicode(text: string, at: number): string {
  return String.fromCharCode(Number.parseInt(text.slice(at, at + 4), 16));
}

/** A quoted text: the range is that between the quotes. A backslash before any other character is itself. */
export function readQuoted(text: string, start: number, end: number): string {
  let value = "";
  let from = start;
  for (let at = text.indexOf("\\", start); at >= 0 && at < end; at = text.indexOf("\\", at)) {
    const char = text[at + 1]!;
    const isUnicode = char === "u" && at + 6 <= end && isHex4(text, at + 2);
    const meant = char === '"' || char === "\\" ? char : isUnicode ? unicode(text, at + 2) : ESCAPES[char];
    if (meant === undefined) {
      at++;
      continue;
    }
    value += text.slice(from, at) + meant;
    at += isUnicode ? 6 : 2;
    from = at;
  }
  return value + text.slice(from, end);
}
