import { encodedPart } from "./client-url.js";

const MASK = "[redacted]";
/** Shorter strings are too common in ordinary text to be masked. */
const SHORTEST = 4;

/** The strings that must never be shown, and the way to take them out of a text. */
export interface Secrets {
  hide(value: string): void;
  redact(text: string): string;
}

/** Collects secrets: each in every form in which it travels, or in which a server may repeat it. */
export function secretsOf(values: readonly string[]): Secrets {
  const known = new Set<string>();
  let longestFirst: readonly string[] | undefined;
  const hide = (value: string): void => {
    for (const form of formsOf(value)) if (form.length >= SHORTEST) known.add(form);
    longestFirst = undefined;
  };
  values.forEach(hide);
  return {
    hide,
    redact(text) {
      // The longest first, so that a secret that contains another leaves nothing behind.
      longestFirst ??= [...known].sort((a, b) => b.length - a.length);
      let clean = text;
      for (const secret of longestFirst) clean = clean.replaceAll(secret, MASK);
      return clean.replace(/\b(ApiKey|Basic|Bearer)\s+[\w+/=.-]{16,}/g, `$1 ${MASK}`);
    },
  };
}

/**
 * What must not be shown of an API key, given as `id:key` or in its encoded form: the pair, its secret half and what goes into
 * the header. The id is no secret: Kibana shows it beside the key's name.
 */
export function secretsOfKey(key: string): string[] {
  const pair = key.includes(":") ? key : Buffer.from(key, "base64").toString("utf8");
  const at = pair.indexOf(":");
  return at < 0 ? [key] : [key, pair, pair.slice(at + 1)];
}

/** As it is; as base64 in both alphabets, with and without padding; within JSON, also twice; and each of these in an address. */
function formsOf(value: string): string[] {
  const base64 = Buffer.from(value).toString("base64");
  const escaped = inJson(value);
  return [
    value,
    base64,
    base64.replace(/=+$/, ""),
    Buffer.from(value).toString("base64url"),
    escaped,
    inJson(escaped),
  ].flatMap(inAddress);
}

/** As it is, as a part of an address with large or small digits, and as a field of a form or query. */
function inAddress(text: string): string[] {
  const percent = encodedPart(text);
  const small = percent.replace(/%[\dA-F]{2}/g, (sequence) => sequence.toLowerCase());
  return [text, percent, small, new URLSearchParams({ text }).toString().slice("text=".length)];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
