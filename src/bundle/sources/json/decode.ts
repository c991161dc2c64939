const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

export interface Decoded {
  readonly text: string;
  /** Places that are not UTF-8; each became U+FFFD. */
  readonly invalid: number;
}

/** Text of bytes that should be UTF-8. */
export function decode(bytes: Uint8Array): Decoded {
  try {
    return { text: strict.decode(bytes), invalid: 0 };
  } catch {
    const text = lenient.decode(bytes);
    return { text, invalid: replacements(text) - written(bytes) };
  }
}

function replacements(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\uFFFD"); at >= 0; at = text.indexOf("\uFFFD", at + 1)) count++;
  return count;
}

/** How often U+FFFD stood in the bytes already. */
function written(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1))
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) count++;
  return count;
}
