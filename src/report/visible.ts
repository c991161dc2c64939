/** What a terminal obeys or hides instead of showing: C0 and C1 controls, DEL, what turns text around, spaces of no width. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\u200b\u2060\ufeff]/gu;

/**
 * Text from files and servers, safe to print on one line: line breaks become spaces, control characters a picture of
 * themselves (`␛`), so that nothing in a rule can move the cursor, colour a line or hide a finding.
 */
export function visible(text: string): string {
  return text.replace(/[\r\n\t]+/g, " ").replace(UNSEEN, picture);
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}
