import { fold } from "./fold.js";
import { WORD, type WordClass, wordClass } from "./word-class.js";

/** The standard tokenizer cuts longer words into pieces of this length (`max_token_length`). */
const MAX_TOKEN = 255;

/**
 * The tokens that Elasticsearch's standard analyser makes of a text: its words and numbers in lower case, cut where
 * Unicode (UAX #29) has word boundaries. `foo.bar`, `it's`, `1,000.5` and `a_b` are one each, `a-b` and `C:\x` two.
 */
export function tokens(text: string): string[] {
  const all: string[] = [];
  const folded = fold(text);
  for (let at = 0; at < folded.length;) {
    const kind = classAt(folded, at);
    let end = after(folded, at);
    let isWord = true;
    if (kind === WORD.letter || kind === WORD.digit || kind === WORD.connector || kind === WORD.katakana) {
      end = wordEnd(folded, end, kind);
      isWord = kind !== WORD.connector || hasMore(folded, at, end);
    } else if (kind === WORD.run || kind === WORD.emoji) {
      while (end < folded.length && classAt(folded, end) === kind) end = after(folded, end);
    } else {
      isWord = kind === WORD.single;
    }
    if (isWord)
      for (let from = at; from < end; from += MAX_TOKEN)
        all.push(folded.slice(from, Math.min(end, from + MAX_TOKEN)));
    at = end;
  }
  return all;
}

/** Where the word ends whose first code point is of class `first` and ends at `start`. */
function wordEnd(text: string, start: number, first: WordClass): number {
  let end = start;
  let last = first;
  while (end < text.length) {
    const next = classAt(text, end);
    const nextEnd = after(text, end);
    if (joins(last, next)) {
      last = next;
      end = nextEnd;
    } else if (nextEnd < text.length && bridges(last, next, classAt(text, nextEnd))) {
      end = after(text, nextEnd);
    } else {
      break;
    }
  }
  return end;
}

/** Whether two neighbours are one word. */
function joins(a: WordClass, b: WordClass): boolean {
  if (a === WORD.katakana) return b === WORD.katakana || b === WORD.connector;
  if (b === WORD.katakana) return a === WORD.connector;
  return b === WORD.letter || b === WORD.digit || b === WORD.connector;
}

/** Whether `middle` does not end a word, since it stands between two letters or digits. */
function bridges(before: WordClass, middle: WordClass, behind: WordClass): boolean {
  if (before !== behind) return false;
  if (before === WORD.letter) return middle === WORD.midLetter || middle === WORD.midBoth;
  return before === WORD.digit && (middle === WORD.midNumber || middle === WORD.midBoth);
}

/** Whether a word has more than `_`, which alone are none. */
function hasMore(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at = after(text, at)) if (classAt(text, at) !== WORD.connector) return true;
  return false;
}

function classAt(text: string, at: number): WordClass {
  const unit = text.charCodeAt(at);
  return wordClass(unit < 0x80 ? unit : text.codePointAt(at)!);
}

/** Where a code point ends, with the marks that belong to it. */
function after(text: string, at: number): number {
  let end = at + lengthAt(text, at);
  // No ASCII character is a mark.
  while (text.charCodeAt(end) >= 0x80 && classAt(text, end) === WORD.extend) end += lengthAt(text, end);
  return end;
}

/** The UTF-16 units of a code point. */
function lengthAt(text: string, at: number): number {
  return text.charCodeAt(at) < 0x80 || text.codePointAt(at)! <= 0xffff ? 1 : 2;
}
