/** Values and patterns on fields that Elasticsearch asks through a query string or by words. */
import type { FieldInfo } from "../../fields/index.js";
import {
  anyWord,
  fold,
  hasWord,
  hasWordsInRow,
  never,
  type ScalarTest,
  some,
  textOf,
  tokens,
} from "../match/index.js";
import { wholePattern } from "./patterns.js";

/** On a text field without quotes any word of the value will do; in quotes all of them have to stand in a row. */
export function wordsTest(text: string, phrase: boolean, field?: FieldInfo): ScalarTest {
  const words = tokens(text);
  if (words.length === 0) return never;
  return phrase ? hasWordsInRow(words, field) : hasWord(words);
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
    return anyWord(wholePattern(part.pieces.map(fold)));
  });
  return some(tests);
}

/** Any of the parts of a pattern on a field that holds whole values but is no plain keyword. */
export function splitPatternTest(pieces: readonly string[]): ScalarTest {
  const tests = partsOf(pieces).map((part): ScalarTest => {
    if ("words" in part) return (value) => textOf(value) === part.words;
    return patternTest(part.pieces);
  });
  return some(tests);
}

/** A pattern on whole values. */
export function patternTest(pieces: readonly string[]): ScalarTest {
  const matches = wholePattern(pieces);
  return (value) => matches(textOf(value));
}
