import { fold } from "../../match/index.js";

/**
 * Whether a text is one of a few, without regard to case. Texts in ASCII are compared as they are, so that no folded
 * copy is made of them.
 */
export function insensitiveAny(texts: readonly string[]): (text: string) => boolean {
  // Folding keeps lengths.
  const byLength: string[][] = [];
  for (const folded of new Set(texts.map(fold))) (byLength[folded.length] ??= []).push(folded);
  return (text) => {
    const candidates = byLength[text.length];
    if (candidates === undefined) return false;
    for (const candidate of candidates) if (equals(text, candidate)) return true;
    return false;
  };
}

function equals(text: string, folded: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) return fold(text) === folded;
    const lower = unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
    if (lower !== folded.charCodeAt(at)) return false;
  }
  return true;
}
