import { Failure } from "../values/index.js";
import { compilePattern, PatternError } from "../patterns/index.js";
import { chosen, type Functions, scalar } from "./define.js";

/** Longest text that is made, in bytes. */
const MOST_BYTES = 1_048_576;

const SURROGATE = /[\ud800-\udfff]/;

/** The code points of a text: positions in texts are counted in them. */
function points(text: string): readonly string[] | string {
  return SURROGATE.test(text) ? [...text] : text;
}

function join(part: readonly string[] | string): string {
  return typeof part === "string" ? part : part.join("");
}

/** The length of a text in UTF-8. */
function bytes(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // The two halves of a code point beyond 0xffff come to four bytes.
    if (unit > 0x7f) count += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return count;
}

export const TEXT: Functions = {
  bit_length: scalar((text: string) => bytes(text) * 8),
  byte_length: scalar(bytes),
  concat: scalar((...parts: string[]) => {
    const text = parts.join("");
    if (text.length > MOST_BYTES / 3 && bytes(text) > MOST_BYTES)
      throw new Failure(`concatenating more than [${MOST_BYTES}] bytes is not supported`);
    return text;
  }),
  contains: scalar((text: string, part: string) => text.includes(part)),
  ends_with: scalar((text: string, end: string) => text.endsWith(end)),
  left: scalar((text: string, length: number) => join(points(text).slice(0, Math.max(0, length)))),
  length: scalar((text: string) => points(text).length),
  locate: scalar(locate),
  ltrim: scalar((text: string) => text.trimStart()),
  repeat: scalar((text: string, times: number) => {
    if (times < 0) throw new Failure(`Number parameter cannot be negative, found [${times}]`);
    if (bytes(text) * times > MOST_BYTES)
      throw new Failure(`Creating repeated strings with more than [${MOST_BYTES}] bytes is not supported`);
    return text.repeat(times);
  }),
  replace: chosen(() => {
    const patterns = new Map<string, (text: string, by: string) => string>();
    return (text: string, pattern: string, by: string) => {
      let replace = patterns.get(pattern);
      if (replace === undefined) {
        if (patterns.size === MOST_PATTERNS) patterns.clear();
        patterns.set(pattern, (replace = replacing(pattern)));
      }
      return replace(text, by);
    };
  }),
  reverse: scalar(reverse),
  right: scalar((text: string, length: number) => {
    const all = points(text);
    return length <= 0 ? "" : join(all.slice(Math.max(0, all.length - length)));
  }),
  rtrim: scalar((text: string) => text.trimEnd()),
  space: scalar((count: number) => {
    if (count < 0) throw new Failure(`Number parameter cannot be negative, found [${count}]`);
    if (count > MOST_BYTES)
      throw new Failure(`Creating strings longer than [${MOST_BYTES}] bytes is not supported`);
    return " ".repeat(count);
  }),
  split: scalar((text: string, delimiter: string) => {
    if (bytes(delimiter) !== 1) throw new Failure("delimiter must be single byte for now");
    const parts = text.split(delimiter);
    return parts.length === 1 ? parts[0]! : parts;
  }),
  starts_with: scalar((text: string, start: string) => text.startsWith(start)),
  substring: scalar(substring),
  to_lower: caseOf((text) => text.toLowerCase()),
  to_upper: caseOf((text) => text.toUpperCase()),
  trim: scalar((text: string) => text.trim()),
};

/** Of several values, each is changed. */
function caseOf(change: (text: string) => string): Functions[string] {
  return ({ args }) => {
    const [text] = args;
    return (page) =>
      text!.run(page).map((cell) => {
        if (cell === null) return null;
        return typeof cell === "string" ? change(cell) : (cell as readonly string[]).map(change);
      });
  };
}

/** From 1, or from the end where `start` is negative. */
function substring(text: string, start: number, length?: number): string {
  if (length !== undefined && length < 0)
    throw new Failure(`Length parameter cannot be negative, found [${length}]`);
  const all = points(text);
  const from = start > 0 ? start - 1 : start < 0 ? Math.max(0, all.length + start) : 0;
  return join(all.slice(from, length === undefined ? undefined : from + length));
}

/** The place of a part, from 1; 0 where it is nowhere. */
function locate(text: string, part: string, start = 1): number {
  const all = points(text);
  const from = start > 1 ? start - 1 : 0;
  if (typeof all === "string") return all.indexOf(part, from) + 1;
  const at = text.indexOf(part, join(all.slice(0, from)).length);
  return at < 0 ? 0 : points(text.slice(0, at)).length + 1;
}

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** From the end to the start; what is read as one sign stays together. */
function reverse(text: string): string {
  const signs = /^[\x20-\x7e]*$/.test(text)
    ? [...text]
    : Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
  return signs.toReversed().join("");
}

/** Patterns that are kept compiled where they depend on the row. */
const MOST_PATTERNS = 100;

/** `REPLACE(text, pattern, by)`: `$1` and `${name}` in `by` are groups, a backslash escapes. */
function replacing(pattern: string): (text: string, by: string) => string {
  if (/^[\w\s,:;@<>="'/!#%&~`-]+$/.test(pattern))
    return (text, by) => {
      if (!text.includes(pattern)) return text;
      return /[\\$]/.test(by)
        ? compilePattern(pattern, "java").replaceAll(text, by)
        : replaceText(text, pattern, by);
    };
  let compiled;
  try {
    compiled = compilePattern(pattern, "java");
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const { message } = error;
    return () => {
      throw new Failure(message, "java.util.regex.PatternSyntaxException");
    };
  }
  return (text, by) => compiled.replaceAll(text, by);
}

/** Replaces a text that is no pattern. */
function replaceText(text: string, part: string, by: string): string {
  const parts = text.split(part);
  if (text.length + (parts.length - 1) * by.length > MOST_BYTES)
    throw new Failure(`Creating strings with more than [${MOST_BYTES}] bytes is not supported`);
  return parts.join(by);
}
