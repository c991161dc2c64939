/**
 * What a code point is to the standard analyser: the classes of Unicode's word boundaries (UAX #29) that Lucene's
 * standard tokenizer tells apart.
 */
export const WORD = {
  /** Ends a word. */
  other: 1,
  letter: 2,
  digit: 3,
  /** Joins to anything in a word: `_`. */
  connector: 4,
  katakana: 5,
  /** Stays in a word between two letters: `:`. */
  midLetter: 6,
  /** Stays between two digits: `,` and `;`. */
  midNumber: 7,
  /** Stays between two letters and between two digits: `.` and `'`. */
  midBoth: 8,
  /** Belongs to what it follows: accents, marks, joiners. */
  extend: 9,
  /** A word by itself: Han and Hiragana. */
  single: 10,
  /** Scripts without blanks, whose runs are words: Thai, Lao, Khmer, Burmese. */
  run: 11,
  emoji: 12,
} as const;

export type WordClass = (typeof WORD)[keyof typeof WORD];

/** In this order: the first that fits. */
const CLASSES: readonly (readonly [RegExp, WordClass])[] = [
  [/[:\u00b7\u0387\u055f\u05f4\u2027\ufe13\ufe55\uff1a]/u, WORD.midLetter],
  [/[,;\u037e\u0589\u060c\u060d\u066c\u07f8\u2044\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b]/u, WORD.midNumber],
  [/[.'\u2018\u2019\u2024\ufe52\uff07\uff0e]/u, WORD.midBoth],
  [/\p{Nd}/u, WORD.digit],
  [/[\p{M}\p{Cf}]/u, WORD.extend],
  [/\p{Pc}/u, WORD.connector],
  [/[\p{Ideographic}\p{Script=Hiragana}]/u, WORD.single],
  [/[\p{Script=Katakana}\u3031-\u3035\u309b\u309c\u30a0\u30fc\uff70]/u, WORD.katakana],
  [/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u, WORD.run],
  [/\p{Alphabetic}/u, WORD.letter],
  [/\p{Extended_Pictographic}/u, WORD.emoji],
];

/** Two planes of ideographs, given and to come. */
const IDEOGRAPHS = 0x20000;
const IDEOGRAPHS_END = 0x40000;

/** Classes of the code points before the ideographs that have been asked for; 0 is unknown. */
const known = new Uint8Array(IDEOGRAPHS);

export function wordClass(code: number): WordClass {
  if (code >= IDEOGRAPHS) return code < IDEOGRAPHS_END ? WORD.single : classify(code);
  const found = known[code]!;
  if (found !== 0) return found as WordClass;
  const made = classify(code);
  known[code] = made;
  return made;
}

function classify(code: number): WordClass {
  const char = String.fromCodePoint(code);
  for (const [pattern, made] of CLASSES) if (pattern.test(char)) return made;
  return WORD.other;
}
