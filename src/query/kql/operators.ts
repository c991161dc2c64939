/** Operators of other languages, which KQL takes for text, and how KQL says what they mean. */
const COLON = "KQL compares with a colon: field: value";
const NOT = "KQL negates the condition: not field: value";
const PATTERN = "KQL matches patterns behind a colon, without quotes: field: *part*";

export const MEANING: Readonly<Record<string, string>> = {
  "=": COLON,
  "==": COLON,
  ":=": COLON,
  is: COLON,
  "!=": NOT,
  "<>": NOT,
  "!": NOT,
  "&&": 'KQL writes "and" for "&&"',
  "||": 'KQL writes "or" for "||"',
  in: 'KQL lists values behind a colon: field: ("a" or "b")',
  "in~": 'KQL lists values behind a colon: field: ("a" or "b")',
  like: PATTERN,
  "like~": PATTERN,
  contains: PATTERN,
  matches: PATTERN,
};

const EQL = /^\s*(?:(?:any|[a-z_]+)\s+where\s|(?:sequence|sample)\s+(?:by|with|\[))/i;
const ESQL = /^\s*(?:from\s+\S[^|]*|row\s+\w+\s*=[^|]*)\|/i;

/** The language that a query, or what KQL takes for a text in it, looks like. */
export function languageOf(text: string): "EQL" | "ES|QL" | undefined {
  if (EQL.test(text)) return "EQL";
  return ESQL.test(text) ? "ES|QL" : undefined;
}

export const ADVICE = {
  EQL: "give the rule the type eql, or write it in KQL: event.category: process and process.name: cmd.exe",
  "ES|QL": "give the rule the type esql",
} as const;
