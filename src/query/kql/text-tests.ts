/** Values and patterns on text fields, which are split into words. */
import { compileWildcard, fold, type Piece, tokens } from "../match/index.js";
import { never, type ScalarTest, textOf } from "./scalar.js";

/** Without quotes any word of the value will do; in quotes all of them have to stand in a row. */
export function wordsTest(text: string, phrase: boolean): ScalarTest {
  const wanted = tokens(text);
  const [first] = wanted;
  if (first === undefined) return never;
  if (wanted.length === 1) return (value) => tokens(textOf(value)).includes(first);
  if (!phrase) {
    const any = new Set(wanted);
    return (value) => tokens(textOf(value)).some((word) => any.has(word));
  }
  return (value) => holdsRow(tokens(textOf(value)), wanted);
}

function holdsRow(words: readonly string[], wanted: readonly string[]): boolean {
  for (let start = words.indexOf(wanted[0]!); start >= 0; start = words.indexOf(wanted[0]!, start + 1)) {
    if (wanted.every((word, index) => words[start + index] === word)) return true;
  }
  return false;
}

/** A part of a pattern between spaces: a pattern itself, or the words up to the next one. */
type Part = { readonly pieces: readonly string[] } | { readonly words: string };

/**
 * The parts that Elasticsearch's query string makes of a pattern: it splits at spaces, and words in a row stay
 * together. One part is enough to match.
 */
export function partsOf(pieces: readonly string[]): Part[] {
  const parts: Part[] = [];
  let pattern: string[] = [""];
  const close = (): void => {
    const last = parts.at(-1);
    const word = pattern[0]!;
    if (pattern.length > 1) parts.push({ pieces: pattern });
    else if (word !== "" && last !== undefined && "words" in last) {
      parts[parts.length - 1] = { words: `${last.words} ${word}` };
    } else if (word !== "") parts.push({ words: word });
    pattern = [""];
  };
  pieces.forEach((piece, index) => {
    if (index > 0) pattern.push("");
    const [first = "", ...words] = piece.split(SPACES);
    pattern[pattern.length - 1] += first;
    for (const word of words) {
      close();
      pattern[0] = word;
    }
  });
  close();
  return parts;
}

/** What separates terms in a query string. */
const SPACES = /[ \t\n\r\u3000]+/;

/** Any of the parts of a pattern on a text field: a pattern has to match one word of the text. */
export function textPatternTest(pieces: readonly string[]): ScalarTest {
  const tests = partsOf(pieces).map((part): ScalarTest => {
    if ("words" in part) return wordsTest(part.words, false);
    const matches = wholePattern(part.pieces.map(fold));
    return (value) => tokens(textOf(value)).some(matches);
  });
  return firstOf(tests);
}

/** Any of the parts of a pattern on a field that holds whole values but is no plain keyword. */
export function splitPatternTest(pieces: readonly string[]): ScalarTest {
  const tests = partsOf(pieces).map((part): ScalarTest => {
    if ("words" in part) return (value) => textOf(value) === part.words;
    return patternTest(part.pieces);
  });
  return firstOf(tests);
}

/** A pattern on whole values. */
export function patternTest(pieces: readonly string[]): ScalarTest {
  const matches = wholePattern(pieces);
  return (value) => matches(textOf(value));
}

function wholePattern(pieces: readonly string[]): (text: string) => boolean {
  const pattern = pieces.flatMap((piece, index): Piece[] => {
    const text = piece === "" ? [] : [piece];
    return index === 0 ? text : [{ any: true }, ...text];
  });
  return compileWildcard(pattern);
}

export function firstOf(tests: readonly ScalarTest[]): ScalarTest {
  if (tests.length === 1) return tests[0]!;
  return (value) => {
    for (const test of tests) if (test(value)) return true;
    return false;
  };
}
