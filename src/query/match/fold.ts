/** The last text that was folded, and its fold: a list of patterns asks for the same one again and again. */
let lastText = "";
let lastFold = "";

/** Longer texts are not kept. */
const MAX_KEPT = 1_024;

/**
 * Folds a text so that texts which differ in case alone become equal: each code point by itself (final sigma is a
 * sigma, dotted capital I stays), so that the fold of a part is a part of the fold, and lengths in UTF-16 stay. A text
 * without capitals comes back as it is.
 */
export function fold(text: string): string {
  if (text === lastText) return lastFold;
  const folded = isAscii(text) ? text.toLowerCase() : foldUnicode(text);
  if (text.length <= MAX_KEPT) {
    lastText = text;
    lastFold = folded;
  }
  return folded;
}

/** Whether a part of `text` folds to `folded`, which is folded itself. */
export function foldsTo(text: string, start: number, folded: string): boolean {
  for (let index = 0; index < folded.length; index++) {
    const unit = text.charCodeAt(start + index);
    if (unit === folded.charCodeAt(index)) continue;
    if (unit > 0x7f) return fold(text.slice(start, start + folded.length)) === folded;
    if (unit < 0x41 || unit > 0x5a || unit + 0x20 !== folded.charCodeAt(index)) return false;
  }
  return true;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** `toLowerCase` but for the two code points whose lower case depends on the neighbours or is two code points. */
function foldUnicode(text: string): string {
  return text
    .split("İ")
    .map((part) => part.toLowerCase().replaceAll("ς", "σ"))
    .join("İ");
}
