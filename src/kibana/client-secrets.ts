const MASK = "[redacted]";
/** Shorter strings are too common in ordinary text to be masked. */
const SHORTEST = 4;

/** The strings that must never be shown, and the way to take them out of a text. */
export interface Secrets {
  hide(value: string): void;
  redact(text: string): string;
}

/** Collects secrets: each also as base64 and as percent-encoded text, the forms in which it travels. */
export function secretsOf(values: readonly string[]): Secrets {
  const known = new Set<string>();
  const hide = (value: string): void => {
    for (const form of [
      value,
      Buffer.from(value).toString("base64"),
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
    ]) {
      if (form.length >= SHORTEST) known.add(form);
    }
  };
  values.forEach(hide);
  return {
    hide,
    redact(text) {
      let clean = text;
      // The longest first, so that a secret that contains another leaves nothing behind.
      for (const secret of [...known].sort((a, b) => b.length - a.length))
        clean = clean.replaceAll(secret, MASK);
      return clean.replace(/\b(ApiKey|Basic|Bearer)\s+[\w+/=.-]{16,}/g, `$1 ${MASK}`);
    },
  };
}
