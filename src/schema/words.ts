/** What a value is, in the words of someone who writes YAML. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "text";
    case "boolean":
      return "true or false";
    case "number":
      return Number.isInteger(value) ? "a whole number" : "a number with decimals";
    default:
      return "a mapping";
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  null: "nothing",
};

/** What a schema expects: `text or a list`. */
export function expectedKind(types: readonly string[]): string {
  return orJoin(types.map((type) => EXPECTED[type] ?? type));
}

/** `a, b or c`. */
export function orJoin(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

/** What each pattern of the schemas asks for, with an example. */
const PATTERNS: Readonly<Record<string, string>> = {
  "\\S": "text that is not blank",
  "^[1-9][0-9]*[smhd]$": "a duration such as 30s, 5m, 1h or 1d",
  "^(0|[1-9][0-9]*)[smhd]$": "a duration such as 30s, 5m, 1h or 1d",
  "^T[0-9]{4}(\\.[0-9]{3})?(\\s+\\S.*)?$":
    "a technique's id, such as T1059.001, with its name behind it if you like",
  "^([01][0-9]|2[0-3]):[0-5][0-9]$": "a time of day such as 08:30",
  "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$": "a time of day such as 17:30, or 24:00",
  "^(no_actions|rule|[1-9][0-9]*[smhd])$": "no_actions, rule or a duration such as 1h",
  "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$":
    "a random UUID (version 4)",
  "^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$": "the name of an environment variable: ${NAME}",
  "^[A-Za-z0-9][A-Za-z0-9._-]*$": "a name of letters, digits, dots, _ and -",
  "^[0-9]+\\.[0-9]+(\\.[0-9]+)?$": "a version such as 9.5 or 9.4.2",
  "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a locale such as en or zh-CN",
  "^[a-z0-9-]+/[a-z0-9-]+$": "the code of a finding, such as rule/no-lookback",
  "^(https?://[^\\s@]+|\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}[^\\s@]*)$":
    "an address such as https://kibana.example.com, or ${NAME}, without a user and a password",
  "^[a-z0-9_-]+$": "a space's id: lower-case letters, digits, _ and -",
};

/** What a pattern asks for, in words; undefined for one that nobody described. */
export function patternInWords(pattern: string): string | undefined {
  return PATTERNS[pattern];
}

export const describedPatterns = Object.keys(PATTERNS);
