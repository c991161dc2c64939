/** White space as Python's `str.strip` has it: that differs from JavaScript's in a few signs. */
function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Python's `str.strip()`. */
export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Python's `str.splitlines()`. */
// eslint-disable-next-line no-control-regex -- Python takes three of them for ends of lines
const LINE_ENDS = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/;

/** A text over several lines on one, as detection-rules exports all texts but those that are meant to have lines. */
export function onOneLine(text: string): string {
  return strip(text)
    .split(LINE_ENDS)
    .map((line) => strip(line))
    .join(" ");
}
