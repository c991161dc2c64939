/** Text fields: what analysis makes of their values, word by word. */
import type { FieldInfo } from "../../fields/index.js";
import { hasPhrase } from "./phrase.js";
import { type ScalarTest, never, textOf } from "./scalar.js";
import { tokens } from "./text.js";

/** Whether one of the words of a value passes. */
export function anyWord(test: (word: string) => boolean): ScalarTest {
  return (value) => tokens(textOf(value)).some(test);
}

/** Whether a value has one of these words, which are tokens. */
export function hasWord(words: readonly string[]): ScalarTest {
  const [first] = words;
  if (words.length === 1) return (value) => tokens(textOf(value)).includes(first!);
  const set = new Set(words);
  return anyWord((word) => set.has(word));
}

/**
 * Whether a value has these words in a row, or with `slop` as far apart as Lucene allows. An index without positions
 * knows of no rows: Elasticsearch fails such a search, which then finds nothing.
 */
export function hasWordsInRow(words: readonly string[], field: FieldInfo | undefined, slop = 0): ScalarTest {
  if (words.length === 1) return hasWord(words);
  if (field?.positions === false) return never;
  return (value) => hasPhrase(tokens(textOf(value)), words, slop);
}
