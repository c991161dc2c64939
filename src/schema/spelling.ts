import { didYouMean, nearest } from "../diagnostics/index.js";

/** Whether a key is most likely a name spelt wrong: another case, camelCase, hyphens, or a slip of the finger. */
export function isSpellingOf(key: string, name: string): boolean {
  return key !== name && (inSnakeCase(key) === knownInSnakeCase(name) || nearest(key, [name]).length > 0);
}

/** `did you mean "…"?` for a key that is not known, with other ways to write a name before slips of the finger. */
export function meantKey(key: string, known: readonly string[]): string | undefined {
  const own = inSnakeCase(key);
  const exact = known.filter((name) => knownInSnakeCase(name) === own);
  return exact.length > 0 ? `did you mean "${exact[0]}"?` : didYouMean(key, known);
}

/** Names that schemas know, as they are compared: few, and asked for again with each key that is unknown. */
const KNOWN = new Map<string, string>();

function knownInSnakeCase(name: string): string {
  let known = KNOWN.get(name);
  if (known === undefined) KNOWN.set(name, (known = inSnakeCase(name)));
  return known;
}

function inSnakeCase(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[- ]/g, "_")
    .toLowerCase();
}

/** What people write for a value that Kibana calls otherwise; the names in its user interface among them. */
const CALLED: Readonly<Record<string, string>> = {
  kql: "kuery",
  warn: "warning",
  none: "off",
  win: "windows",
  darwin: "macos",
  osx: "macos",
  mac: "macos",
  informational: "low",
  info: "low",
  moderate: "medium",
  "custom query": "query",
  kuery: "query",
  "event correlation": "eql",
  "es|ql": "esql",
  "indicator match": "threat_match",
  indicator_match: "threat_match",
  threat_indicator: "threat_match",
  ml: "machine_learning",
  "new terms": "new_terms",
};

/** Which of a field's values is most likely meant, and which there are: `did you mean "high"? It is one of …`. */
export function meantValue(value: unknown, allowed: readonly string[]): string {
  const text = typeof value === "string" ? value : "";
  const called =
    allowed.find((name) => name.toLowerCase() === text.toLowerCase()) ?? CALLED[text.toLowerCase()];
  // A slip in one or two letters could be anything.
  const near = text.length > 2 ? didYouMean(text, allowed) : undefined;
  const guess = called !== undefined && allowed.includes(called) ? `did you mean "${called}"?` : near;
  if (allowed.length === 1) return `it can only be ${allowed[0]}`;
  const all = `it is one of ${allowed.join(", ")}`;
  if (guess === undefined) return all;
  return allowed.length > 9 ? guess : `${guess} I${all.slice(1)}`;
}
