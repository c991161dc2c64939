/**
 * The same text in memory of its own. A part that was cut out of a larger text keeps all of it alive, and a few thousand ids
 * would keep a few thousand files.
 */
export function owned(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
