/**
 * Folds a text so that texts which differ in case alone become equal: each code point by itself (final sigma is a
 * sigma, dotted capital I stays), so that the fold of a part is a part of the fold and lengths in UTF-16 stay. A text
 * without capitals comes back as it is.
 */
export function fold(text: string): string {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) return foldUnicode(text);
    if (unit > 0x40 && unit < 0x5b) return hasUnicode(text, at + 1) ? foldUnicode(text) : text.toLowerCase();
  }
  return text;
}

function hasUnicode(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return true;
  return false;
}

/** `toLowerCase` but for the two code points whose lower case depends on the neighbours or is two code points. */
function foldUnicode(text: string): string {
  return text
    .split("İ")
    .map((part) => part.toLowerCase().replaceAll("ς", "σ"))
    .join("İ");
}
