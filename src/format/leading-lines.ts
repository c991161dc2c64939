/** The comments and empty lines that a file begins with, up to the first line with content. Lines end at LF. */
export function linesBeforeContent(text: string): string[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length;) {
    const found = text.indexOf("\n", start);
    const line = text.slice(start, found < 0 ? text.length : found);
    if (!/^[ \t]*(?:#|$)/.test(line) || found < 0) break;
    lines.push(line);
    start = found + 1;
  }
  return lines;
}
