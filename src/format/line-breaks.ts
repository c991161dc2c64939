/** How a file ends its lines: as its first line does. */
export function lineBreakOf(text: string): "\n" | "\r\n" {
  return /\r\n|\r|\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n";
}

/** The text with LF at the end of each line and without a byte order mark. YAML reads both alike. */
export function withPlainLineBreaks(text: string): string {
  return text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
}
