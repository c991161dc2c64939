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
  const lower = text.toLowerCase();
  const folded = lower.length === text.length ? plainSigma(lower) : foldParts(text);
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

/** `toLowerCase` makes a capital sigma a final one at the end of a word. */
function plainSigma(lower: string): string {
  return lower.includes("ς") ? lower.replaceAll("ς", "σ") : lower;
}

/** Around the only code point whose lower case has another length. */
function foldParts(text: string): string {
  return text
    .split("İ")
    .map((part) => plainSigma(part.toLowerCase()))
    .join("İ");
}
